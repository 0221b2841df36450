/** A chat server inside the page: what docs/protocol.md says, as JSON text, over a socket that is none. */
import type { Said } from './contestant.js';

/** The newest page, and every one before it. */
const PAGE = 50;

/** The half of a socket that the widget sees. */
class FakeSocket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #take: (frame: Frame) => void;

  constructor(take: (frame: Frame) => void) {
    this.#take = take;
    setTimeout(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(data: string): void {
    // A server answers in a later task, never within the call.
    setTimeout(() => this.#take(JSON.parse(data)));
  }

  close(): void {
    this.readyState = 3;
  }
}

interface Frame {
  type: string;
  [field: string]: unknown;
}

/** Speaks with one widget. */
export class FakeServer {
  /** The class to hand to the widget. */
  readonly WebSocket: unknown;
  #socket: FakeSocket | undefined;
  readonly #history: readonly Said[];
  #seq: number;
  #answer = { id: '', text: '' };

  constructor(history: readonly Said[]) {
    this.#history = history;
    this.#seq = history.length;
    const connect = (): FakeSocket => (this.#socket = new FakeSocket((frame) => this.#take(frame)));
    this.WebSocket = function WebSocket() {
      return connect();
    };
  }

  /** The assistant says something. */
  say({ id, text, sentAt }: Said): void {
    this.#send({ type: 'message', message: { ...ai, id, seq: ++this.#seq, text, sentAt } });
  }

  /** An answer begins. */
  begin(): void {
    this.#answer = { id: `a${this.#seq + 1}`, text: '' };
  }

  /** It goes on. */
  write(text: string): void {
    const { id, text: before } = this.#answer;
    const first = before ? {} : { role: 'ai', author: ai.author };
    this.#send({ type: 'delta', id, offset: before.length, text, ...first });
    this.#answer.text += text;
  }

  /** It is complete. */
  finish(): void {
    const { id, text } = this.#answer;
    const sentAt = new Date().toISOString();
    this.#send({ type: 'message', message: { ...ai, id, seq: ++this.#seq, text, sentAt } });
  }

  #send(frame: Frame): void {
    this.#socket?.onmessage?.({ data: JSON.stringify(frame) });
  }

  #take(frame: Frame): void {
    if (frame.type === 'hello') {
      this.#send({
        type: 'welcome',
        conversationId: 'c1',
        guestId: frame.guestId,
        resumeToken: 't1',
        resumed: false,
        epoch: 'e1',
        lastSeq: this.#seq,
        mode: 'ai',
        features: ['typing', 'receipts', 'reactions', 'escalation', 'stop', 'identify'],
        // No sign of life is asked for while something is measured.
        heartbeatMs: 600_000,
      });
      this.#page(this.#history.length);
    } else if (frame.type === 'history') {
      this.#page((frame.before as number) - 1);
    } else if (frame.type === 'send') {
      const { clientId } = frame;
      const seq = ++this.#seq;
      this.#send({ type: 'ack', clientId, id: `g${seq}`, seq, sentAt: new Date().toISOString() });
    } else if (frame.type === 'ping') {
      this.#send({ type: 'pong', t: frame.t });
    }
  }

  /** The messages that end with this one. */
  #page(end: number): void {
    const start = Math.max(0, end - PAGE);
    const messages = this.#history
      .slice(start, end)
      .map((message) => (message.role === 'ai' ? { ...ai, ...message } : { ...guest, ...message }));
    this.#send({ type: 'history', messages, hasMore: start > 0 });
  }
}

const ai = { role: 'ai', author: { id: 'ai', role: 'ai', name: 'Assistant' }, format: 'markdown' } as const;
const guest = { author: { id: 'g', role: 'guest' } } as const;
