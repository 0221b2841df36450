import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConnectionState } from '../../connection/status.js';
import { QUIET_MS, tellLine, type Line } from '../line.js';

/** Watches how long the line has been gone and counts down to the next attempt. */
export class LineController implements ReactiveController {
  /** What to tell the guest now. */
  line: Line = { kind: 'calm' };
  readonly #host: ReactiveControllerHost;
  #lostAt: number | undefined;
  #told = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Takes in the state of the connection; called by the host before it renders. */
  update(connection: ConnectionState, restored: number | undefined): Line {
    const { status } = connection;
    const now = Date.now();
    if (status === 'reconnecting') this.#lostAt ??= now;
    // After being offline the line is still gone, and the guest knows it.
    else if (status === 'offline') this.#lostAt = now - QUIET_MS;
    else if (status !== 'connecting') this.#lostAt = undefined;
    const lostFor = this.#lostAt === undefined ? undefined : now - this.#lostAt;
    let line = tellLine(connection, lostFor, restored, now);
    if (line.kind !== 'calm' && line.kind !== 'connecting' && line.kind !== 'restored') this.#told = true;
    // A loss that nobody was told of needs no all-clear, unless messages were waiting for it.
    if (line.kind === 'restored' && !line.n && !this.#told) line = { kind: 'calm' };
    if (this.line.kind === 'restored' && line.kind === 'calm') this.#told = false;
    if (line.kind !== this.line.kind || line.n !== this.line.n) this.line = line;
    clearTimeout(this.#timer);
    if (lostFor !== undefined && status !== 'offline') {
      const due = connection.retryAt === undefined ? now + 1000 : connection.retryAt;
      // Wakes just as the number of seconds changes.
      this.#timer = setTimeout(() => this.#host.requestUpdate(), Math.max((due - now) % 1000, 0) || 1000);
    }
    return this.line;
  }
}
