import type { ChatNotifications } from './notifications.js';

type Listener<K extends keyof ChatNotifications> = (detail: ChatNotifications[K]) => void;

/** Tells listeners what happens. What a listener throws neither stops the others nor reaches the chat. */
export class Notifier {
  readonly #listeners = new Map<keyof ChatNotifications, Set<Listener<never>>>();

  /** @returns a function that ends the listening */
  on<K extends keyof ChatNotifications>(type: K, fn: Listener<K>): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(fn));
    return () => listeners.delete(fn);
  }

  /** Tells all listeners of a type. */
  emit<K extends keyof ChatNotifications>(type: K, detail: ChatNotifications[K]): void {
    for (const fn of [...(this.#listeners.get(type) ?? [])]) {
      try {
        (fn as Listener<K>)(detail);
      } catch (error) {
        // That is the page's affair; it is told where the page looks for it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Forgets all listeners. */
  clear(): void {
    this.#listeners.clear();
  }
}
