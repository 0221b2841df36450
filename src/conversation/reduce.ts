/**
 * (state, event) → state: the only writer of the conversation's state. Pure, and idempotent: an event that comes twice
 * changes nothing the second time. What is not touched keeps its identity.
 *
 * It is long because it is a table, and so are its two longest functions: one short line or block per event.
 */
import type { ConnectionState } from '../connection/status.js';
import type { Author, Message, Role } from '../protocol/message.js';
import type { ServerEvent, ServerEventOf } from '../protocol/server-event.js';
import { foldDelta } from './deltas.js';
import { confirmed, nextDelivery } from './delivery.js';
import { INITIAL_STATE, type ChatMessage, type ChatState, type Delivery } from './state.js';
import { change, derived, findMessage, insert, join, put, take, takePage } from './thread.js';
import type { CachedThread } from './transcript-cache.js';

/** What happens on our side of the wire. */
export type LocalEvent =
  | { type: 'local/connection'; connection: ConnectionState }
  | { type: 'local/guest'; guestId: string; conversationId?: string; epoch?: string; readUpTo?: number }
  | { type: 'local/queued'; messages: readonly ChatMessage[] }
  | { type: 'local/delivery'; clientId: string; state: Delivery; failure?: ChatMessage['failure'] }
  | { type: 'local/removed'; clientId: string }
  /** A page of history: the newest one, which replaces the thread, or one that continues it at either end. */
  | {
      type: 'local/page';
      page: 'newest' | 'after' | 'before';
      messages: readonly Message[];
      hasMore: boolean;
    }
  | { type: 'local/typing-ended'; authorId: string }
  /** A reply will not grow any more; `stopped` when the guest wanted that. */
  | { type: 'local/stream-ended'; id: string; stopped?: boolean }
  | { type: 'local/open'; open: boolean }
  | { type: 'local/read'; upTo: number }
  | { type: 'local/restored'; count?: number }
  /** What the last visit looked like, before the server has said a word. */
  | { type: 'local/cached'; thread: CachedThread }
  /** How things stand in the tab that has the line. @param echoes ids of messages that were written here */
  | { type: 'local/mirrored'; state: ChatState; echoes: readonly string[] }
  /** Messages are kept in memory only. */
  | { type: 'local/unsaved'; unsaved: boolean }
  | { type: 'local/reset' };

/** Everything that changes the state. `history` is not among them: only its asker knows what a page means. */
export type ChatEvent = IncomingEvent | LocalEvent;

/** A server event; a delta also tells when it came, since a growing reply has no time of the server's yet. */
type IncomingEvent =
  | Exclude<ServerEvent, { type: 'history' | 'delta' }>
  | (ServerEventOf<'delta'> & { at: string });

const sameAuthor = (author: Author) => (other: { id: string }) => other.id === author.id;

function withMessages(state: ChatState, messages: ChatState['messages']): ChatState {
  return messages === state.messages ? state : { ...state, messages };
}

/** Whoever has said something is not typing any more; where nobody is named, all of that role. */
function quiet(state: ChatState, { author, role }: { author?: Pick<Author, 'id'>; role?: Role }): ChatState {
  const typing = state.typing.filter(({ author: other }) =>
    author ? other.id !== author.id : other.role !== role,
  );
  return typing.length === state.typing.length ? state : { ...state, typing };
}

function onMessage(state: ChatState, message: Message): ChatState {
  return quiet(withMessages(state, take(state.messages, message, state.receipts)), message);
}

function onAck(state: ChatState, { clientId, id, seq, sentAt }: ServerEventOf<'ack'>): ChatState {
  const messages = change(state.messages, clientId, (message) => {
    if (message.seq === seq && message.id === id) return message;
    const { failure: _gone, ...rest } = message;
    return {
      ...rest,
      id,
      seq,
      sentAt,
      delivery: nextDelivery(message.delivery, confirmed(seq, state.receipts)),
    };
  });
  return withMessages(state, messages);
}

function onDelta(state: ChatState, event: ServerEventOf<'delta'> & { at: string }): ChatState {
  const { id, role = 'ai', author, at: sentAt } = event;
  const index = findMessage(state.messages, id);
  const known = state.messages[index];
  if (known?.stopped || known?.seq !== undefined) return state;
  const text = foldDelta(known?.text ?? '', event);
  if (text === undefined || (text === known?.text && known.streaming)) return state;
  const grown: ChatMessage = known
    ? { ...known, text, streaming: true }
    : { id, role, ...(author && { author }), text, sentAt, streaming: true };
  const messages = known ? put(state.messages, index, grown) : insert(state.messages, grown);
  return quiet({ ...state, messages }, grown);
}

