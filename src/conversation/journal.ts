import type { ServerEvent } from '../protocol/server-event.js';
import type { LinkAttempt, LinkReport } from '../transports/transport.js';

/** So many of the last attempts are kept, and so many names that mean nothing, and faults. */
const MAX_ATTEMPTS = 50;
const MAX_NAMES = 20;
const MAX_FAULTS = 10;

/** An attempt, and when it ended. */
export interface NotedAttempt extends LinkAttempt {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
}

/** What has happened on the lines of this page, for `diagnose()`; nothing of what was said. */
export class Journal {
  /** The last attempts, the oldest first. */
  readonly attempts: NotedAttempt[] = [];
  /** Names of frames that meant nothing, and how often they came. */
  readonly ignored = new Map<string, number>();
  /** The last things that went wrong beside the attempts, in words: a frame that could not be read, a backend not made. */
  readonly faults: string[] = [];
  /** How far the server's clock is ahead of ours, in milliseconds; undefined while nothing has told. */
  skewMs: number | undefined;

  /** A wire has told something. @param at now, in milliseconds since 1970 */
  report(report: LinkReport, at: number): void {
    if (report.kind === 'attempt') {
      const { kind: _kind, ...attempt } = report;
      this.attempts.push({ at, ...attempt });
      if (this.attempts.length > MAX_ATTEMPTS) this.attempts.shift();
    } else if (report.kind === 'ignored') {
      const { event } = report;
      const count = this.ignored.get(event) ?? 0;
      if (count || this.ignored.size < MAX_NAMES) this.ignored.set(event, count + 1);
    }
  }

  /** Something went wrong. */
  fault(error: unknown): void {
    this.faults.push(error instanceof Error ? error.message : String(error));
    if (this.faults.length > MAX_FAULTS) this.faults.shift();
  }

  /** Events have come: a confirmation has just been written on the server's clock, an error is worth keeping. */
  hear(events: readonly ServerEvent[], now: number): void {
    for (const event of events) {
      if (event.type === 'ack') this.skewMs = Date.parse(event.sentAt) - now;
      else if (event.type === 'error') this.fault(`${event.code}: ${event.message}`);
    }
  }
}
