import type { SendError } from './send-error.js';
import type { ChatMessage } from './state.js';

/** The promises `send()` gave out, each waiting for the fate of its message. */
export class SendPromises {
  readonly #waiting = new Map<string, PromiseWithResolver>();

  /** A promise for the fate of a message. */
  open(clientId: string): Promise<ChatMessage> {
    return new Promise((resolve, reject) => this.#waiting.set(clientId, { resolve, reject }));
  }

  /** Ids of messages whose fate is open. */
  get waiting(): readonly string[] {
    return [...this.#waiting.keys()];
  }

  /** The message was acknowledged. */
  resolve(clientId: string, message: ChatMessage): void {
    this.#take(clientId)?.resolve(message);
  }

  /** The message was refused, or given up. */
  reject(clientId: string, error: SendError): void {
    this.#take(clientId)?.reject(error);
  }

  /** Everything was given up. */
  rejectAll(error: SendError): void {
    for (const clientId of this.waiting) this.reject(clientId, error);
  }

  #take(clientId: string): PromiseWithResolver | undefined {
    const waiting = this.#waiting.get(clientId);
    this.#waiting.delete(clientId);
    return waiting;
  }
}

interface PromiseWithResolver {
  resolve(message: ChatMessage): void;
  reject(error: SendError): void;
}
