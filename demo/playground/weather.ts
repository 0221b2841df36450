import type { Spoilable } from '../../src/testing/index.js';
import type { Configuration } from './configuration.js';

/** What is wrong as long as nobody mends it. */
export interface Trouble {
  /** The line is cut, and no new one can be had. */
  readonly cut: boolean;
  /** Everything is swallowed, and nobody is told: what a frozen server looks like. */
  readonly frozen: boolean;
  /** The browser knows that there is no network. */
  readonly offline: boolean;
}

/** Nothing is. */
export const NO_TROUBLE: Trouble = { cut: false, frozen: false, offline: false };

/** Faults that are always there, as the configuration has them. */
export type Climate = Pick<Configuration, 'delay' | 'duplicate' | 'reorder'>;

/** The weather between the chat and its server: brings the faults of several networks in line with what is wanted. */
export class Weather {
  readonly #networks: readonly Spoilable[];

  constructor(networks: readonly Spoilable[]) {
    this.#networks = networks;
  }

  /** Ends all faults, then makes those that are wanted. */
  set(trouble: Trouble, { delay, duplicate, reorder }: Climate): void {
    for (const network of this.#networks) {
      network.recover();
      if (delay !== '0') network.delay(Number(delay));
      if (duplicate) network.duplicate?.();
      if (reorder) network.reorder?.();
      if (trouble.frozen) network.blackhole();
      if (trouble.cut || trouble.offline) {
        network.refuse();
        network.drop();
      }
    }
  }

  /** Refuses the next attempts. */
  refuse(count: number): void {
    for (const network of this.#networks) network.refuse(count);
  }

  /** Cuts what is open, once; what is tried next may come through. */
  drop(): void {
    for (const network of this.#networks) network.drop();
  }

  /** Damages the next frames of the server. */
  corrupt(count: number): void {
    for (const network of this.#networks) network.corrupt?.(count);
  }

  /** The server closes all lines with a code. */
  close(code: number): void {
    for (const network of this.#networks) network.close?.(code);
  }
}

/** Lets the browser say that the network went, or came back. Only this page believes it. */
export function pretendOnline(online: boolean): void {
  if (navigator.onLine === online) return;
  if (online) Reflect.deleteProperty(navigator, 'onLine');
  else Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  dispatchEvent(new Event(online ? 'online' : 'offline'));
}
