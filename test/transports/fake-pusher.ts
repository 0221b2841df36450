import type { Listener, PusherChannelLike, PusherLike } from '../../src/transports/page-pusher.js';

/** Listeners by name, as pusher-js keeps them. */
class FakeEmitter {
  readonly #listeners = new Map<string, Set<Listener>>();

  bind(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  unbind(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  emit(event: string, ...told: unknown[]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(...told);
  }

  /** How many listeners there are. */
  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

/** A channel of pusher-js in the hands of a test. */
export class FakeChannel implements PusherChannelLike {
  subscribed = false;
  connected = true;
  members: unknown;
  readonly triggered: unknown[] = [];
  readonly #listeners = new Set<Listener>();

  bind_global(listener: Listener): void {
    this.#listeners.add(listener);
  }

  unbind_global(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  trigger(event: string, data: unknown): boolean {
    if (this.connected) this.triggered.push([event, data]);
    return this.connected;
  }

  /** Something happens on the channel. */
  emit(event: string, data?: unknown): void {
    for (const listener of [...this.#listeners]) listener(event, data);
  }

  /** The server has subscribed it. */
  succeed(members?: unknown): void {
    this.subscribed = true;
    this.members = members;
    this.emit('pusher:subscription_succeeded', members);
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}

class FakeConnection extends FakeEmitter {
  state = 'connected';
  socket_id = '1.2';
  readonly sent: string[] = [];

  send_event(event: string): boolean {
    this.sent.push(event);
    return true;
  }

  /** It changes its state. */
  becomes(state: string): void {
    const previous = this.state;
    this.state = state;
    this.emit('state_change', { previous, current: state });
  }
}

/** As much of a `Pusher` as the wire uses; it can do nothing else, so nothing else is asked of it. */
export class FakePusher implements PusherLike {
  readonly connection = new FakeConnection();
  readonly channels = new Map<string, FakeChannel>();
  readonly unsubscribed: string[] = [];

  channel(name: string): FakeChannel | undefined {
    return this.channels.get(name);
  }

  subscribe(name: string): FakeChannel {
    const channel = this.channels.get(name) ?? new FakeChannel();
    this.channels.set(name, channel);
    return channel;
  }

  unsubscribe(name: string): void {
    this.unsubscribed.push(name);
    this.channels.delete(name);
  }

  /** How many listeners are left on it. */
  get listeners(): number {
    return [...this.channels.values()].reduce(
      (sum, channel) => sum + channel.listeners,
      this.connection.listeners,
    );
  }
}
