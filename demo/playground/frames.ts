import type { HttpExchange, LogEntry } from '../../src/testing/index.js';
import type { Overheard } from './tapped-socket.js';

/** Something that went over the wire, or happened to it. */
export interface FrameRecord {
  readonly id: number;
  /** Wall time in milliseconds since 1970. */
  readonly at: number;
  /** Who sent it; `line` for what happened to the line itself. */
  readonly from: 'guest' | 'server' | 'line';
  /** Its name, as far as it has one. */
  readonly title: string;
  /** All of it, as it was sent. */
  readonly text: string;
  /** Swallowed or damaged on its way. */
  readonly lost: boolean;
}

/** How many are kept; older ones are forgotten. */
export const MAX_FRAMES = 300;

/** A name in a packet of Socket.IO: `42["send",{…}]`, also with a namespace or the number of an ack. */
const SOCKET_IO_EVENT = /^\d+(?:\/[^,]*,)?\d*\["([^"]+)"/;

/** An id in a path, of which the beginning does for a title. */
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Collects what goes over the wires, the newest first. */
export class Frames {
  #records: readonly FrameRecord[] = [];
  #lastId = 0;
  #read = 0;
  readonly #exchanges = new Map<HttpExchange, { pieces: number; outcome: string }>();

  /** All that is kept, the newest first. */
  get records(): readonly FrameRecord[] {
    return this.#records;
  }

  /** Forgets everything that is shown; what has been read is not read again. */
  clear(): void {
    this.#records = [];
  }

  /** Another server: its logs begin anew. */
  restart(): void {
    this.#read = 0;
    this.#exchanges.clear();
  }

  /** Adds what is new in the logs of a server. @returns whether something was */
  read(log: readonly LogEntry[], exchanges: readonly HttpExchange[]): boolean {
    const found = exchanges.flatMap((exchange) => this.#readExchange(exchange));
    for (; this.#read < log.length; this.#read++) found.push(ofEntry(log[this.#read]!));
    // Two logs, one order.
    this.#add(found.toSorted((a, b) => a.at - b.at));
    return found.length > 0;
  }

  /** Adds what was heard on a socket. */
  hear(overheard: Overheard): void {
    const at = Date.now();
    if (overheard.what === 'frame')
      this.#add([{ at, lost: false, ...named(overheard.from, overheard.text) }]);
    else if (overheard.what === 'opened') this.#add([ofLine(at, 'opened')]);
    else this.#add([ofLine(at, closing(overheard.code, overheard.reason))]);
  }

  #add(found: readonly Found[]): void {
    if (found.length === 0) return;
    const records = found.map((each) => ({ ...each, id: ++this.#lastId }));
    this.#records = [...records.toReversed(), ...this.#records].slice(0, MAX_FRAMES);
  }

  #readExchange(exchange: HttpExchange): Found[] {
    const { at, method, url, body, answer, status, outcome } = exchange;
    const { pathname, search } = new URL(url);
    const what = `${method} ${pathname.replaceAll(UUID, (id) => `${id.slice(0, 8)}…`)}`;
    const found: Found[] = [];
    let seen = this.#exchanges.get(exchange);
    if (!seen) {
      this.#exchanges.set(exchange, (seen = { pieces: 0, outcome: 'open' }));
      found.push({
        at,
        from: 'guest',
        title: what,
        text: body || `${method} ${pathname}${search}`,
        lost: false,
      });
    }
    for (; seen.pieces < answer.length; seen.pieces++) {
      const piece = answer[seen.pieces]!;
      found.push({ at: piece.at, from: 'server', title: `${status} ${what}`, text: piece.text, lost: false });
    }
    if (seen.outcome !== outcome) {
      seen.outcome = outcome;
      if (outcome !== 'answered') found.push(ofLine(Date.now(), `${outcome}: ${what}`));
      else if (answer.length === 0) {
        found.push({ at: Date.now(), from: 'server', title: `${status} ${what}`, text: '', lost: false });
      }
    }
    return found;
  }
}

type Found = Omit<FrameRecord, 'id'>;

const ofLine = (at: number, title: string): Found => ({ at, from: 'line', title, text: title, lost: false });

const closing = (code: number, reason: string): string => `closed ${code}${reason && ` (${reason})`}`;

function ofEntry(entry: LogEntry): Found {
  const { at, connection } = entry;
  if (entry.what === 'closed') {
    return ofLine(at, `line ${connection} ${closing(entry.code, entry.reason)} by the ${entry.by}`);
  }
  if (entry.what !== 'frame') return ofLine(at, `line ${connection} ${entry.what}`);
  return { at, lost: entry.lost === true, ...named(entry.from, entry.text) };
}

function named(from: 'guest' | 'server', text: string): Pick<Found, 'from' | 'title' | 'text'> {
  return { from, title: nameIn(text), text };
}

/** What a text calls itself. */
function nameIn(text: string): string {
  const packet = SOCKET_IO_EVENT.exec(text)?.[1];
  if (packet) return packet;
  try {
    const { type, event } = JSON.parse(text) as { type?: unknown; event?: unknown };
    return String(type ?? event ?? 'frame');
  } catch {
    return 'packet';
  }
}

/** A text with its JSON spread out; as it is where there is none. */
export function spread(text: string): string {
  const start = text.search(/[[{]/);
  if (start < 0) return text;
  try {
    const data = JSON.parse(text.slice(start)) as unknown;
    return `${text.slice(0, start)}${JSON.stringify(data, inner, 2)}`;
  } catch {
    return text;
  }
}

/** The Pusher protocol carries JSON as a text within JSON. */
function inner(key: string, value: unknown): unknown {
  if (key !== 'data' || typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
