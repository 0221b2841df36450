import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskGuest, GuestState } from '../../server/desk-protocol.js';
import { isMine, openGuest, type DeskMessage, type DeskState } from './desk-state.js';

/** What can be done at the desk. */
export interface DeskActs {
  enter(name: string): void;
  leaveDesk(): void;
  open(id: string | undefined): void;
  join(id: string): void;
  leave(id: string): void;
  end(id: string): void;
  say(id: string, text: string): void;
  typed(id: string, text: string): void;
}

/** The parts of the list, in the order in which they need somebody. */
const SECTIONS: readonly (readonly [title: string, belongs: (guest: DeskGuest, mine: boolean) => boolean])[] =
  [
    ['Waiting for a person', ({ state }) => state === 'waiting'],
    ['With you', ({ state }, mine) => state === 'staff' && mine],
    ['With the assistant', ({ state }) => state === 'ai'],
    ['With others', ({ state }, mine) => state === 'staff' && !mine],
    ['Over', ({ state }) => state === 'closed'],
  ];

const STATES: Readonly<Record<GuestState, string>> = {
  ai: 'The assistant answers',
  waiting: 'Waits for a person',
  staff: 'A person answers',
  closed: 'The conversation is over',
};

/** What happened, as the team says it; the texts of the server speak to the guest. */
const EVENTS: Readonly<Record<string, string>> = {
  escalated: 'Asked for a person',
  'queue-left': 'Left the queue',
};

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const nameOf = ({ name, email, id }: DeskGuest): string => name ?? email ?? `Guest ${id.slice(0, 4)}`;

/** The whole page. */
export function deskView(state: DeskState, acts: DeskActs): TemplateResult {
  return state.status === 'out' ? door(acts) : desk(state, acts);
}

function door(acts: DeskActs): TemplateResult {
  const enter = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    if (typeof name === 'string' && name.trim()) acts.enter(name.trim());
  };
  return html`<form class="door" @submit=${enter}>
    <img src="/fernway.svg" alt="" width="48" height="48" />
    <h1>Who sits at the desk?</h1>
    <p>Guests see this name when you join their chat.</p>
    <label for="name">Your name</label>
    <input class="field" id="name" name="name" autocomplete="given-name" maxlength="40" required />
    <button class="button">Go to the desk</button>
  </form>`;
}

function desk(state: DeskState, acts: DeskActs): TemplateResult {
  const { status, you, error } = state;
  const guest = openGuest(state);
  const waiting = state.guests.filter((each) => each.state === 'waiting').length;
  return html`<div class="desk ${guest ? 'chosen' : ''}">
    <header class="bar">
      <h1><img src="/fernway.svg" alt="" width="32" height="32" />Staff desk</h1>
      <span class="state ${status}" role="status">
        ${status === 'online' ? `${you?.name ?? ''} is here` : status === 'lost' ? 'Reconnecting…' : 'Connecting…'}
      </span>
      <button type="button" class="link" @click=${() => acts.leaveDesk()}>Leave the desk</button>
      <p class="spoken" role="status">${waiting ? `${waiting} waiting for a person` : ''}</p>
      ${error ? html`<p role="alert">${error}</p>` : nothing}
    </header>
    ${list(state, acts)}${guest ? talk(state, guest, acts) : nobody(state)}
  </div>`;
}

function list(state: DeskState, acts: DeskActs): TemplateResult {
  const { guests, you } = state;
  return html`<nav class="guests" aria-label="Guests">
    ${SECTIONS.map(([title, belongs]) => {
      const found = guests.filter((guest) => belongs(guest, isMine(guest, you))).sort(byNeed);
      return found.length
        ? html`<h2>${title}</h2>
            <ul>
              ${repeat(
                found,
                ({ id }) => id,
                (guest) => html`<li>${row(guest, state, acts)}</li>`,
              )}
            </ul>`
        : nothing;
    })}
    ${guests.length ? nothing : html`<p class="none">Nobody has written yet. Open the shop in another tab and say hello.</p>`}
  </nav>`;
}

/** Who waits longest comes first; otherwise whoever wrote last. */
function byNeed(a: DeskGuest, b: DeskGuest): number {
  if (a.waitingSince && b.waitingSince) return a.waitingSince < b.waitingSince ? -1 : 1;
  return (b.lastAt ?? '') < (a.lastAt ?? '') ? -1 : 1;
}

