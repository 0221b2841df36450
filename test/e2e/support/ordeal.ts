import { expect, type Page } from '@playwright/test';
import type { ChatWidget } from '../../../src/index.js';
import { Chat } from './chat.js';
import { Diary } from './diary.js';
import { fastTime } from './fast-time.js';
import { FaultProxy } from './fault-proxy.js';
import { test as base } from './fixtures.js';
import { LiveServer } from './live-server.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

/** A guest and a server who talk while something goes wrong between them, and what each of them knows in the end. */
export class Ordeal {
  /** What the guest wrote and the server said, in order. */
  readonly written: string[] = [];
  readonly said: string[] = [];
  #page: Page;
  /** What was told before the server forgot. */
  #past = 0;

  constructor(
    page: Page,
    readonly server: LiveServer,
    readonly proxy: FaultProxy,
    readonly diary: Diary,
    /** Address of the page with the chat. */
    readonly address: string,
    /** How much faster time runs in the page. */
    readonly speed: number,
  ) {
    this.#page = page;
  }

  get page(): Page {
    return this.#page;
  }

  get chat(): Chat {
    return new Chat(this.#page);
  }

  /** Goes to the page, opens the chat, and lets both sides say something. */
  async begin(): Promise<void> {
    await this.#page.goto(this.address);
    await this.chat.open();
    await this.write('begun');
    await expect.poll(() => this.server.heard).toEqual(['begun']);
    this.say('welcome');
    await expect.poll(() => this.diary.told).toEqual(['welcome']);
  }

  /** The guest writes, without waiting for anything. */
  async write(...texts: string[]): Promise<void> {
    this.written.push(...texts);
    await this.chat.host.evaluate((widget, all) => {
      // What becomes of each is told by its state; a promise nobody hears of is no matter of the page.
      for (const text of all) (widget as ChatWidget).send(text).catch(() => {});
    }, texts);
  }

  /** The server says something. */
  say(...texts: string[]): void {
    for (const text of texts) {
      this.said.push(text);
      this.server.say(text);
    }
  }

  /** The same guest comes back in a new tab. */
  async another(): Promise<void> {
    this.#page = await this.#page.context().newPage();
    await this.#page.goto(this.address);
    await this.chat.open();
  }

  /** The server lost what it knew: from here on only what is left counts. @param left what the guest wrote and it never had */
  forget(...left: string[]): void {
    this.written.splice(0, Infinity, ...left);
    this.said.splice(0);
    this.#past = this.diary.told.length;
  }

  /** Waits for a status of the line. */
  async status(status: string): Promise<void> {
    await expect(this.chat.host).toHaveAttribute('data-status', status, { timeout: 20_000 });
  }

  /** What the element shows, as texts in order. */
  shown(): Promise<string[]> {
    return this.chat.read(({ messages }) => messages.map(({ text }) => text));
  }

  /**
   * Nothing lost, nothing twice, nothing out of order, nobody told of a failure that was none: on the server, in the
   * element, in the thread and in the events.
   * @param lives false after a reload, when events of before were told to another page
   */
  async expectWhole({ oneLife = true, timeout = 20_000 } = {}): Promise<void> {
    const { server, diary, written, said } = this;
    await expect.poll(() => server.heard, { timeout }).toEqual(written);
    const stored = server.stored.map(({ text }) => text);
    expect(stored.filter((text) => said.includes(text))).toEqual(said);
    await expect.poll(() => this.shown(), { timeout }).toEqual(stored);
    await expect.poll(async () => (await this.chat.entries()).map(({ text }) => text)).toEqual(stored);
    await expect
      .poll(async () => (await this.chat.entries()).filter(({ role }) => role === 'guest'))
      .toEqual(
        written.map(() => expect.objectContaining({ state: expect.stringMatching(/sent|delivered|read/) })),
      );
    if (oneLife) {
      await expect.poll(() => diary.told.slice(this.#past)).toEqual(said);
    } else {
      const told = diary.told.slice(this.#past);
      expect(told).toEqual(said.filter((text) => told.includes(text)));
    }
    expect(diary.failed).toEqual([]);
    expect(diary.pageErrors).toEqual([]);
  }
}

/** @property speed how much faster time runs in the page */
export const test = base.extend<{ speed: number; ordeal: Ordeal }>({
  speed: [5, { option: true }],
  ordeal: async ({ page, context, site, speed }, use, info) => {
    const server = await LiveServer.start(info.outputPath('chat.jsonl'));
    const proxy = await FaultProxy.before(server.url);
    await fastTime(context, { factor: speed });
    const diary = await Diary.begin(context);
    const address = site.page(
      `<chat-widget url="${proxy.url}" heading="Fernway support"></chat-widget>${SCRIPT}`,
    );
    await use(new Ordeal(page, server, proxy, diary, address, speed));
    await proxy.close();
    await server.kill();
  },
});

export { expect };
