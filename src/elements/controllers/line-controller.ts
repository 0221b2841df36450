import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatState } from '../../conversation/state.js';
import type { ClientHandle } from '../client-handle.js';
import { LineWatch, type Line } from '../line.js';
import { StoreController } from './store-controller.js';

const select = ({ connection, restored, unsaved }: ChatState) => ({ connection, restored, unsaved });

/** Watches how long the line has been gone, and counts down to the next attempt. */
export class LineController implements ReactiveController {
  /** What to tell the guest now. */
  line: Line = { kind: 'calm' };
  readonly #host: ReactiveControllerHost;
  readonly #chat: StoreController<ReturnType<typeof select>>;
  readonly #watch = new LineWatch();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, client: () => ClientHandle | undefined) {
    this.#host = host;
    this.#chat = new StoreController(host, client, select);
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#seen);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#timer);
  }

  hostUpdate(): void {
    if (!this.#chat.value) return;
    const wall = Date.now();
    this.line = this.#watch.look(this.#chat.value, performance.now(), wall);
    clearTimeout(this.#timer);
    // What nobody sees is not counted down, and what is called out of reach has no number.
    if (this.#watch.lostFor === undefined || this.line.kind === 'down' || document.hidden) return;
    // Wakes just as the number of seconds changes.
    const rest = ((this.#chat.value.connection.retryAt ?? 0) - wall) % 1000;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), rest > 0 ? rest : 1000);
  }

  readonly #seen = (): void => {
    if (!document.hidden && this.#watch.lostFor !== undefined) this.#host.requestUpdate();
  };
}
