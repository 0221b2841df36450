import type { DeskCommand, DeskEvent } from '../../server/desk-protocol.js';

/** Shortest and longest pause before the next attempt, in milliseconds. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

/** What a line tells its owner. */
export interface DeskLineEvents {
  /** The line is open; the first command is due. */
  onOpen(): void;
  onEvent(event: DeskEvent): void;
  /** The line is lost, and will be tried again. */
  onLost(): void;
}

/** The line between this page and the server: JSON both ways, opened again whenever it breaks. */
export class DeskLine {
  readonly #url: string;
  readonly #events: DeskLineEvents;
  #socket: WebSocket | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param url address of the server's door for staff */
  constructor(url: string, events: DeskLineEvents) {
    this.#url = url;
    this.#events = events;
    this.#open();
  }

  /** Says something; without a line it is lost, and the page shows that there is none. */
  send(command: DeskCommand): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command));
  }

  /** Ends it for good. */
  close(): void {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (!socket) return;
    socket.onclose = null;
    socket.close(1000);
  }

  #open(): void {
    const socket = (this.#socket = new WebSocket(this.#url));
    socket.onopen = () => {
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#events.onOpen();
    };
    socket.onmessage = ({ data }) => this.#events.onEvent(JSON.parse(String(data)) as DeskEvent);
    socket.onclose = () => {
      this.#events.onLost();
      this.#retry = setTimeout(() => this.#open(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    };
  }
}
