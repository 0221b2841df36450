/// <reference types="vite/client" />
/**
 * The shop's own script: decides what answers the chat, and lets the strip above the shop try it. The choice stands in the
 * address: `/` is the mock, `/?mode=live` the server that `npm start` started.
 */
import type { ChatWidget } from '../src/index.js';
import type { Chat } from './chat.js';

const one = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

const widget = one<ChatWidget>('chat-widget');
// As static files the shop has no server behind it.
const served = import.meta.hot !== undefined;
const mode = served && new URLSearchParams(location.search).get('mode') === 'live' ? 'live' : 'mock';
one('[data-mode=live]').hidden = !served;

// A page may set properties before the element is defined; they count from its first moment on.
widget.avatar = new URL('./fernway.svg', import.meta.url).href;
widget.suggestions = ['Track an order', 'Start a return or exchange', 'Help me choose a size'];
const chat: Chat =
  mode === 'live'
    ? (await import('./live-chat.js')).liveChat()
    : (await import('./mock-chat.js')).mockChat(widget);
await import('../src/define.js');

one('#explained').textContent = chat.explained;
one(`[data-mode=${mode}]`).setAttribute('aria-current', 'page');
for (const only of document.querySelectorAll<HTMLElement>('[data-only]'))
  only.hidden = only.dataset.only !== mode;

const line = one('#line');
function showStatus(): void {
  line.dataset.status = widget.status;
  line.textContent = `Line: ${widget.status}`;
}
widget.addEventListener('chat-status', showStatus);
showStatus();

const unplug = one<HTMLButtonElement>('[data-act=unplug]');
let plugged = true;
function showPlug(inserted: boolean): void {
  plugged = inserted;
  unplug.textContent = inserted ? 'Cut the line' : 'Mend the line';
}
chat.onPlug(showPlug);
showPlug(true);
unplug.disabled = false;

/** What the buttons of the strip and of the shop do. */
const acts: Readonly<Record<string, () => void>> = {
  open: () => widget.show(),
  person() {
    widget.show();
    widget.escalate();
  },
  unplug: () => chat.setPlugged(!plugged),
};

document.addEventListener('click', ({ target }) => {
  const { say, act } = (target as Element).closest<HTMLElement>('[data-say], [data-act]')?.dataset ?? {};
  if (act) acts[act]?.();
  if (!say) return;
  widget.show();
  // A message that is refused says so itself, under its bubble.
  widget.send(say).catch(() => {});
});
