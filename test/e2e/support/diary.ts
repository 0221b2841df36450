import type { BrowserContext } from '@playwright/test';
import type {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatMessageEvent,
  ChatStatusEvent,
} from '../../../src/index.js';

/** One event of a widget, and the page it happened in. */
export interface DiaryEntry {
  readonly type: 'message' | 'status' | 'delivery' | 'error';
  /** A name for the life of a page: another after each reload. */
  readonly life: string;
  /** When, on the real wall clock. */
  readonly at: number;
  /** Text of a message, status, delivery state, code. */
  readonly what: string;
  /** Direction of a message, reason of a status, id of a delivery. */
  readonly more: string;
  /** How long a status says that it waits before the next attempt, in milliseconds of the page. */
  readonly waitMs?: number | undefined;
}

/** Writes down outside the browser what widgets tell their page, so that it outlives reloads and crashes. */
export class Diary {
  readonly entries: DiaryEntry[] = [];
  /** Uncaught errors and unhandled rejections of all pages. */
  readonly pageErrors: string[] = [];

  /** Begins with the pages that are opened from now on. */
  static async begin(context: BrowserContext): Promise<Diary> {
    const diary = new Diary();
    context.on('weberror', (error) => diary.pageErrors.push(String(error.error())));
    await context.exposeBinding('tellDiary', (_source, entry: DiaryEntry) => {
      diary.entries.push(entry);
    });
    await context.addInitScript(listen);
    return diary;
  }

  /** Texts of messages from the other side, as `chat-message` told them. */
  get told(): string[] {
    return this.#of('message')
      .filter(({ more }) => more === 'in')
      .map(({ what }) => what);
  }

  /** Statuses in order, each with its reason. */
  get statuses(): string[] {
    return this.#of('status').map(({ what, more }) => (more ? `${what} (${more})` : what));
  }

  /** How long each status said that it waits before the next attempt, in milliseconds of the page. */
  get waits(): (number | undefined)[] {
    return this.#of('status').map(({ waitMs }) => waitMs);
  }

  /** Ids of messages that were called failed. */
  get failed(): string[] {
    return this.#of('delivery')
      .filter(({ what }) => what === 'failed')
      .map(({ more }) => more);
  }

  /** Codes of `chat-error` that concern the line: a disk that takes seconds for a write is no matter of these stories. */
  get errors(): string[] {
    const codes = this.#of('error').map(({ what }) => what);
    return codes.filter((code) => code !== 'storage');
  }

  #of(type: DiaryEntry['type']): DiaryEntry[] {
    return this.entries.filter((entry) => entry.type === type);
  }
}

function listen(): void {
  const page = globalThis as unknown as {
    tellDiary(entry: DiaryEntry): void;
    realNow?(): number;
  };
  const life = Math.random().toString(36).slice(2);
  const tell = (type: DiaryEntry['type'], what: string, more = '', waitMs?: number): void =>
    page.tellDiary({ type, life, at: page.realNow?.() ?? Date.now(), what, more, waitMs });
  addEventListener('chat-message', (event) => {
    const { message, direction } = event as ChatMessageEvent;
    tell('message', message.text, direction);
  });
  addEventListener('chat-status', (event) => {
    const { status, reason, retryAt } = event as ChatStatusEvent;
    tell('status', status, reason, retryAt && retryAt - Date.now());
  });
  addEventListener('chat-delivery', (event) => {
    const { clientId, state } = event as ChatDeliveryEvent;
    tell('delivery', state, clientId);
  });
  addEventListener('chat-error', (event) => tell('error', (event as ChatErrorEvent).code));
}
