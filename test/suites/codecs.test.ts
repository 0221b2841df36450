import { nativeCodec } from '../../src/backends/native/codec.js';
import { toFrame } from '../../src/backends/native/wire.js';
import { socketIoShop } from '../../src/backends/presets/socket-io-shop.js';
import { socketIoSpeech } from '../../src/backends/socket-io/codec.js';
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
