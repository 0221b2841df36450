import type { HeadersFor, HttpAddress } from '../../transports/http-route.js';
import type { HttpRoute } from '../../transports/http-uplink.js';
import type { EchoLike, PusherLike } from '../../transports/page-pusher.js';
import type { PusherAddress } from '../../transports/pusher-address.js';
import type { EventMeaning, EventRule, EventVocabulary, FieldPath } from '../mapping.js';

/** Names of frames whose answers and pages are ours to read. */
export const START = 'start';
export const SEND = 'send';
export const HISTORY = 'history';
export const NEWS = 'page';
/** Says one of our own events, for what no backend says. */
export const TOLD = 'told';

/** One route of the backend. */
export interface LaravelRoute extends HttpAddress, Partial<Pick<HttpRoute, 'method' | 'gone' | 'timeoutMs'>> {
  /** What is sent: a template (docs/backends/laravel.md). Default: nothing. */
  body?: unknown;
}

/** What a route is for. */
export type LaravelRouteName =
  | 'start'
  | 'resume'
  | 'status'
  | 'history'
  | 'poll'
  | 'send'
  | 'typing'
  | 'read'
  | 'escalate'
  | 'rate'
  | 'stop'
  | 'identify'
  | 'end'
  | 'auth';

/** Where a server of the Pusher protocol is, as configurations in the field write it; without a key it is not used. */
export interface LaravelServer extends Partial<Omit<PusherAddress, 'key'>> {
  /** Key of the app; public. */
  key?: string | undefined;
  /** @default true */
  enabled?: boolean;
  /** Another word for `tls`: `http` or `https`. */
  scheme?: string;
}

/** How a Laravel chat is spoken with. Everything is data; what is not given has the names of docs/backends/laravel.md. */
export interface LaravelOptions extends EventVocabulary {
  /** Wires in the order in which they are tried: `pusher`, `reverb`, `polling`, `none`. @default those that are set up, `polling` last */
  transport?: string | readonly string[];
  /** Hosted Pusher, or Soketi. */
  pusher?: LaravelServer;
  /** Laravel Reverb. */
  reverb?: LaravelServer;
  /** The page's own `Echo` or `Pusher`: used instead of connections of our own. */
  Echo?: EchoLike;
  /** The same. */
  Pusher?: PusherLike;
  /** Off: no connection is kept, only polled. @default true */
  realtime?: boolean;
  /** Name of the channel as in `routes/channels.php`. @default 'conversation.{conversationId}' */
  channel?: string;
  /** Kind of the channel. @default 'private' */
  channelType?: 'private' | 'presence' | 'public';
  /**
   * What broadcasts mean, by name. A class name (`MessageSent`) is known with and without its namespace; a name of `broadcastAs()`
   * is written as it is, with or without Echo's leading dot.
   */
  events?: Readonly<Record<string, EventMeaning>>;
  /** Namespace of events that are named by their class. @default 'App\\Events' */
  namespace?: string;
  /** Name of the whisper that tells who is typing; `false` for none. @default 'typing' */
  typingWhisper?: string | false;
  /** Where things are done; `false` where the backend does not have it. */
  routes?: Readonly<Partial<Record<LaravelRouteName, LaravelRoute | false>>>;
  /** Headers beside, or instead of, those that are sent by themselves. */
  headers?: Readonly<Record<string, string>> | HeadersFor;
  /** Where a fresh CSRF cookie is fetched, on the page's own origin. @default '/sanctum/csrf-cookie' */
  csrfCookie?: string | false;
  /** Where the answer to a message has a reply in it. @default 'reply', 'response', 'answer' */
  reply?: FieldPath;
  /** Where the answer to `start` names a conversation that the guest may want to go on with. */
  offer?: FieldPath;
  /** How the guest is asked. */
  offerTexts?: { question?: string; resume?: string; restart?: string };
  /** Name of the field that carries the device hint, where the page has opted in. @default 'client_fingerprint' */
  deviceHintField?: string;
  /** How old a conversation may be that is resumed, in hours, where its status tells. @default 24 */
  resumeHours?: number;
  /** Whether a message may be sent again whose answer was lost, because the backend knows a repeated `client_id`. @default 'safe' */
  resend?: 'safe' | 'ask';
  /** Pause between two polls while the page is seen, in milliseconds. @default 2000 */
  pollMs?: number;
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
}

/** A message: as a payload of its own, or inside. */
const MESSAGE: EventRule = { kind: 'message', at: ['message', 'data', ''] };
const STAFF = { role: 'staff' } as const;

/** A person is there: in the header, as who answers, and as a line in the transcript. */
export const STAFF_JOINS: EventMeaning = [
  { kind: 'joined', values: STAFF },
  { kind: 'mode', values: { mode: 'staff' }, fields: { mode: false } },
  {
    kind: 'message',
    values: { role: 'system', event: 'staff-joined', text: '' },
    fields: { role: false, id: false, text: false, event: false, sentAt: false },
  },
];
/** A person has gone. */
export const STAFF_LEAVES: EventMeaning = [
  { kind: 'left', values: STAFF },
  { kind: 'mode', values: { mode: 'ai' } },
  {
    kind: 'message',
    values: { role: 'system', event: 'staff-left', text: '' },
    fields: { role: false, id: false, text: false, event: false, sentAt: false },
  },
];

/** Names that are found in the field. */
export const USUAL_EVENTS: Readonly<Record<string, EventMeaning>> = {
  MessageSent: MESSAGE,
  'message.sent': MESSAGE,
  ChatMessageReceived: MESSAGE,
  AgentJoined: STAFF_JOINS,
  'agent.joined': STAFF_JOINS,
  AgentLeft: STAFF_LEAVES,
  'agent.left': STAFF_LEAVES,
};

/** Where fields are in the field. */
export const USUAL_FIELDS: NonNullable<EventVocabulary['fields']> = {
  text: ['content', 'text', 'body', 'message'],
  role: ['role', 'sender_type', 'author.role', 'sender.role', 'author', 'sender'],
  author: false,
  'author.id': ['agent.id', 'author.id', 'sender.id', 'user.id'],
  'author.name': ['agent.name', 'author.name', 'sender.name', 'user.name', 'author_name', 'name'],
  'author.avatarUrl': ['agent.avatar', 'author.avatar', 'sender.avatar', 'agent.avatar_url'],
  sentAt: ['created_at', 'sent_at', 'createdAt', 'sentAt', 'timestamp'],
  clientId: ['client_id', 'clientId'],
  conversationId: ['conversation_id', 'conversationId', 'conversation.id', 'data.id', 'id'],
  resumeToken: ['token', 'access_token', 'widget_token', 'data.token'],
  messages: ['messages', 'data', 'items', ''],
  hasMore: ['has_more', 'hasMore', 'meta.has_more'],
  active: ['typing', 'active', 'isTyping', 'is_typing'],
  messageId: ['message_id', 'messageId'],
};

const ONE = '/api/chat/{conversationId}';

/** Routes that a backend is taken to have unless it says otherwise. */
export const USUAL_ROUTES: NonNullable<LaravelOptions['routes']> = {
  start: { path: '/api/chat/start', body: { guest_id: '$guestId' } },
  history: { path: `${ONE}/messages`, query: { after: '{afterId}', before: '{beforeId}', limit: '{limit}' } },
  send: { path: `${ONE}/messages`, body: { content: '$text', client_id: '$clientId', action: '$action' } },
  escalate: { path: `${ONE}/escalate`, body: { reason: '$reason' } },
  auth: { path: '/broadcasting/auth' },
};
