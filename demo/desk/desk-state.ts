import type { DeskEvent, DeskGuest } from '../../server/desk-protocol.js';
import { foldDelta } from '../../src/conversation/deltas.js';
import type { Author, Message } from '../../src/index.js';
import type { ServerEvent, ServerEventOf } from '../../src/protocol/server-event.js';

/** A message as the desk shows it; one that grows has no number yet. */
export interface DeskMessage extends Omit<Message, 'seq' | 'sentAt'> {
  readonly seq?: number;
  readonly sentAt?: string;
}

/** Everything the desk shows, at one moment. */
export interface DeskState {
  /** `out`: nobody sits here. */
  readonly status: 'out' | 'connecting' | 'online' | 'lost';
  readonly you?: Author;
  readonly guests: readonly DeskGuest[];
  /** Id of the conversation that is open. */
  readonly openId?: string;
  readonly messages: readonly DeskMessage[];
  /** What the server did not do. */
  readonly error?: string;
}

/** Nobody has come in. */
export const OUT: DeskState = { status: 'out', guests: [], messages: [] };

/** The guest whose conversation is open. */
export function openGuest({ guests, openId }: DeskState): DeskGuest | undefined {
  return guests.find(({ id }) => id === openId);
}

/** Whether the person at this desk is in a conversation. */
export function isMine(guest: DeskGuest, you: Author | undefined): boolean {
  return guest.staff.some(({ id }) => id === you?.id);
}

/** The next state after something the server told. */
export function told(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'desk':
      return { ...state, status: 'online', you: event.you, guests: event.guests };
    case 'guest': {
      const known = state.guests.some(({ id }) => id === event.guest.id);
      const guests = known
        ? state.guests.map((guest) => (guest.id === event.guest.id ? event.guest : guest))
        : [...state.guests, event.guest];
      return { ...state, guests };
    }
    case 'thread':
      return event.id === state.openId ? { ...state, messages: event.messages } : state;
    case 'event':
      return event.id === state.openId ? { ...state, messages: heard(state.messages, event.event) } : state;
    case 'error':
      return { ...state, error: event.message };
    default:
      return state;
  }
}

function heard(messages: readonly DeskMessage[], event: ServerEvent): readonly DeskMessage[] {
  if (event.type === 'message') {
    const others = messages.filter(({ id, seq }) => id !== event.message.id && seq !== event.message.seq);
    const growing = others.filter(({ seq }) => seq === undefined);
    return [...others.filter(({ seq }) => seq !== undefined), event.message, ...growing];
  }
  return event.type === 'delta' ? grown(messages, event) : messages;
}

function grown(messages: readonly DeskMessage[], event: ServerEventOf<'delta'>): readonly DeskMessage[] {
  const { id, role = 'ai', author } = event;
  const index = messages.findIndex((message) => message.id === id);
  const known = messages[index];
  const text = foldDelta(known?.text ?? '', event);
  // A piece that was missed: the final message will bring the whole.
  if (text === undefined || known?.seq !== undefined) return messages;
  return known
    ? messages.with(index, { ...known, text })
    : [...messages, { id, role, text, ...(author && { author }) }];
}
