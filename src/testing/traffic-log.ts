import type { Clock } from '../platform/clock.js';
import { readFrame, type Frame } from '../protocol/frame.js';

/** What can happen on a connection. */
export type LogEvent =
  | { readonly what: 'opened' | 'refused' | 'hung' }
  | {
      readonly what: 'frame';
      readonly from: 'guest' | 'server';
      /** The frame; its event is empty when the text was no frame. */
      readonly frame: Frame;
      /** The text as it was sent. */
      readonly text: string;
      /** Swallowed or damaged by the network. */
      readonly lost?: true;
    }
  | {
      readonly what: 'closed';
      readonly by: 'guest' | 'server' | 'network';
      readonly code: number;
      readonly reason: string;
    };

/** One line of the log: `at` is wall time in milliseconds since 1970; connections are numbered from 1. */
export type LogEntry = LogEvent & { readonly at: number; readonly connection: number };

/** Everything that went over the network, as its sender sent it. */
export class TrafficLog {
  readonly #clock: Clock;
  readonly #onEntry: ((entry: LogEntry) => void) | undefined;
  readonly #entries: LogEntry[] = [];

  /** @param onEntry told of each line as it is written */
  constructor(clock: Clock, onEntry?: (entry: LogEntry) => void) {
    this.#clock = clock;
    this.#onEntry = onEntry;
  }

  /** All lines so far. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Adds a line. */
  note(connection: number, event: LogEvent): void {
    const entry = { at: this.#clock.date(), connection, ...event };
    this.#entries.push(entry);
    this.#onEntry?.(entry);
  }

  /** Adds a frame. */
  frame(connection: number, from: 'guest' | 'server', text: string, lost: boolean): void {
    this.note(connection, { what: 'frame', from, frame: frameOf(text), text, ...(lost && { lost }) });
  }
}

function frameOf(text: string): Frame {
  try {
    return readFrame(text);
  } catch {
    return { event: '', data: text };
  }
}
