import type { Backend } from '../../src/backends/backend.js';
import { toFrame } from '../../src/backends/native/wire.js';
import type { ClientCommand } from '../../src/protocol/client-command.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { ServerEvent, ServerEventOf } from '../../src/protocol/server-event.js';
import { LinkError, type Link, type LinkClose } from '../../src/transports/transport.js';

/** A guest who speaks the protocol by hand over a backend's real transport. */
export class WireGuest {
  readonly frames: Frame[] = [];
  readonly faults: string[] = [];
  /** How the line ended, or why it was not opened. */
  closed: LinkClose | undefined;
  /** Settles when it is known whether the line opens. */
  readonly opening: Promise<void>;
  #link: Link | undefined;
  readonly #giveUp = new AbortController();

  constructor(backend: Backend) {
    this.opening = this.#open(backend);
  }

  get open(): boolean {
    return this.#link !== undefined && !this.closed;
  }

  tells(command: ClientCommand): this {
    this.#link?.send(toFrame(command)).catch(() => {});
    return this;
  }

  hello(fields: Partial<ClientCommand & { type: 'hello' }> = {}): this {
    return this.tells({ type: 'hello', protocol: 1, guestId: 'guest-1', ...fields });
  }

  writes(text: string, clientId = text): this {
    return this.tells({ type: 'send', clientId, text });
  }

  hangsUp(): void {
    this.#giveUp.abort();
    this.#link?.close();
  }

  all<T extends ServerEvent['type']>(type: T): ServerEventOf<T>[] {
    return this.frames
      .filter(({ event }) => event === type)
      .map(({ event, data }) => ({ type: event, ...(data as object) }) as ServerEventOf<T>);
  }

  get types(): string[] {
    return this.frames.map(({ event }) => event);
  }

  get texts(): string[] {
    return this.all('message').map(({ message }) => message.text);
  }

  async #open(backend: Backend): Promise<void> {
    try {
      this.#link = await backend.transport.open(
        { guestId: 'guest-1' },
        {
          onFrame: (frame) => this.frames.push(frame),
          onFault: (fault) => this.faults.push(fault.message),
          onClose: (close) => (this.closed = close),
        },
        this.#giveUp.signal,
      );
    } catch (error) {
      if (error instanceof LinkError) this.closed = error.close;
      else if (!this.#giveUp.signal.aborted) throw error;
    }
  }
}
