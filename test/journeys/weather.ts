import { nativeCodec } from '../../src/backends/native/codec.js';
import { toFrame } from '../../src/backends/native/wire.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import { readClientCommand } from '../../src/protocol/client-command.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { ChatHost } from '../../src/testing/host/chat-host.js';
import type { GuestLine } from '../../src/testing/host/guest-line.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { LinkError, type Link, type LinkEvents, type Transport } from '../../src/transports/transport.js';
import { FakeWake } from '../connection/fake-line.js';

const LATENCY_MS = 20;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A server and a guest with bad weather between them: what is under way when a line breaks is lost. */
export class Weather {
  readonly clock = new ManualClock();
  readonly wake = new FakeWake();
  readonly inbound: string[] = [];
  readonly errors: string[] = [];
  readonly host = new ChatHost({
    clock: this.clock,
    onArrival: ({ message }) => message?.ack(),
  });
  readonly #namespace = `weather ${crypto.randomUUID()}`;
  #up = true;
  #lines = new Set<{ cut(): void }>();
  #swallow: string | undefined;
  client = this.#visit();

  /** The server's messages as the guest ought to see them. */
  get truth(): string[] {
    return (this.host.conversations.at(-1)?.messages ?? []).map(({ text }) => text);
  }

  /** What the guest sees. */
  get seen(): string[] {
    return this.client.state.messages.map(({ text }) => text);
  }

  send(text: string): void {
    this.client.send(text).catch(() => {});
  }

  says(text: string): void {
    const conversation = this.host.conversations.at(-1);
    conversation?.store({ role: 'ai', text, author: { id: 'bot', role: 'ai' } });
  }

  /** The line breaks; what is under way is lost. */
  cut(): void {
    for (const line of [...this.#lines]) line.cut();
  }

  /** Nobody can connect until the sun shines. */
  storm(): void {
    this.#up = false;
    this.cut();
  }

  sun(): void {
    this.#up = true;
  }

  /** The next event of a type is lost on a line that lives on. */
  swallow(type: ServerEvent['type']): void {
    this.#swallow = type;
  }

  /** The page is loaded again; the old one is gone in the middle of whatever it did. */
  async reload(): Promise<void> {
    this.client.destroy();
    this.cut();
    this.client = this.#visit();
    await this.client.start();
  }

  #visit(): ChatClient {
    const client = new ChatClient({
      backend: { name: 'weather', transport: this.#transport(), codec: nativeCodec },
      namespace: this.#namespace,
      persistence: 'session',
      clock: this.clock,
      wake: this.wake,
    });
    client.on('message', ({ message, direction }) => {
      if (direction === 'in') this.inbound.push(message.id);
    });
    client.on('error', ({ code, error }) => {
      if (code !== 'connection') this.errors.push(`${code} ${error.stack}`);
    });
    return client;
  }

  #transport(): Transport {
    return { name: 'weather', open: (_session, events, signal) => this.#open(events, signal) };
  }

  async #open(events: LinkEvents, signal: AbortSignal): Promise<Link> {
    await this.#later();
    signal.throwIfAborted();
    if (!this.#up) throw new LinkError({ reason: 'lost', retry: 'backoff' });
    let alive = true;
    const whileAlive = (work: () => void): void => void this.#later().then(() => alive && work());
    const guestLine: GuestLine = this.host.accept({
      send: (event) => {
        if (event.type === this.#swallow) this.#swallow = undefined;
        else whileAlive(() => events.onFrame(copy(toFrame(event))));
      },
      close: (code) => whileAlive(() => line.cut(code)),
    });
    const line = {
      cut: (code?: number) => {
        if (!alive) return;
        hangUp();
        events.onClose({ reason: 'lost', retry: 'backoff', code });
      },
    };
    const hangUp = (): void => {
      alive = false;
      this.#lines.delete(line);
      guestLine.closed();
    };
    this.#lines.add(line);
    return {
      send: async (frame: Frame) => {
        if (!alive) throw new Error('broken');
        const { event, data } = copy(frame);
        whileAlive(() => {
          const command = readClientCommand(event, data);
          if (command) guestLine.receive(command);
        });
      },
      probe() {},
      close: () => alive && hangUp(),
    };
  }

  #later(): Promise<void> {
    return new Promise((resolve) => this.clock.setTimeout(resolve, LATENCY_MS));
  }
}
