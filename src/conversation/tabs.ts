import type { Clock } from '../platform/clock.js';
import type { TabMeans } from '../platform/tab-means.js';
import { uuid } from '../platform/uuid.js';
import type { WakeSignal, WakeSignals } from '../platform/wake-signals.js';
import type { ClientCommand, GuestProfile } from '../protocol/client-command.js';
import { TabRelay } from '../transports/tab-relay.js';
import type { SharedGuest } from './guest.js';
import type { OutboxEntry } from './outbox.js';
import type { ChatEvent } from './reduce.js';
import type { ChatState } from './state.js';

/** What a tab wants done. The one that has the line does it, for all. */
export type TabAsk =
  | { readonly do: 'connect' | 'use' }
  | { readonly do: 'wake'; readonly signal: WakeSignal }
  | { readonly do: 'send'; readonly key: string; readonly entry: OutboxEntry }
  | { readonly do: 'retry' | 'remove'; readonly clientId: string }
  | { readonly do: 'stop'; readonly messageId: string }
  | { readonly do: 'read'; readonly upTo: number }
  | { readonly do: 'older'; readonly seq: number }
  | { readonly do: 'identify'; readonly guest: GuestProfile }
  | { readonly do: 'command'; readonly command: ClientCommand }
  | { readonly do: 'reset'; readonly by: string };

/** What the tab that has the line tells the others. */
export type TabNews =
  /** Something has changed the conversation. @see notificationsBetween for `arrivedAfter` */
  | {
      readonly news: 'event';
      readonly event: ChatEvent;
      readonly arrivedAfter: number;
      readonly cursor: number | undefined;
    }
  | { readonly news: 'guest'; readonly guest: SharedGuest }
  | { readonly news: 'error'; readonly code: string; readonly message: string }
  | { readonly news: 'reset'; readonly by: string };

/** Everything a tab needs to stand where the one with the line stands. */
export interface TabGreeting {
  readonly state: ChatState;
  readonly cursor: number | undefined;
  readonly guest: SharedGuest;
}

/** What the tabs of a guest need of the chat in this one. */
export interface TabsOptions {
  /** Asked for each time this tab takes part. */
  means(): TabMeans;
  /** Tabs of one name act as one. */
  name: string;
  clock: Clock;
  wake: WakeSignals;
  onLead(): void;
  onDeposed(): void;
  /** The page stands still or is left: the line goes, if it is here. */
  onSuspend(): void;
  greeting(): TabGreeting;
  onFollow(greeting: TabGreeting): void;
  onNews(news: TabNews): void;
  /** Another tab has joined this one, which has the line. */
  onJoined(): void;
  perform(ask: TabAsk): void;
}

/** Names for what lives in this page alone. */
const pageNames = new WeakMap<object, string>();

/** A name that no other page has, the same for the same thing. */
export function pageName(thing: object | undefined): string | undefined {
  if (!thing) return undefined;
  const name = pageNames.get(thing) ?? uuid();
  pageNames.set(thing, name);
  return name;
}

/** Names the words above; tabs with another version of this script do not understand them, and have a line of their own. */
const DIALECT = 1;

/** The tabs of one guest as one: takes part while the chat is used and the page lives. */
export class Tabs {
  /** Names this tab. */
  readonly id = uuid();
  readonly #options: TabsOptions;
  readonly #relay: TabRelay<TabGreeting, TabNews, TabAsk>;
  #stopListening: (() => void) | undefined;
  #hiddenSince: number;

  constructor(options: TabsOptions) {
    const { name, wake, ...rest } = options;
    this.#options = options;
    this.#hiddenSince = options.clock.now();
    this.#relay = new TabRelay({
      ...rest,
      id: this.id,
      name: `${name} tabs ${DIALECT}`,
      visible: () => wake.visible,
      hiddenMs: () => (wake.visible ? 0 : options.clock.now() - this.#hiddenSince),
      onSaid: (news) => options.onNews(news),
      onAsked: (ask) => options.perform(ask),
    });
  }

  /** Whether the line is here. */
  get leads(): boolean {
    return this.#relay.role === 'leader';
  }

  /** Whether the line is in another tab. */
  get follows(): boolean {
    return this.#relay.role === 'follower';
  }

  /** Whether somebody looks at another tab of the guest. */
  get othersVisible(): boolean {
    return this.#relay.othersVisible;
  }

  /** Takes part from now on. */
  join(): void {
    this.#stopListening ??= this.#options.wake.subscribe((signal) => this.#onWake(signal));
    this.#relay.join();
  }

  /** Takes no part any more. */
  leave(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#relay.leave();
  }

  /** Has something done where the line is. It waits while nobody has one, and survives the end of whoever was asked. */
  ask(ask: TabAsk): void {
    this.#relay.ask(ask);
  }

  /** Tells the others, if the line is here. */
  tell(news: TabNews): void {
    this.#relay.say(news);
  }

  /** Forgets what was asked and nobody has done. */
  forget(): void {
    this.#relay.forget();
  }

  #onWake(signal: WakeSignal): void {
    if (signal === 'hidden') this.#hiddenSince = this.#options.clock.now();
    if (signal === 'suspend') {
      if (this.#relay.role === 'apart') return;
      this.#relay.leave();
      this.#options.onSuspend();
    } else if (signal === 'resume') {
      this.#relay.join();
    } else if (this.follows && (signal === 'visible' || signal === 'pressed')) {
      if (signal === 'visible') this.#relay.check();
      this.ask({ do: 'wake', signal });
    }
  }
}
