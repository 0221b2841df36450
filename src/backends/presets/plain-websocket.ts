import type { Role } from '../../protocol/message.js';
import type { EventRule, FieldPath } from '../mapping.js';
import type { WebsocketOptions } from '../websocket/wire.js';
import type { Preset } from './preset.js';

/** Servers put a message into the frame itself, or into a field of it. */
const AT: FieldPath = ['message', 'data', 'payload', ''];
/** Where it says which of the four it is; of these, the first that is a word for one. */
const ROLE: FieldPath = ['role', 'sender.role', 'sender', 'from', 'author.role', 'author', 'type'];

/** A message; who answers is seen by it, where the server says no more of that. */
function message(role?: Role): EventRule[] {
  const rule = { at: AT, ...(role && { values: { role } }) };
  const mode = (answering: 'ai' | 'staff' | 'closed', when: EventRule['when']): EventRule => ({
    ...rule,
    kind: 'mode',
    when,
    fields: { mode: false },
    values: { ...rule.values, mode: answering },
  });
  return [
    { ...rule, kind: 'message' },
    { ...rule, kind: 'joined', when: { role: 'staff', author: true } },
    { at: AT, kind: 'joined', when: { event: 'staff-joined', author: true }, fields: { role: false } },
    mode('staff', { role: 'staff' }),
    mode('staff', { event: 'staff-joined' }),
    mode('ai', { role: 'ai' }),
    mode('ai', { event: 'staff-left' }),
    mode('closed', { event: 'conversation-ended' }),
  ];
}

const QUEUED: EventRule = { kind: 'mode', fields: { mode: false }, values: { mode: 'queued' } };
const JOINED: EventRule[] = [
  { kind: 'joined', fields: { role: false } },
  { kind: 'mode', fields: { mode: false }, values: { mode: 'staff' } },
];
const LEFT: EventRule[] = [
  { kind: 'left', fields: { role: false } },
  { kind: 'mode', fields: { mode: false }, values: { mode: 'ai' } },
];

const backendOptions: WebsocketOptions = {
  resume: 'history',
  commands: {
    hello: { event: 'auth', data: { guestId: '$guestId', token: '$token' } },
    history: { event: 'history', data: { before: '$beforeId' } },
    send: { event: 'message', data: { role: 'guest', text: '$text', clientId: '$clientId' } },
    typing: { event: 'typing', data: { active: '$active' } },
    escalate: { event: 'escalate', data: { reason: '$reason', cancel: '$cancel' } },
  },
  events: {
    history: { kind: 'history', at: ['data', 'payload', ''] },
    message: message(),
    guest: message('guest'),
    ai: message('ai'),
    staff: message('staff'),
    system: message('system'),
    typing: { kind: 'typing', at: ['data', 'payload', ''] },
    'stop-typing': { kind: 'typing', fields: { active: false }, values: { active: false } },
    ack: 'ack',
    nack: 'nack',
    delta: 'delta',
    mode: 'mode',
    status: { kind: 'mode', when: { mode: ['ai', 'queued', 'staff', 'closed'] } },
    queue: QUEUED,
    queued: QUEUED,
    'staff-joined': JOINED,
    staff_joined: JOINED,
    'staff-left': LEFT,
    staff_left: LEFT,
    auth: 'welcome',
    authenticated: 'welcome',
    welcome: 'welcome',
    error: { kind: 'error', values: { code: 'internal' } },
  },
  fields: {
    id: ['id', 'messageId', 'message_id', '_id'],
    text: ['text', 'content', 'message', 'body'],
    role: ROLE,
    author: ['author', 'staff', 'agent'],
    'author.id': ['author.id', 'sender.id', 'staff.id', 'agent.id'],
    'author.name': ['author.name', 'sender.name', 'staff.name', 'agent.name', 'name'],
    'author.avatarUrl': ['author.avatarUrl', 'author.avatar', 'sender.avatar', 'staff.avatar', 'avatar'],
    sentAt: ['sentAt', 'timestamp', 'createdAt', 'created_at', 'time'],
    clientId: ['clientId', 'client_id'],
    messages: ['messages', 'history', 'items', ''],
    hasMore: ['hasMore', 'has_more'],
    mode: ['mode', 'status'],
    active: ['active', 'isTyping', 'is_typing', 'typing'],
  },
};

/**
 * A guest chat over a plain WebSocket as it is found in the field. Open; `auth` with the guest's id; `history`, which is shown; then
 * messages both ways, of the types guest, ai, staff and system. Frames are objects with a `type`. No acks, and no ids needed.
 */
export const plainWebsocket = { backend: 'websocket', backendOptions } satisfies Preset;
