import type { CDPSession, Page } from '@playwright/test';

/** What a page holds at a moment, of all that has to be given back. */
export interface Holdings {
  /** Timers that are waiting, intervals included. */
  timers: number;
  /** How long each of them waits in all, in milliseconds. */
  delays: number[];
  /** Frames that are asked for. */
  frames: number;
  /** WebSockets that are not closed. */
  sockets: number;
  /** BroadcastChannels that are not closed. */
  channels: number;
  /** Web Locks that are held, or waited for. */
  locks: number;
  /** Connections to IndexedDB that are not closed. */
  databases: number;
  /** Observers of any kind that something would call, were it to change. */
  observers: number;
}

/** What a page has done since it was opened. */
export interface Deeds {
  /** Timers that were started. */
  timers: number;
  /** Frames that were asked for. */
  frames: number;
  /** `Intl` objects that were made, by the name of their class. */
  intl: string[];
}

interface Books {
  holdings(): Promise<Holdings>;
  deeds: Deeds;
}

/** Keeps books of what a page holds and does from now on. Call it before `page.goto()`. */
export async function keepBooks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const deeds: Deeds = { timers: 0, frames: 0, intl: [] };
    const timers = new Map<unknown, number>();
    const frames = new Set<unknown>();
    const open = { sockets: 0, channels: 0, databases: 0 };
    const live = new Map<object, WeakRef<object>>();
    const scope = globalThis as unknown as Record<string, (...given: never[]) => unknown>;

    for (const [start, stop, once] of [
      ['setTimeout', 'clearTimeout', true],
      ['setInterval', 'clearInterval', false],
    ] as const) {
      const [begin, end] = [scope[start]!, scope[stop]!] as unknown as [
        typeof setTimeout,
        typeof clearTimeout,
      ];
      Object.assign(scope, {
        [start]: (act: TimerHandler, ms?: number, ...rest: unknown[]) => {
          deeds.timers += 1;
          const id = begin(
            (...given: unknown[]) => {
              if (once) timers.delete(id);
              (act as (...given: unknown[]) => void)(...given);
            },
            ms,
            ...rest,
          );
          timers.set(id, ms ?? 0);
          return id;
        },
        [stop]: (id: ReturnType<typeof setTimeout>) => {
          timers.delete(id);
          end(id);
        },
      });
    }
    const [ask, cancel] = [requestAnimationFrame, cancelAnimationFrame];
    Object.assign(scope, {
      requestAnimationFrame: (act: FrameRequestCallback) => {
        deeds.frames += 1;
        const id = ask((time) => {
          frames.delete(id);
          act(time);
        });
        frames.add(id);
        return id;
      },
      cancelAnimationFrame: (id: number) => {
        frames.delete(id);
        cancel(id);
      },
    });
    Object.assign(scope, {
      WebSocket: class extends WebSocket {
        constructor(...given: ConstructorParameters<typeof WebSocket>) {
          super(...given);
          open.sockets += 1;
          this.addEventListener('close', () => (open.sockets -= 1), { once: true });
        }
      },
      BroadcastChannel: class extends BroadcastChannel {
        #closed = false;
        constructor(name: string) {
          super(name);
          open.channels += 1;
        }
        override close(): void {
          if (!this.#closed) open.channels -= 1;
          this.#closed = true;
          super.close();
        }
      },
    });
    const connect = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (this: IDBFactory, ...given) {
      const request = connect.apply(this, given);
      request.addEventListener('success', () => {
        open.databases += 1;
        const database = request.result;
        const close = database.close.bind(database);
        let closed = false;
        const closing = (): void => {
          if (!closed) open.databases -= 1;
          closed = true;
        };
        database.addEventListener('close', closing);
        database.close = () => {
          closing();
          close();
        };
      });
      return request;
    };
    for (const name of [
      'ResizeObserver',
      'IntersectionObserver',
      'MutationObserver',
      'PerformanceObserver',
    ]) {
      const { prototype } = scope[name] as unknown as {
        prototype: Record<string, (...given: unknown[]) => void>;
      };
      const [observe, disconnect] = [prototype['observe']!, prototype['disconnect']!];
      prototype['observe'] = function (this: object, ...given: unknown[]) {
        // Known by a name of its own, so that the book does not keep what it counts.
        const key = ((this as { inBooks?: object }).inBooks ??= {});
        live.set(key, new WeakRef(this));
        observe.apply(this, given);
      };
      prototype['disconnect'] = function (this: object) {
        live.delete((this as { inBooks?: object }).inBooks!);
        disconnect.apply(this);
      };
    }
    for (const [name, Kind] of Object.entries(Object.getOwnPropertyDescriptors(Intl))) {
      const { value } = Kind as { value: unknown };
      if (typeof value !== 'function' || !(value as { prototype?: object }).prototype) continue;
      const told = new Proxy(value, {
        construct(target, given, asked) {
          deeds.intl.push(name);
          return Reflect.construct(target, given, asked) as object;
        },
        apply(target, self, given) {
          deeds.intl.push(name);
          return Reflect.apply(target, self, given) as unknown;
        },
      });
      Object.defineProperty(Intl, name, { ...Kind, value: told });
    }
    const books: Books = {
      deeds,
      async holdings() {
        const { held = [], pending = [] } = await navigator.locks.query();
        const observers = [...live.values()].filter((observer) => observer.deref()).length;
        return {
          ...{ timers: timers.size, frames: frames.size, observers },
          delays: [...timers.values()],
          ...open,
          locks: held.length + pending.length,
        };
      },
    };
    Object.assign(globalThis, { books });
  });
}

/** What the page holds now. */
export const holdingsOf = (page: Page): Promise<Holdings> =>
  page.evaluate(() => (globalThis as unknown as { books: Books }).books.holdings());

/** What the page has done so far. */
export const deedsOf = (page: Page): Promise<Deeds> =>
  page.evaluate(() => (globalThis as unknown as { books: Books }).books.deeds);

/** What the browser counts of a page, after everything that nobody can reach has been thrown away. */
export interface Weight {
  /** Nodes of all documents. */
  readonly nodes: number;
  /** Event listeners of scripts. */
  readonly listeners: number;
  /** Bytes of the heap of scripts. */
  readonly heap: number;
}

/** Has the browser throw away what nobody can reach, and counts the rest. */
export async function weigh(session: CDPSession): Promise<Weight> {
  await session.send('Performance.enable');
  // What the first round frees may have held more.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)!.value;
  return { nodes: value('Nodes'), listeners: value('JSEventListeners'), heap: value('JSHeapUsedSize') };
}
