import { httpCodec } from '../../src/backends/http/codec.js';
import { laravelSpeech } from '../../src/backends/laravel/codec.js';
import { nativeCodec } from '../../src/backends/native/codec.js';
import { toFrame } from '../../src/backends/native/wire.js';
import { plainWebsocket } from '../../src/backends/presets/plain-websocket.js';
import { socketIoShop } from '../../src/backends/presets/socket-io-shop.js';
import { socketIoSpeech } from '../../src/backends/socket-io/codec.js';
import { websocketSpeech } from '../../src/backends/websocket/codec.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { codecSuite } from './codec-suite.js';

const AI = { id: 'ai', role: 'ai', name: 'Ada' } as const;
const AT = '2026-11-25T10:00:00.000Z';
const MESSAGE = { id: 'm1', seq: 1, role: 'ai', author: AI, text: 'Hi', sentAt: AT } as const;

const NATIVE = [
  {
    type: 'welcome',
    conversationId: 'c1',
    guestId: 'g1',
    resumeToken: 'r1',
    resumed: true,
    epoch: 'e1',
    lastSeq: 1,
    mode: 'ai',
    participants: [AI],
    features: ['typing'],
    limits: { maxTextLength: 10, maxFrameBytes: 2048, maxAttachmentBytes: 1 },
    heartbeatMs: 10_000,
  },
  { type: 'history', messages: [MESSAGE], hasMore: true },
  { type: 'message', message: MESSAGE },
  { type: 'ack', clientId: 'c1', id: 'm2', seq: 2, sentAt: AT },
  { type: 'nack', clientId: 'c1', code: 'closed', message: 'no', retryAfterMs: 5 },
  { type: 'delta', id: 'm3', offset: 0, text: 'H', author: AI },
  { type: 'typing', author: AI, active: true, label: 'thinking' },
  { type: 'joined', author: AI },
  { type: 'left', author: AI },
  { type: 'mode', mode: 'queued', position: 1, waitSeconds: 2 },
  { type: 'error', code: 'x', message: 'y', fatal: false },
  { type: 'bye', reason: 'restart', retryAfterMs: 1, spreadMs: 1 },
] satisfies ServerEvent[];

const frames: Frame[] = NATIVE.map((event) => toFrame(event));

codecSuite('native', nativeCodec, frames);

codecSuite('Socket.IO, our own names', socketIoSpeech({ ack: true, resume: 'history' }).codec, [
  ...frames,
  { event: 'send:answer', data: { id: 7, sentAt: AT } },
  { event: 'send:answer', data: [null, { id: 'm1' }] },
  { event: 'send:answer', data: { error: { code: 'closed', message: 'over' } } },
  { event: 'history:answer', data: { messages: [MESSAGE], hasMore: false } },
]);

codecSuite('Socket.IO, a shop', socketIoSpeech(socketIoShop.backendOptions).codec, [
  { event: 'chat-response', data: { message: 'Hi' } },
  {
    event: 'chat-response',
    data: { message: 'Hi', sender: 'agent', timestamp: 1_700_000_000, messageId: 3 },
  },
]);

codecSuite('WebSocket, our own names', websocketSpeech({ ack: 'event', resume: 'history' }).codec, frames);

codecSuite(
  'WebSocket, frames without names',
  websocketSpeech({
    envelope: { name: false },
    commands: { send: { data: { text: '$text', meta: ['$clientId', '$guestId'] } }, end: [], typing: false },
    events: { message: 'message', history: { kind: 'history', fields: { messages: '' } } },
  }).codec,
  [
    { event: 'message', data: { text: 'Hi' } },
    { event: 'history', data: [MESSAGE, { text: 'Hi' }] },
  ],
);

codecSuite('WebSocket, a guest chat', websocketSpeech(plainWebsocket.backendOptions).codec, [
  { event: 'history', data: { messages: [MESSAGE, { type: 'staff', content: 'Hi' }], hasMore: true } },
  { event: 'message', data: { role: 'ai', message: 'Hi', timestamp: 1_700_000_000, _id: 3 } },
  { event: 'message', data: { message: { type: 'agent', text: 'Hi', sender: { id: 1, name: 'Maya' } } } },
  { event: 'guest', data: { text: 'Hi', client_id: 'c1' } },
  { event: 'ai', data: { text: 'Hi' } },
  { event: 'staff', data: { text: 'Hi', name: 'Maya', avatar: 'https://x.example/m.png' } },
  { event: 'system', data: { text: 'Maya joined', event: 'staff-joined', author: { name: 'Maya' } } },
  { event: 'typing', data: { role: 'staff', isTyping: true } },
  { event: 'stop-typing', data: {} },
  { event: 'ack', data: { clientId: 'c1', id: 3 } },
  { event: 'nack', data: { clientId: 'c1', code: 'closed' } },
  { event: 'delta', data: { id: 'm3', offset: 0, text: 'H' } },
  { event: 'mode', data: { mode: 'agent' } },
  { event: 'status', data: { status: 'waiting', position: 2 } },
  { event: 'queue', data: { position: 1 } },
  { event: 'queued', data: {} },
  { event: 'staff-joined', data: { staff: { name: 'Maya' } } },
  { event: 'staff_joined', data: {} },
  { event: 'staff-left', data: {} },
  { event: 'staff_left', data: { staff: { name: 'Maya' } } },
  { event: 'auth', data: {} },
  { event: 'authenticated', data: { guestId: 7, conversationId: 8 } },
  { event: 'welcome', data: { mode: 'lunch' } },
  { event: 'error', data: { message: 'no' } },
]);

const LINE = { id: 7, content: 'Hi', author: 'agent', created_at: AT };
const JOINED = { conversationId: '1', agent: { id: 7, name: 'Maya', avatar: null } };
const ROUTE = { path: '/x' };

codecSuite(
  'Laravel',
  laravelSpeech({}, { send: ROUTE, history: ROUTE, escalate: ROUTE, read: ROUTE, typing: ROUTE }).codec,
  [
    { event: 'start', data: { conversation: { id: 7 }, token: 't', mode: 'open' } },
    { event: 'history:answer', data: { messages: [LINE], has_more: true } },
    { event: 'page', data: { data: [LINE] } },
    { event: 'send:answer', data: { message: LINE, reply: 'Hi' } },
    { event: 'escalate:answer', data: { status: 'ok' } },
    { event: 'escalate:answer', data: { data: { mode: 'queued', position: 2 } } },
    { event: 'message.sent', data: { message: LINE } },
    { event: 'App\\Events\\MessageSent', data: { conversationId: '1', message: LINE } },
    { event: 'ChatMessageReceived', data: LINE },
    { event: 'agent.joined', data: JOINED },
    { event: 'AgentLeft', data: JOINED },
    { event: 'client-typing', data: [] },
    { event: 'client-typing', data: { typing: true, name: 'Maya' } },
  ],
);

const TRAITS = { ack: 'reply', greets: false, resend: 'safe', resume: 'history' } as const;

for (const completions of [false, true]) {
  codecSuite(
    completions ? 'HTTP, chat completions' : 'HTTP, JSON',
    httpCodec({ traits: TRAITS, completions, history: true, typing: true }),
    [
      { event: 'send:answer', data: { reply: 'Hi', message_id: 3 } },
      { event: 'send:answer', data: { choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] } },
      { event: 'history:answer', data: { messages: [{ id: 1, role: 'user', text: 'Hi' }] } },
      { event: 'message', data: [{ id: 2, text: 'Hi' }] },
    ],
  );
}
