/** The desk of the team: keeps the line to the server, what is known, and draws it. */
import { render } from 'lit';
import { DeskLine } from './desk/desk-line.js';
import { OUT, told, type DeskState } from './desk/desk-state.js';
import { deskView, type DeskActs } from './desk/view.js';

/** Where the name is kept, so that a reload does not ask again. Each tab may be somebody else. */
const NAME = 'fernway-desk-name';
/** "Typing" is told at most this often, and is over after this time without a key, in milliseconds. */
const TYPING_MS = 2000;
const PAUSE_MS = 4000;
/** Closer to the end than this, the reader follows new messages, in CSS pixels. */
const NEAR_END = 80;

const root = document.querySelector<HTMLElement>('#desk')!;
let state: DeskState = OUT;
let line: DeskLine | undefined;
/** The conversation that was just joined: its message box takes the focus when it appears. */
let joining: string | undefined;
let typingToldAt = -Infinity;
let pause: ReturnType<typeof setTimeout> | undefined;

function set(next: Partial<DeskState>): void {
  const before = state;
  state = { ...state, ...next };
  draw(before);
}

function draw(before: DeskState): void {
  const thread = root.querySelector('.thread');
  const atEnd = !thread || thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR_END;
  render(deskView(state, acts), root);
  if (atEnd || before.openId !== state.openId) root.querySelector('.thread')?.scrollTo(0, 1e9);
  const box = root.querySelector('textarea');
  if (box && joining === state.openId) {
    joining = undefined;
    box.focus();
  }
  const waiting = state.guests.filter((guest) => guest.state === 'waiting').length;
  document.title = `${waiting ? `(${waiting}) ` : ''}Fernway: staff desk`;
}

function enter(name: string): void {
  sessionStorage.setItem(NAME, name);
  set({ status: 'connecting' });
  const url = new URL('/staff', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  line = new DeskLine(url.href, {
    onOpen() {
      line?.send({ type: 'hello', name });
      if (state.openId) line?.send({ type: 'open', id: state.openId });
    },
    onEvent(event) {
      const before = state;
      state = told(state, event);
      draw(before);
    },
    onLost: () => set({ status: 'lost' }),
  });
}

function stopTyping(id: string): void {
  clearTimeout(pause);
  if (typingToldAt === -Infinity) return;
  typingToldAt = -Infinity;
  line?.send({ type: 'typing', id, active: false });
}

const acts: DeskActs = {
  enter(name) {
    enter(name);
  },
  leaveDesk() {
    sessionStorage.removeItem(NAME);
    line?.close();
    const before = state;
    state = OUT;
    draw(before);
  },
  open(id) {
    if (state.openId && state.openId !== id) stopTyping(state.openId);
    set({ openId: id, messages: id === state.openId ? state.messages : [], error: undefined });
    if (id) line?.send({ type: 'open', id });
  },
  join(id) {
    joining = id;
    line?.send({ type: 'join', id });
  },
  leave(id) {
    stopTyping(id);
    line?.send({ type: 'leave', id });
  },
  end(id) {
    line?.send({ type: 'close', id });
  },
  say(id, text) {
    stopTyping(id);
    line?.send({ type: 'say', id, text });
  },
  typed(id, text) {
    if (!text.trim()) return stopTyping(id);
    const now = performance.now();
    if (now - typingToldAt >= TYPING_MS) {
      typingToldAt = now;
      line?.send({ type: 'typing', id, active: true });
    }
    clearTimeout(pause);
    pause = setTimeout(() => stopTyping(id), PAUSE_MS);
  },
};

const name = sessionStorage.getItem(NAME);
if (name) enter(name);
else draw(state);
