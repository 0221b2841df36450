import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatState } from '../../conversation/state.js';
import type { ClientHandle } from '../client-handle.js';
import { QUIET_MS, tellLine, type Line } from '../line.js';
import { StoreController } from './store-controller.js';

const select = ({ connection, restored, unsaved }: ChatState) => ({ connection, restored, unsaved });

/** Watches how long the line has been gone, and counts down to the next attempt. */
export class LineController implements ReactiveController {
  /** What to tell the guest now. */
  line: Line = { kind: 'calm' };
  readonly #host: ReactiveControllerHost;
  readonly #chat: StoreController<ReturnType<typeof select>>;
  #lostAt: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, client: () => ClientHandle | undefined) {
    this.#host = host;
    this.#chat = new StoreController(host, client, select);
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  hostUpdate(): void {
    if (!this.#chat.value) return;
    const { connection, restored, unsaved } = this.#chat.value;
    const { status, retryAt } = connection;
    // How long it has been is measured with the clock that nobody sets.
    const [now, wall] = [performance.now(), Date.now()];
    if (status === 'reconnecting') this.#lostAt ??= now;
    // After being offline the line is still gone, and the guest knows it.
    else if (status === 'offline') this.#lostAt = now - QUIET_MS;
    else if (status !== 'connecting') this.#lostAt = undefined;
    const lostFor = this.#lostAt === undefined ? undefined : now - this.#lostAt;
    this.line = tellLine(connection, lostFor, restored, wall, unsaved);
    clearTimeout(this.#timer);
    if (lostFor === undefined || status === 'offline') return;
    // Wakes just as the number of seconds changes.
    const rest = ((retryAt ?? 0) - wall) % 1000;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), rest > 0 ? rest : 1000);
  }
}
