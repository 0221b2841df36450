/** HTTP without a network; longer than other files because each fault has to be seen beside what it spoils. */
import { systemClock, type Clock } from '../../platform/clock.js';
import { ManualClock } from '../manual-clock.js';
import { Pipe } from '../pipe.js';

/** A server over HTTP as a function: one request in, one answer out. */
export type HttpEngine = (request: Request) => Response | Promise<Response>;

/** One request and what came of it. */
export interface HttpExchange {
  /** Wall time at which it was made, in milliseconds since 1970. */
  readonly at: number;
  /** Method, in capitals. */
  readonly method: string;
  /** Absolute address. */
  readonly url: string;
  /** Headers of the request; names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body of the request; empty where it had none. */
  readonly body: string;
  /** Status of the answer, if the server gave one. */
  status?: number;
  /** Body of the answer as it came, piece by piece, each with its wall time in milliseconds since 1970. */
  readonly answer: { readonly at: number; readonly text: string }[];
  /** `open` while it is under way, and until the body of the answer has ended; `lost` when the network failed. */
  outcome: 'open' | 'answered' | 'refused' | 'lost' | 'aborted';
}

/** How a `FakeFetch` is set up. */
export interface FakeFetchOptions {
  /** Time of the network. Hand the same `ManualClock` to the client. Default: real time. */
  clock?: Clock;
}

/**
 * Bodies of the browser's own take a few turns of the event loop to be read, and a `ManualClock` waits for them; one that a
 * test holds open is not waited for longer than this, in milliseconds of real time.
 */
const OWN_DELAY_MS = 50;

/** What ends an exchange from outside, before it has ended by itself. */
type Cut = (outcome: 'lost' | 'aborted', reason: unknown) => void;

/**
 * A network between an engine and whoever takes a `fetch`: no socket, but real requests and answers, streamed bodies
 * included. Faults hold until `recover()`, unless they say otherwise, and can be chained.
 *
 * ```ts
 * const network = new FakeFetch((request) => Response.json({ path: new URL(request.url).pathname }));
 * const backend = httpBackend({ url: 'https://shop.test/chat', fetch: network.fetch });
 * network.refuse(2);
 * ```
 */
export class FakeFetch {
  readonly #engine: HttpEngine;
  readonly #clock: Clock;
  readonly #log: HttpExchange[] = [];
  readonly #cuts = new Set<Cut>();
  readonly #reading = new Set<Promise<unknown>>();
  #held: (() => void)[] = [];
  #delayMs = 0;
  #refusals = 0;
  #losses = 0;
  #blackhole = false;