function onTyping(state: ChatState, { author, active, label }: ServerEventOf<'typing'>): ChatState {
  if (!active) return quiet(state, { author });
  const signal = { author, ...(label && { label }) };
  const index = state.typing.findIndex(({ author: other }) => other.id === author.id);
  if (index < 0) return { ...state, typing: [...state.typing, signal] };
  if (state.typing[index]!.label === label) return state;
  return { ...state, typing: state.typing.with(index, signal) };
}

function onReceipt(state: ChatState, { upTo, kind, by }: ServerEventOf<'receipt'>): ChatState {
  // Our own guest, on another device or in another tab.
  if (by.role === 'guest') return kind === 'read' ? onRead(state, upTo) : state;
  if (upTo <= state.receipts[kind]) return state;
  const receipts = { ...state.receipts, [kind]: upTo };
  const { messages } = state;
  let changed: ChatMessage[] | undefined;
  // What was told before reaches up to a number; everything up to there has it.
  for (let i = messages.length - 1; i >= 0 && (messages[i]!.seq ?? Infinity) > state.receipts[kind]; i--) {
    const message = messages[i]!;
    if (message.role !== 'guest' || message.seq === undefined || message.seq > upTo) continue;
    const delivery = nextDelivery(message.delivery, kind);
    if (delivery !== message.delivery) (changed ??= [...messages])[i] = { ...message, delivery };
  }
  return { ...state, receipts, messages: changed ? derived(changed, messages) : messages };
}

/** What the guest makes of a message, here or in another tab. What others do is not shown. */
function onReaction(state: ChatState, event: ServerEventOf<'reaction'>): ChatState {
  const { messageId, emoji, active, author } = event;
  const index = findMessage(state.messages, messageId);
  const known = state.messages[index];
  if (author.role !== 'guest' || !known || (known.reaction === emoji) === active) return state;
  const { reaction: _past, ...rest } = known;
  return { ...state, messages: put(state.messages, index, active ? { ...rest, reaction: emoji } : rest) };
}

function onRead(state: ChatState, upTo: number): ChatState {
  return upTo > state.readUpTo ? { ...state, readUpTo: upTo } : state;
}

function onMode(
  state: ChatState,
  { mode, position, waitSeconds }: Omit<ServerEventOf<'mode'>, 'type'>,
): ChatState {
  if (state.answering === mode && state.position === position && state.waitSeconds === waitSeconds)
    return state;
  const { position: _p, waitSeconds: _w, ...rest } = state;
  return {
    ...rest,
    answering: mode,
    ...(mode === 'queued' && position !== undefined && { position }),
    ...(mode === 'queued' && waitSeconds !== undefined && { waitSeconds }),
  };
}

function onWelcome(state: ChatState, event: ServerEventOf<'welcome'>): ChatState {
  const { conversationId, guestId, epoch, participants, features, limits, mode } = event;
  // Where another numbering begins, what was read of the old one says nothing.
  const anew = state.conversationId !== undefined && state.conversationId !== conversationId;
  const renumbered = anew || (state.epoch !== undefined && state.epoch !== epoch);
  // A place in the queue is not part of the welcome; the one we know stays until the server tells another.
  const place = mode === state.answering ? state : {};
  const { position, waitSeconds } = place as Partial<ChatState>;
  return {
    ...onMode(state, { mode, position, waitSeconds }),
    ...(renumbered && { receipts: INITIAL_STATE.receipts, readUpTo: 0, renumbering: true }),
    conversationId,
    guestId,
    epoch,
    participants,
    features,
    limits,
    typing: [],
  };
}

function onStreamEnd(state: ChatState, id: string, stopped = false): ChatState {
  const index = findMessage(state.messages, id);
  const known = state.messages[index];
  if (!known?.streaming) return state;
  const { streaming: _over, ...rest } = known;
  const ended: ChatMessage = stopped ? { ...rest, stopped } : rest;
  return { ...state, messages: put(state.messages, index, ended) };
}

function onDelivery(state: ChatState, event: Extract<LocalEvent, { type: 'local/delivery' }>): ChatState {
  const messages = change(state.messages, event.clientId, (message) => {
    const delivery = nextDelivery(message.delivery, event.state);
    if (delivery === message.delivery) return message;
    const { failure: _past, ...rest } = message;
    return { ...rest, delivery, ...(delivery === 'failed' && event.failure && { failure: event.failure }) };
  });
  return withMessages(state, messages);
}

function onPage(state: ChatState, event: Extract<LocalEvent, { type: 'local/page' }>): ChatState {
  const { page, hasMore } = event;
  const messages = takePage(state.messages, event.messages, state.receipts, page === 'newest');
  const hasOlder = page === 'after' ? state.hasOlder : hasMore;
  const { renumbering, ...rest } = state;
  if (!renumbering || page !== 'newest') return { ...state, messages, hasOlder, loaded: true };
  // What was in the thread under its old number has been seen under the new one.
  const known = event.messages.findLast(({ id }) => findMessage(state.messages, id) >= 0);
  return { ...rest, messages, hasOlder, loaded: true, readUpTo: known?.seq ?? 0 };
}

