import type { Backend } from '../backends/backend.js';
import type { Clock } from '../platform/clock.js';
import type { Persistence } from '../platform/note.js';
import type { TabMeans } from '../platform/tab-means.js';
import type { WakeSignals } from '../platform/wake-signals.js';
import type { PageInfo, Send } from '../protocol/client-command.js';
import type { GetToken } from './sign-in.js';

/** How a chat is set up. */
export interface ChatClientOptions {
  /** The backend, or what makes it when it is first needed. */
  backend: Backend | (() => Backend | Promise<Backend>);
  /** Names what is stored; widgets of the same namespace share one conversation. Usually the address. */
  namespace: string;
  /** Default `local`. */
  persistence?: Persistence;
  /** How long a conversation is resumed, in hours. Default 24. */
  resumeHours?: number;
  /** Hidden for this many seconds, the line is paused; 0 for never. Default 300. */
  idlePause?: number;
  /** Connect at `start()` instead of at first use. Default false. */
  eager?: boolean;
  /** Default: made at random and kept. */
  guestId?: string;
  /** The conversation to go on with. Default: the one of the last visit, or a new one. */
  conversationId?: string;
  /** BCP 47 tag the guest reads. */
  locale?: string;
  /** The page the guest is on; asked anew for each connection. */
  page?: () => PageInfo;
  /** Gives a fresh token for a connection. */
  getToken?: GetToken;
  /** Describes this device, for backends that offer to resume. Only where the page has opted in. */
  deviceHint?: () => Promise<string>;
  /**
   * What the backend is made of, if it lives in this page alone, such as a mock server or an injected class: then only
   * clients of the same one share a line. Default: `backend`, if that is an object.
   */
  scope?: object;
  /** How the tabs of a guest share one line. Default: by the browser's own means; false for a line of one's own. */
  tabs?: TabMeans | false;
  /** Default: the real clock. */
  clock?: Clock;
  /** Default: the page's own signals. */
  wake?: WakeSignals;
}

/** What a message may carry besides its text. */
export type SendOptions = Pick<Send, 'action' | 'replyTo'>;