  /** @param engine the server */
  constructor(engine: HttpEngine, { clock = systemClock }: FakeFetchOptions = {}) {
    this.#engine = engine;
    this.#clock = clock;
    if (clock instanceof ManualClock) clock.waitsFor(() => this.#busy());
  }

  /** Hand it over wherever a `fetch` is taken; the global one is left alone. */
  readonly fetch: typeof fetch = (input, init) => this.#fetch(new Request(input, init), init?.body);

  /** All requests, in order. */
  get log(): readonly HttpExchange[] {
    return this.#log;
  }

  /** How many requests are under way, or have an answer that has not ended. */
  get underWay(): number {
    return this.#cuts.size;
  }

  /** Everything takes `ms` milliseconds longer each way, each piece of a body included; the order stays. */
  delay(ms: number): this {
    this.#delayMs = ms;
    return this;
  }

  /** The next `count` requests fail before they reach the server. Default all of them, until `recover()`. */
  refuse(count = Infinity): this {
    this.#refusals = count;
    return this;
  }

  /** The next `count` requests reach the server, and their answers are lost. Default 1. */
  lose(count = 1): this {
    this.#losses = count;
    return this;
  }

  /** Cuts everything that is under way, in the middle of whatever it carries. */
  drop(): this {
    for (const cut of [...this.#cuts]) cut('lost', new TypeError('network error'));
    return this;
  }

  /** Requests are neither answered nor refused. Those that still wait are answered after `recover()`. */
  blackhole(): this {
    this.#blackhole = true;
    return this;
  }

  /** Ends all faults. */
  recover(): this {
    this.#delayMs = this.#refusals = this.#losses = 0;
    this.#blackhole = false;
    for (const go of this.#held.splice(0)) go();
    return this;
  }

  async #fetch(request: Request, sent: unknown): Promise<Response> {
    const { method, url, headers, signal } = request;
    signal.throwIfAborted();
    const exchange: HttpExchange = {
      at: this.#clock.date(),
      method,
      url,
      headers: Object.fromEntries(headers),
      body: typeof sent === 'string' ? sent : await this.#read(request.clone().text()),
      answer: [],
      outcome: 'open',
    };
    signal.throwIfAborted();
    this.#log.push(exchange);
    return new Promise((resolve, reject) => {
      let fail = reject;
      const up = new Pipe(this.#clock, () => this.#delayMs);
      const down = new Pipe(this.#clock, () => this.#delayMs);
      const over = (outcome: HttpExchange['outcome']): void => {
        exchange.outcome = outcome;
        this.#cuts.delete(cut);
        signal.removeEventListener('abort', onAbort);
      };
      const cut: Cut = (outcome, reason) => {
        if (exchange.outcome !== 'open') return;
        over(outcome);
        up.cut();
        down.cut();
        fail(reason);
      };
      const onAbort = (): void => cut('aborted', signal.reason);
      this.#cuts.add(cut);
      signal.addEventListener('abort', onAbort);
      const deliver = (answer: Response): void =>
        down.push(() => {
          exchange.status = answer.status;
          const decoder = new TextDecoder();
          const note = (piece: Uint8Array): void => {
            exchange.answer.push({ at: this.#clock.date(), text: decoder.decode(piece, { stream: true }) });
          };
          const { body, onError } = carried(answer, down, { over, note, read: (each) => this.#read(each) });
          fail = onError;
          resolve(new Response(body, answer));
        });
      const go = (): void => {
        if (this.#refusals > 0) {
          this.#refusals--;
          return up.push(() => cutAs(exchange, cut, 'refused'));
        }
        const lost = this.#losses > 0 && this.#losses-- > 0;
        up.push(() => {
          const answering = this.#read(Promise.resolve(request).then((each) => this.#engine(each)));
          answering.then(
            (answer) => (lost ? cut('lost', new TypeError('network error')) : deliver(answer)),
            (error: unknown) => cut('lost', error),
          );
        });
      };
      if (this.#blackhole) this.#held.push(() => exchange.outcome === 'open' && go());
      else go();
    });
  }

  /** Makes a `ManualClock` wait for something that takes real time. */
  #read<T>(reading: Promise<T>): Promise<T> {
    const patience = new Promise((resolve) => setTimeout(resolve, OWN_DELAY_MS));
    const waiting = Promise.race([reading.catch(() => {}), patience]);
    this.#reading.add(waiting);
    void waiting.then(() => this.#reading.delete(waiting));
    return reading;
  }

  #busy(): Promise<void> | undefined {
    return this.#reading.size === 0 ? undefined : Promise.all(this.#reading).then(() => {});
  }
}

function cutAs(exchange: HttpExchange, cut: Cut, outcome: 'refused'): void {
  cut('lost', new TypeError('network error'));
  exchange.outcome = outcome;
}

/** What is told while a body is carried. */
interface Carrying {
  over(outcome: 'answered' | 'lost' | 'aborted'): void;
  note(piece: Uint8Array): void;
  read<T>(reading: Promise<T>): Promise<T>;
}

/** The body of an answer, each piece of it as late as the network is. */
function carried(
  answer: Response,
  pipe: Pipe,
  { over: onEnd, note, read }: Carrying,
): { body: ReadableStream<Uint8Array> | null; onError: (reason: unknown) => void } {
  if (!answer.body) {
    onEnd('answered');
    return { body: null, onError: () => {} };
  }
  const reader = answer.body.getReader();
  let onError: (reason: unknown) => void = () => {};
  let over = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      onError = (reason) => {
        over = true;
        controller.error(reason);
        void reader.cancel(reason).catch(() => {});
      };
      const pull = (): void =>
        void read(reader.read()).then(
          ({ done, value }) =>
            pipe.push(() => {
              if (over) return;
              if (!done) {
                note(value);
                controller.enqueue(value);
                return pull();
              }
              over = true;
              onEnd('answered');
              controller.close();
            }),
          (reason: unknown) =>
            pipe.push(() => {
              if (over) return;
              onEnd('lost');
              onError(reason);
            }),
        );
      pull();
    },
    cancel(reason) {
      over = true;
      onEnd('aborted');
      pipe.cut();
      return reader.cancel(reason);
    },
  });
  return { body, onError };
}