function onCached(state: ChatState, { messages, ...thread }: CachedThread): ChatState {
  // Late: the server has spoken, or another tab.
  if (state.loaded) return state;
  return { ...state, ...thread, messages: takePage(state.messages, messages, thread.receipts, true) };
}

function onMirrored(state: ChatState, event: Extract<LocalEvent, { type: 'local/mirrored' }>): ChatState {
  const { open, unreadFrom, unsaved, renumbering } = state;
  const { unreadFrom: _theirs, unsaved: _risk, ...mirrored } = event.state;
  const { conversationId, epoch } = mirrored;
  // What this tab has had from the server stays, if it has the same numbers there; so does what was just written here.
  const same =
    state.loaded && !renumbering && state.conversationId === conversationId && state.epoch === epoch;
  const kept = state.messages.filter(({ id, seq }) => (seq === undefined ? event.echoes.includes(id) : same));
  const oldest = (messages: ChatState['messages']): number => messages[0]?.seq ?? Infinity;
  return {
    ...mirrored,
    messages: join(mirrored.messages, kept),
    hasOlder: oldest(kept) < oldest(mirrored.messages) ? state.hasOlder : mirrored.hasOlder,
    open,
    ...(unreadFrom !== undefined && { unreadFrom }),
    ...(unsaved && { unsaved }),
  };
}

function onOpen(state: ChatState, open: boolean): ChatState {
  if (open === state.open) return state;
  const { unreadFrom: _past, ...rest } = state;
  const unread = open && state.messages.some((m) => m.role !== 'guest' && (m.seq ?? 0) > state.readUpTo);
  return { ...rest, open, ...(unread && state.readUpTo > 0 && { unreadFrom: state.readUpTo }) };
}

function reduceServer(state: ChatState, event: IncomingEvent): ChatState {
  switch (event.type) {
    case 'welcome':
      return onWelcome(state, event);
    case 'message':
      return onMessage(state, event.message);
    case 'ack':
      return onAck(state, event);
    case 'delta':
      return onDelta(state, event);
    case 'typing':
      return onTyping(state, event);
    case 'joined': {
      const others = state.participants.filter((other) => other.id !== event.author.id);
      return { ...state, participants: [...others, event.author] };
    }
    case 'left': {
      const quieter = quiet(state, event);
      return quieter.participants.some(sameAuthor(event.author))
        ? { ...quieter, participants: quieter.participants.filter(({ id }) => id !== event.author.id) }
        : quieter;
    }
    case 'mode':
      return onMode(state, event);
    case 'receipt':
      return onReceipt(state, event);
    case 'reaction':
      return onReaction(state, event);
    default:
      // nack, error, bye and pong concern the outbox and the line.
      return state;
  }
}

function reduceLocal(state: ChatState, event: LocalEvent): ChatState {
  switch (event.type) {
    case 'local/connection':
      return { ...state, connection: event.connection };
    case 'local/guest':
      return {
        ...state,
        guestId: event.guestId,
        conversationId: event.conversationId,
        epoch: event.epoch,
        readUpTo: event.readUpTo ?? 0,
      };
    case 'local/queued': {
      const fresh = event.messages.filter(
        ({ id, clientId }) => findMessage(state.messages, id, clientId) < 0,
      );
      const streams = state.messages.findIndex(
        (message) => message.seq === undefined && message.role !== 'guest',
      );
      const at = streams < 0 ? state.messages.length : streams;
      return fresh.length ? { ...state, messages: state.messages.toSpliced(at, 0, ...fresh) } : state;
    }
    case 'local/delivery':
      return onDelivery(state, event);
    case 'local/removed':
      return withMessages(
        state,
        state.messages.filter(({ clientId, seq }) => clientId !== event.clientId || seq !== undefined),
      );
    case 'local/page':
      return onPage(state, event);
    case 'local/typing-ended':
      return quiet(state, { author: { id: event.authorId } });
    case 'local/stream-ended':
      return onStreamEnd(state, event.id, event.stopped);
    case 'local/open':
      return onOpen(state, event.open);
    case 'local/read':
      return onRead(state, event.upTo);
    case 'local/restored':
      return { ...state, restored: event.count };
    case 'local/cached':
      return onCached(state, event.thread);
    case 'local/mirrored':
      return onMirrored(state, event);
    case 'local/unsaved':
      return { ...state, unsaved: event.unsaved };
    case 'local/reset':
      return { ...INITIAL_STATE, connection: state.connection, open: state.open, unsaved: state.unsaved };
  }
}

/** The next state. */
export function reduce(state: ChatState, event: ChatEvent): ChatState {
  return event.type.startsWith('local/')
    ? reduceLocal(state, event as LocalEvent)
    : reduceServer(state, event as IncomingEvent);
}
