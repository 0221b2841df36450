import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from '@playwright/test';

/** What the main thread of a page has done so far, and what it holds. Times are CPU times, in milliseconds. */
export interface Metrics {
  readonly task: number;
  readonly script: number;
  readonly layout: number;
  readonly style: number;
  readonly layouts: number;
  readonly styles: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly heapBytes: number;
}

/** Names of Chromium's metrics; those that are times come in seconds. */
const NAMES: Readonly<Record<keyof Metrics, string>> = {
  task: 'TaskDuration',
  script: 'ScriptDuration',
  layout: 'LayoutDuration',
  style: 'RecalcStyleDuration',
  layouts: 'LayoutCount',
  styles: 'RecalcStyleCount',
  nodes: 'Nodes',
  listeners: 'JSEventListeners',
  heapBytes: 'JSHeapUsedSize',
};

/** A page with one contestant in a process of its own. */
export class Session {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Size of everything that was fetched and is not the bench's own, gzip -9, in bytes, by its path. */
  readonly bytes = new Map<string, number>();
  readonly errors: string[] = [];
  readonly #fetched: Promise<void>[] = [];

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.cdp = cdp;
    page.on('pageerror', (error) => void this.errors.push(String(error)));
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (/^\/page\/|\.html$/.test(pathname) || !response.url().startsWith('http')) return;
      this.#fetched.push(
        response.body().then((body) => void this.bytes.set(pathname, gzipSync(body, { level: 9 }).length)),
      );
    });
  }

  /** Opens a page for a contestant, in a context and so in a process of its own. */
  static async open(browser: Browser, url: string, name: string): Promise<Session> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const session = new Session(page, cdp);
    // CPU time of the thread and not time on the wall: other work on the machine is not counted.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${url}/${name}.html`);
    await page.waitForFunction('globalThis.bench !== undefined');
    return session;
  }

  /** Calls a command of the harness in the page. */
  run<T = void>(command: string, ...parameters: unknown[]): Promise<T> {
    return this.page.evaluate(
      ([name, given]) =>
        (globalThis as unknown as { bench: Record<string, (...all: unknown[]) => unknown> }).bench[name]!(
          ...given,
        ),
      [command, parameters] as const,
    ) as Promise<T>;
  }

  /** Shows a conversation of so many messages, after all code that it takes has run once. */
  async show(count: number): Promise<void> {
    await this.run('load');
    await this.run('warm');
    await this.run('prepare', count);
    await this.run('show');
    await this.run('settle');
  }

  async metrics(): Promise<Metrics> {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    const found = new Map(metrics.map(({ name, value }) => [name, value]));
    return Object.fromEntries(
      Object.entries(NAMES).map(([key, name]) => [
        key,
        found.get(name)! * (name.endsWith('Duration') ? 1000 : 1),
      ]),
    ) as unknown as Metrics;
  }

  /** What changed between two looks, around some work. */
  async spent(work: () => Promise<unknown>): Promise<Metrics> {
    const before = await this.metrics();
    await work();
    await this.run('settle');
    return difference(await this.metrics(), before);
  }

  async collectGarbage(): Promise<void> {
    for (let i = 0; i < 3; i++) await this.cdp.send('HeapProfiler.collectGarbage');
  }

  /** Sum of what was fetched so far, in bytes. */
  async fetched(): Promise<number> {
    await Promise.all(this.#fetched);
    return [...this.bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** The same page once more, as a visitor who has never been here. */
  again(browser: Browser): Promise<Session> {
    const { origin, pathname } = new URL(this.page.url());
    return Session.open(browser, origin, pathname.slice(1, -'.html'.length));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

/** What came to be between two looks. */
export function difference(later: Metrics, earlier: Metrics): Metrics {
  return Object.fromEntries(
    Object.entries(later).map(([key, value]) => [key, value - earlier[key as keyof Metrics]]),
  ) as unknown as Metrics;
}
