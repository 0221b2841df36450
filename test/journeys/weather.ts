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
import { FakeBrowser, type FakeTab } from '../platform/fake-tabs.js';

const LATENCY_MS = 20;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What a line does to a frame of the server. */
export type Mishap = 'swallow' | 'double' | 'delay';

/** A page of the guest in one tab. */
export interface Page {
  readonly tab: FakeTab;
  readonly wake: FakeWake;
  readonly client: ChatClient;
  /** Ids of messages that `message` notifications have told, in order. */
  readonly inbound: string[];
}

/** A server and the tabs of a guest with bad weather between them: what is under way when a line breaks is lost. */
export class Weather {
  readonly clock = new ManualClock();
  readonly errors: string[] = [];
  readonly host = new ChatHost({
    clock: this.clock,
    onArrival: ({ message }) => message?.ack(),
  });
  readonly pages: Page[];
  readonly #browser = new FakeBrowser(this.clock);
  readonly #namespace = `weather ${crypto.randomUUID()}`;
  readonly #shared: boolean;
  readonly #lines = new Set<{ tab: FakeTab; cut(): void }>();
  readonly #mishaps: { happens: Mishap; event: ServerEvent['type'] }[] = [];
  #up = true;

  /** @param tabs how many; several share one line, a single one knows nothing of others */
  constructor(tabs = 1) {
    this.#shared = tabs > 1;
    this.pages = Array.from({ length: tabs }, () => this.#visit());
  }

  /** The server's messages as the guest ought to see them. */
  get truth(): string[] {
    return (this.host.conversations.at(-1)?.messages ?? []).map(({ text }) => text);
  }

  /** What the guest sees in a tab. */
  seen(tab: number): string[] {
    return this.pages[tab]!.client.state.messages.map(({ text }) => text);
  }

  /** @returns false when the tab stands still, and nobody can write in it */
  send(tab: number, text: string): boolean {
    const { tab: where, client } = this.pages[tab]!;
    if (!where.alive) return false;
    client.send(text).catch(() => {});
    return true;
  }

  says(text: string): void {
    const conversation = this.host.conversations.at(-1);
    conversation?.store({ role: 'ai', text, author: { id: 'bot', role: 'ai' } });
  }

  /** All lines break; what is under way is lost. */
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

  /** Something happens to the next event of a type, on a line that lives on. */
  befalls(happens: Mishap, event: ServerEvent['type']): void {
    this.#mishaps.push({ happens, event });
  }

  /** The page is loaded again; the old one is gone in the middle of whatever it did. */
  async reload(tab: number): Promise<void> {
    const { tab: where, client } = this.pages[tab]!;
    if (!where.alive) return;
    client.destroy();
    await this.#again(tab);
  }

  /** The page dies without a word and is opened again. */
  async crash(tab: number): Promise<void> {
    await this.#again(tab);
  }

  /** The tab stands still, as a hung or a frozen one does. */
  freeze(tab: number): void {
    this.pages[tab]!.tab.freeze();
  }

  thaw(tab: number): void {
    this.pages[tab]!.tab.thaw();
  }

  end(): void {
    for (const { client } of this.pages) client.destroy();
    sessionStorage.clear();
  }

  async #again(tab: number): Promise<void> {
    const { tab: where } = this.pages[tab]!;
    for (const line of [...this.#lines]) if (line.tab === where) line.cut();
    where.crash();
    this.pages[tab] = this.#visit();
    await this.pages[tab].client.start();
  }

  #visit(): Page {
    const tab = this.#browser.open();
    const wake = new FakeWake();
    const client = new ChatClient({
      backend: { name: 'weather', transport: this.#transport(tab), codec: nativeCodec },
      namespace: this.#namespace,
      scope: this,
      persistence: 'session',
      tabs: this.#shared && tab.means,
      clock: tab.clock,
      wake,
    });
    const inbound: string[] = [];
    client.on('message', ({ message, direction }) => {
      if (direction === 'in') inbound.push(message.id);
    });
    client.on('error', ({ code, error }) => {
      if (code !== 'connection') this.errors.push(`${code} ${error.stack}`);
    });
    return { tab, wake, client, inbound };
  }

  #transport(tab: FakeTab): Transport {
    return { name: 'weather', open: (_session, events, signal) => this.#open(tab, events, signal) };
  }

  async #open(tab: FakeTab, events: LinkEvents, signal: AbortSignal): Promise<Link> {
    await new Promise<void>((resolve) => tab.clock.setTimeout(resolve, LATENCY_MS));
    signal.throwIfAborted();
    if (!this.#up) throw new LinkError({ reason: 'lost', retry: 'backoff' });
    let alive = true;
    const whileAlive = (ms: number, work: () => void): void =>
      void this.clock.setTimeout(() => alive && work(), ms);
    const deliver = (event: ServerEvent, ms = LATENCY_MS): void =>
      whileAlive(ms, () => tab.run(() => alive && events.onFrame(copy(toFrame(event)))));
    const guestLine: GuestLine = this.host.accept({
      send: (event) => {
        const index = this.#mishaps.findIndex((mishap) => mishap.event === event.type);
        const [mishap] = index < 0 ? [] : this.#mishaps.splice(index, 1);
        if (mishap?.happens !== 'swallow') deliver(event, mishap?.happens === 'delay' ? 90 : undefined);
        if (mishap?.happens === 'double') deliver(event, 35);
      },
      close: (code) => whileAlive(LATENCY_MS, () => line.cut(code)),
    });
    const line = {
      tab,
      cut: (code?: number) => {
        if (!alive) return;
        hangUp();
        tab.run(() => events.onClose({ reason: 'lost', retry: 'backoff', code }));
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
        whileAlive(LATENCY_MS, () => {
          const command = readClientCommand(event, data);
          if (command) guestLine.receive(command);
        });
      },
      probe() {},
      close: () => alive && hangUp(),
    };
  }
}