function row(guest: DeskGuest, { openId }: DeskState, acts: DeskActs): TemplateResult {
  const { id, state, lastText, lastAt, lastRole, unread, typing, online } = guest;
  const name = nameOf(guest);
  const by = lastRole === 'ai' ? 'Assistant: ' : lastRole === 'staff' ? 'Team: ' : '';
  return html`<button
    type="button"
    class="guest ${state}"
    aria-current=${id === openId ? 'true' : nothing}
    @click=${() => acts.open(id)}
  >
    <span class="face" aria-hidden="true">${name.slice(0, 1).toUpperCase()}</span>
    <b>${name}</b>
    ${
      unread
        ? html`<span class="count"><span aria-hidden="true">${unread}</span><span class="spoken">${unread} unread</span></span>`
        : html`<span class="mark">${online ? time(lastAt) : 'away'}</span>`
    }
    <small>${typing ? 'is typing…' : lastText ? by + lastText : STATES[state]}</small>
  </button>`;
}

function nobody({ guests }: DeskState): TemplateResult {
  return html`<section class="talk empty" aria-label="Conversation">
    <p>${guests.length ? 'Choose a guest on the left.' : 'Guests appear here as soon as they write.'}</p>
  </section>`;
}

function talk(state: DeskState, guest: DeskGuest, acts: DeskActs): TemplateResult {
  const { id, typing, page } = guest;
  const mine = isMine(guest, state.you);
  const name = nameOf(guest);
  return html`<section class="talk" aria-label="Conversation with ${name}">
    <header class="who">
      <button type="button" class="link back" @click=${() => acts.open(undefined)}>← Guests</button>
      <div>
        <h2>${name}</h2>
        <p>${STATES[guest.state]}${page ? ` · on ${pathOf(page)}` : ''}</p>
      </div>
      ${
        mine
          ? html`<button type="button" class="button quiet" @click=${() => acts.leave(id)}>Leave</button>
            <button type="button" class="button quiet" @click=${() => acts.end(id)}>End chat</button>`
          : guest.state === 'closed'
            ? nothing
            : html`<button type="button" class="button" @click=${() => acts.join(id)}>Join</button>`
      }
    </header>
    <div class="thread" role="log" aria-label="Messages" tabindex="0">
      ${repeat(
        state.messages,
        (message) => message.id,
        (message) => said(message, name),
      )}
    </div>
    <div>
      <p class="typing" role="status">${typing ? `${name} is typing…` : ''}</p>
      ${mine ? answer(guest, acts) : html`<p class="hint">${hintFor(guest)}</p>`}
    </div>
  </section>`;
}

function hintFor({ state }: DeskGuest): string {
  if (state === 'closed') return 'The conversation is over. It goes on when the guest writes again.';
  return state === 'waiting'
    ? 'The guest waits. Join to answer.'
    : 'You are reading along. Join to take over.';
}

function said({ role, author, text, sentAt, seq, event = '' }: DeskMessage, guest: string): TemplateResult {
  if (role === 'system')
    return html`<p class="event">${EVENTS[event] ?? text}${sentAt ? ` · ${time(sentAt)}` : ''}</p>`;
  const who = role === 'guest' ? guest : (author?.name ?? (role === 'ai' ? 'Assistant' : 'Team'));
  return html`<div class="said by-${role} ${seq === undefined ? 'growing' : ''}">
    <span class="by">${who}${sentAt ? ` · ${time(sentAt)}` : ''}</span>
    <p dir="auto">${text}</p>
  </div>`;
}

function answer({ id }: DeskGuest, acts: DeskActs): TemplateResult {
  const send = (box: HTMLTextAreaElement): void => {
    const text = box.value.trim();
    if (text) acts.say(id, text);
    box.value = '';
    box.focus();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send((event.target as HTMLFormElement).querySelector('textarea')!);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(event.target as HTMLTextAreaElement);
  };
  return html`<form class="answer" @submit=${submit}>
    <textarea
      class="field"
      rows="1"
      aria-label="Answer"
      placeholder="Write an answer…"
      @input=${(event: Event) => acts.typed(id, (event.target as HTMLTextAreaElement).value)}
      @keydown=${pressed}
    ></textarea>
    <button class="button">Send</button>
  </form>`;
}

/** The page a guest is on, without the part that is the same for all. */
function pathOf(page: string): string {
  return URL.canParse(page) ? new URL(page).pathname : page;
}

function time(iso: string | undefined): string {
  return iso ? clock.format(new Date(iso)) : '';
}
