import type { CompleteBackend } from '../../src/backends/backend.js';
import { nativeCodec } from '../../src/backends/native/codec.js';
import type { WakeSignal, WakeSignals } from '../../src/platform/wake-signals.js';
import type { Frame } from '../../src/protocol/frame.js';
import {
  LinkError,
  type Link,
  type LinkClose,
  type LinkEvents,
  type Transport,
} from '../../src/transports/transport.js';

/** One attempt to open a line, in the hands of the test. */
export class FakeAttempt implements Link {
  readonly sent: Frame[] = [];
  readonly probes: (number | undefined)[] = [];
  closed: string | undefined | false = false;
  /** Given where the wire has to be emptied before it is let go. */
  drain?: () => Promise<void>;
  readonly #events: LinkEvents;
  readonly #resolve: (link: Link) => void;
  readonly #reject: (error: unknown) => void;

  constructor(
    events: LinkEvents,
    resolve: (link: Link) => void,
    reject: (error: unknown) => void,
    readonly signal: AbortSignal,
  ) {
    this.#events = events;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', () => reject(signal.reason));
  }

  opens(): this {
    this.#resolve(this);
    return this;
  }

  fails(close: LinkClose = { reason: 'lost', retry: 'backoff' }): void {
    this.#reject(new LinkError(close));
  }

  tells(event: string, data: object = {}): void {
    this.#events.onFrame({ event, data });
  }

  greets(more: object = {}): void {
    const welcome = { conversationId: 'c1', guestId: 'g1', resumeToken: 't1', resumed: true, epoch: 'e1' };
    this.tells('welcome', { ...welcome, lastSeq: 0, mode: 'ai', ...more });
  }

  dies(close: LinkClose = { reason: 'lost', retry: 'backoff' }): void {
    this.#events.onClose(close);
  }

  async send(frame: Frame): Promise<void> {
    this.sent.push(frame);
  }

  probe(patienceMs?: number): void {
    this.probes.push(patienceMs);
  }

  close(reason?: string): void {
    this.closed = reason;
  }
}

/** A transport whose attempts the test decides. */
export class FakeTransport implements Transport {
  readonly name: string;
  readonly attempts: FakeAttempt[] = [];

  constructor(name = 'fake') {
    this.name = name;
  }

  get last(): FakeAttempt {
    return this.attempts.at(-1)!;
  }

  open(_session: unknown, events: LinkEvents, signal: AbortSignal): Promise<Link> {
    return new Promise((resolve, reject) =>
      this.attempts.push(new FakeAttempt(events, resolve, reject, signal)),
    );
  }
}

/** A native backend on a fake transport. */
export function fakeBackend(transport: Transport): CompleteBackend {
  return { name: 'fake', transport, codec: nativeCodec };
}

/** Network and attention in the hands of the test. */
export class FakeWake implements WakeSignals {
  online = true;
  visible = true;
  readonly #listeners = new Set<(signal: WakeSignal) => void>();

  subscribe(fn: (signal: WakeSignal) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  tell(signal: WakeSignal): void {
    if (signal === 'online' || signal === 'offline') this.online = signal === 'online';
    if (signal === 'visible' || signal === 'hidden') this.visible = signal === 'visible';
    for (const fn of [...this.#listeners]) fn(signal);
  }
}
