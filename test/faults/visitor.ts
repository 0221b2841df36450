import type { Browser, BrowserContext, Page } from '@playwright/test';
import { fastTime } from '../e2e/support/fast-time.js';
import type { RigWindow } from './pages/rig.js';
import { SPEED, type Side } from './side.js';

/** Something a page told. */
export interface Told {
  readonly kind: 'in' | 'line' | 'sent' | 'failed' | 'error' | 'attempt';
  readonly text: string;
  /** Which tab, and which page in it: another one after each reload. */
  readonly tab: string;
  readonly life: string;
  /** When, on the real wall clock, in milliseconds. */
  readonly at: number;
}

/** A guest with a browser of their own: one tab or several, which may end and be opened again. */
export class Visitor {
  readonly told: Told[] = [];
  readonly pageErrors: string[] = [];
  /** What was written, by tab, in order. */
  readonly written: { tab: string; text: string }[] = [];
  readonly #tabs = new Map<string, Page>();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly browser: Browser,
    readonly context: BrowserContext,
    readonly side: Side,
  ) {}

  /** Comes to a side's page, and waits until the line is there. */
  static async arrive(browser: Browser, side: Side, since: number): Promise<Visitor> {
    const context = await browser.newContext();
    const visitor = new Visitor(browser, context, side);
    context.on('weberror', (error) => visitor.pageErrors.push(String(error.error())));
    // The compiler that runs the rig calls this wherever a function has a name; pages have to know it, too.
    await context.addInitScript('globalThis.__name = (fn) => fn');
    await fastTime(context, { factor: SPEED, since });
    await context.exposeBinding(
      'tellOutside',
      ({ page }, kind: Told['kind'], text: string, life: string, at: number) => {
        visitor.told.push({ kind, text, life, at, tab: visitor.#nameOf(page) });
      },
    );
    await context.addInitScript(recordAttempts);
    await visitor.open('a');
    await visitor.online('a');
    return visitor;
  }

  /** The page in a tab. */
  page(tab = 'a'): Page {
    return this.#tabs.get(tab)!;
  }

  /** Names of the tabs that are open. */
  get tabs(): string[] {
    return [...this.#tabs.keys()];
  }

  /** Opens the address in a new tab under a name; the name may have been another tab's that is gone. */
  async open(tab: string): Promise<void> {
    const page = await this.context.newPage();
    this.#tabs.set(tab, page);
    await page.goto(this.side.address);
    await this.ready(page);
  }

  /** Waits until a tab has a line. */
  async online(tab = 'a', timeout = 15_000): Promise<void> {
    await this.page(tab).waitForFunction(() => (globalThis as unknown as RigWindow).rig.online(), null, {
      timeout,
      polling: 20,
    });
  }

  /** Loads the page in a tab anew. */
  async reload(tab = 'a'): Promise<void> {
    await this.page(tab).reload();
    await this.ready(this.page(tab));
  }

  /** Keeps others from writing while a page ends or begins. */
  alone<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** The guest writes. @param then what the page does in the same moment */
  write(tab: string, texts: readonly string[], then?: 'reload'): Promise<void> {
    return this.alone(() => this.writeNow(tab, texts, then));
  }

  /** The same for one who is alone already. */
  async writeNow(tab: string, texts: readonly string[], then?: 'reload'): Promise<void> {
    const page = this.page(tab);
    const loaded = then ? page.waitForEvent('load') : undefined;
    await page.evaluate(
      ([all, last]) => {
        for (const text of all) (globalThis as unknown as RigWindow).rig.write(text);
        if (last) location.reload();
      },
      [texts, then] as const,
    );
    this.written.push(...texts.map((text) => ({ tab, text })));
    await loaded;
    if (then) await this.ready(page);
  }

  /** What a tab shows of what the server said. */
  shown(tab: string): Promise<string[]> {
    return this.page(tab).evaluate(() => (globalThis as unknown as RigWindow).rig.shown());
  }

  /** Since a moment on the real wall clock: when something was told for the first time. */
  first(kind: Told['kind'], text: string, since: number): number | undefined {
    return this.told.find((one) => one.kind === kind && one.text === text && one.at >= since)?.at;
  }

  /** Takes up what pages told and nobody outside heard, as while a page came back from the cache. */
  async collect(): Promise<void> {
    for (const [tab, page] of this.#tabs) {
      const log = await page.evaluate(
        () => (globalThis as unknown as { rigLog: Omit<Told, 'tab'>[] }).rigLog,
      );
      const known = new Set(this.told.map(({ life, kind, text, at }) => `${life} ${kind} ${text} ${at}`));
      const missed = log.filter(({ life, kind, text, at }) => !known.has(`${life} ${kind} ${text} ${at}`));
      this.told.push(...missed.map((one) => ({ ...one, tab })));
    }
    this.told.sort((a, b) => a.at - b.at);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  /** Waits until the page in a tab can be written in. */
  async ready(page = this.page()): Promise<void> {
    await page.waitForFunction(() => (globalThis as unknown as Partial<RigWindow>).rig !== undefined, null, {
      polling: 20,
    });
  }

  #nameOf(page: Page): string {
    return [...this.#tabs].find(([, known]) => known === page)?.[0] ?? 'a';
  }
}

/** Tells of every attempt to reach a server, and lets the page tell the rest. */
function recordAttempts(): void {
  const global = globalThis as unknown as {
    tellOutside(kind: string, text: string, life: string, at: number): void;
    realNow(): number;
    tellRig(kind: string, text: string): void;
    rigLog: { kind: string; text: string; life: string; at: number }[];
    WebSocket: typeof WebSocket;
  };
  const life = Math.random().toString(36).slice(2);
  global.rigLog = [];
  global.tellRig = (kind, text) => {
    const at = global.realNow();
    global.rigLog.push({ kind, text, life, at });
    global.tellOutside(kind, text, life, at);
  };
  const { WebSocket: Real } = global;
  global.WebSocket = class extends Real {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      global.tellRig('attempt', String(url));
    }
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...args) {
    global.tellRig('attempt', 'request');
    send.apply(this, args);
  };
}
