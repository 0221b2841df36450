import type {
  ChatAnsweringEvent,
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
  ChatWidget,
  ConnectionStatus,
} from '../../src/index.js';

/** An event of the element. */
export interface EventRecord {
  readonly id: number;
  /** Wall time in milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  /** What it carries, in a few words. */
  readonly words: string;
}

/** A state of the line. */
export interface StatusRecord extends EventRecord {
  readonly status: ConnectionStatus;
}

/** How many of each are kept. */
const MAX_RECORDS = 100;

/** What each event carries, in words. */
const WORDS: Readonly<Record<string, (event: Event) => string>> = {
  'chat-ready': () => '',
  'chat-show': () => '',
  'chat-hide': () => '',
  'chat-before-send': (event) => quoted((event as Event & { text: string }).text),
  'chat-message': (event) => {
    const { message, direction } = event as ChatMessageEvent;
    return `${direction}, ${message.role}: ${quoted(message.text)}`;
  },
  'chat-delivery': (event) => {
    const { clientId, state } = event as ChatDeliveryEvent;
    return `${clientId.slice(0, 8)} ${state}`;
  },
  'chat-status': (event) => statusWords(event as ChatStatusEvent),
  'chat-answering': (event) => {
    const { mode, author, position } = event as ChatAnsweringEvent;
    const who = author?.name ? `, ${author.name}` : '';
    return `${mode}${who}${position === undefined ? '' : `, place ${position}`}`;
  },
  'chat-unread': (event) => String((event as ChatUnreadEvent).count),
  'chat-error': (event) => {
    const { code, error } = event as ChatErrorEvent;
    return `${code}: ${error.message}`;
  },
};

/** Writes down what the element says, the newest first. */
export class Diary {
  #events: readonly EventRecord[] = [];
  #statuses: readonly StatusRecord[] = [];
  #lastId = 0;
  readonly #changed: () => void;

  /** @param changed called whenever something was written down */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Events, the newest first. */
  get events(): readonly EventRecord[] {
    return this.#events;
  }

  /** States of the line, the newest first. */
  get statuses(): readonly StatusRecord[] {
    return this.#statuses;
  }

  /** Listens to an element from now on, as long as there is one. */
  listen(widget: ChatWidget): void {
    for (const type of Object.keys(WORDS)) widget.addEventListener(type, (event) => this.#note(event));
  }

  /** Forgets everything. */
  clear(): void {
    this.#events = [];
    this.#statuses = [];
    this.#changed();
  }

  #note(event: Event): void {
    const { type } = event;
    const record = { id: ++this.#lastId, at: Date.now(), type, words: WORDS[type]!(event) };
    this.#events = [record, ...this.#events].slice(0, MAX_RECORDS);
    if (type === 'chat-status') {
      const { status } = event as ChatStatusEvent;
      this.#statuses = [{ ...record, status }, ...this.#statuses].slice(0, MAX_RECORDS);
    }
    this.#changed();
  }
}

function statusWords({ status, attempt, retryAt, reason }: ChatStatusEvent): string {
  const wait = retryAt === undefined ? undefined : Math.max(0, retryAt - Date.now());
  return [
    status,
    attempt && `attempt ${attempt}`,
    wait !== undefined && `next in ${(wait / 1000).toFixed(1)} s`,
    reason && `because of ${reason}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function quoted(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;
}
