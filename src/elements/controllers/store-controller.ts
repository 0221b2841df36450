import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { INITIAL_STATE, type ChatState } from '../../conversation/state.js';
import type { ClientHandle } from '../client-handle.js';

/** Whether two selections hold the same values. */
function same<T extends object>(a: T | undefined, b: T): boolean {
  if (!a) return false;
  // Asked for each piece of a reply by each part of the widget: no lists are made for it.
  for (const key in b) if (!Object.is(a[key], b[key])) return false;
  return true;
}

/** Renders its host anew when the part of the state it selected has changed, and only then. */
export class StoreController<T extends object> implements ReactiveController {
  /** The selection of the current state, or of the initial one while there is no client; undefined before the first update. */
  value: T | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #client: () => ClientHandle | undefined;
  readonly #select: (state: ChatState) => T;
  #subscribedTo: ClientHandle | undefined;
  #end: (() => void) | undefined;

  /**
   * @param client asked before each update, since it may be exchanged
   * @param select its result is compared field by field
   */
  constructor(
    host: ReactiveControllerHost,
    client: () => ClientHandle | undefined,
    select: (state: ChatState) => T,
  ) {
    this.#host = host;
    this.#client = client;
    this.#select = select;
    host.addController(this);
  }

  hostConnected(): void {
    // What happened while the element was out of the page has to be caught up with.
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const client = this.#client();
    if (client !== this.#subscribedTo) {
      this.hostDisconnected();
      this.#subscribedTo = client;
      this.#end = client?.subscribe((state) => {
        if (this.#take(state)) this.#host.requestUpdate();
      });
    }
    this.#take(client?.state ?? INITIAL_STATE);
  }

  hostDisconnected(): void {
    this.#end?.();
    this.#end = this.#subscribedTo = undefined;
  }

  #take(state: ChatState): boolean {
    const value = this.#select(state);
    if (same(this.value, value)) return false;
    this.value = value;
    return true;
  }
}
