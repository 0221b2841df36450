/** What is wrong with a chat, for whoever sets it up; fetched when `diagnose()` is called. */
import type { ConnectionStatus } from '../connection/status.js';
import { systemClock, Timer, type Clock } from '../platform/clock.js';
import { watchPolicy, type PolicyWatch } from '../platform/policy-watch.js';
import { pageReach, type Reach } from '../platform/reach.js';
import { pageSignals, type WakeSignals } from '../platform/wake-signals.js';
import type { CodecTraits } from '../protocol/codec.js';
import type { CloseReason } from '../transports/transport.js';
import { failing, hintsOf } from './diagnosis-hints.js';
import { reportOf } from './diagnosis-report.js';
import type { Guest } from './guest.js';
import { Journal } from './journal.js';
import type { LineKeeper } from './line-keeper.js';
import { shownUrl, shownWords } from './redact.js';
import { INITIAL_STATE, type ChatState } from './state.js';
import type { Tabs } from './tabs.js';

/** An address is not waited for longer, in milliseconds. */
const CHECK_MS = 5000;
/** So many addresses are asked at most. */
const MAX_CHECKS = 6;

/** One try to open a line, one request that failed, or the end of a line that was open. */
export interface DiagnosisAttempt {
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** Short name of the wire, such as `websocket`, `reverb`, `polling`; `http` for a request beside it. */
  readonly transport: string;
  /** Address, without secrets; missing where the wire has none of its own. */
  readonly url?: string;
  /** `open`, or why it came to nothing. */
  readonly outcome: 'open' | CloseReason;
  /** The wire's own code: a close code or an HTTP status. */
  readonly code?: number;
  /** The wire's own words, without secrets. */
  readonly reason?: string;
  /** How long it took, in milliseconds; of a line that was open, how long it lived. */
  readonly ms: number;
  /** Set for the end of a line that was open. */
  readonly ended?: true;
}

/**
 * What an address that had failed said when it was asked once more, by a plain request without cookies or tokens.
 *
 * - `mixed-content`: not asked, since the page came by `https:`; `csp`: the page's own policy forbids it
 * - `status`: it answers, and may be read; `unreadable`: it answers, and CORS keeps the answer from the page
 * - `open`: the WebSocket opened; `no-upgrade`: it did not, but the host answers HTTP
 * - `silent`: nothing answered within five seconds
 */
export interface DiagnosisCheck {
  /** Address, without secrets. */
  readonly url: string;
  /** What came of it. */
  readonly outcome: 'mixed-content' | 'csp' | 'status' | 'unreadable' | 'open' | 'no-upgrade' | 'silent';
  /** HTTP status, where it could be read. */
  readonly status?: number;
}

/** What is known of a line and why it is as it is: plain data for `JSON.stringify`, and a report by `String()`. No secrets. */
export interface Diagnosis {
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  /** Where the line stands. */
  readonly status: ConnectionStatus;
  /** Why it stands there; missing where there is nothing to say. */
  readonly reason?: string;
  /** The wire that carries; null while none does. */
  readonly provider: string | null;
  /** The channel that it carries, where the wire has channels. */
  readonly channel?: string;
  /** The last attempts, at most 50, the oldest first. */
  readonly attempts: readonly DiagnosisAttempt[];
  /** What addresses that had failed say now. */
  readonly checks: readonly DiagnosisCheck[];
  /** Names of frames that came and meant nothing, and how often. */
  readonly ignored: readonly { readonly event: string; readonly count: number }[];
  /** What else went wrong, in words, at most 10, the oldest first. */
  readonly faults: readonly string[];
  /** What the backend can and cannot promise; missing before there is one. */
  readonly traits?: CodecTraits;
  /** How many messages wait to be acknowledged. */
  readonly queued: number;
  /** How far the server's clock is ahead of this device's, in milliseconds; missing until a confirmation has told. */
  readonly skewMs?: number;
  /** Whether this tab follows another one, which has the line. */
  readonly follows: boolean;
  /** What is seen and what to do about it, a sentence each, the likeliest cause first; never empty. */
  readonly hints: readonly string[];
  /** All of it for a person, in English, several lines. */
  toString(): string;
}

/** What a diagnosis is drawn from: the parts of a conversation, as far as they are there. */
export interface DiagnosisParts {
  state: Pick<ChatState, 'connection' | 'messages'>;
  line?: Pick<LineKeeper, 'journal' | 'traits' | 'names' | 'token'>;
  guest?: Pick<Guest, 'note'>;
  tabs?: Pick<Tabs, 'follows'>;
  storageDenied?: boolean;
  clock?: Clock;
  wake?: WakeSignals;
  reach?: Reach;
  /** Begins to watch the policy of the page. */
  policy?(clock: Clock): PolicyWatch;
}

/** Words of attempts whose socket has opened, and of names that are the wire's own. */
const ANSWERED = /channel authorisation|^no welcome in time|^(?!handshake).*: no answer in time$/;
const OF_THE_WIRE = /^pusher(?:_internal)?:/;

/** Brings together what has happened, and asks the addresses that failed once more; takes at most some five seconds. */
export async function diagnose(parts: DiagnosisParts): Promise<Diagnosis> {
  const { state, line, guest, tabs, clock = systemClock, wake = pageSignals, reach = pageReach } = parts;
  const { connection, messages } = state;
  const { status, provider, channel } = connection;
  const { journal = new Journal(), traits, names } = line ?? {};
  const { follows = false } = tabs ?? {};
  const secrets = [line?.token, guest?.note.resumeToken].filter((secret) => secret !== undefined);
  const queued = messages.filter(({ delivery = '' }) => /queued|sending/.test(delivery)).length;
  const words = (text: string): string => shownWords(text, secrets);
  const attempts = journal.attempts.map((attempt): DiagnosisAttempt => {
    const { at, transport, url, outcome, code, detail, ms, ended } = attempt;
    return {
      at,
      transport,
      ...(url && { url: shownUrl(url) }),
      outcome,
      ...(code !== undefined && { code }),
      ...(detail && { reason: words(detail) }),
      ms: Math.round(ms),
      ...(ended && { ended }),
    };
  });
  const faults = journal.faults.map(words);
  const reason = connection.reason && words(connection.reason);
  const known = { status, reason, provider, attempts, faults, names, follows, now: clock.date() };
  // Nothing is asked while there is no network: that all of it is silent is known.
  const checks = wake.online ? await checked(suspects(journal, known), { ...parts, clock, reach }) : [];
  const ignored = [...journal.ignored]
    .filter(([event]) => !names?.includes(event) && !OF_THE_WIRE.test(event))
    .map(([event, count]) => ({ event: words(event.slice(0, 100)), count }));
  const { skewMs } = journal;
  const diagnosis: Omit<Diagnosis, 'toString'> = {
    at: known.now,
    status,
    ...(reason && { reason }),
    provider: provider ?? null,
    ...(channel && { channel }),
    attempts,
    checks,
    ignored,
    faults,
    ...(traits && { traits }),
    queued,
    ...(skewMs !== undefined && { skewMs }),
    follows,
    hints: hintsOf({
      ...{ ...known, checks, ignored, skewMs, origin: reach.origin },
      ...{ online: wake.online, visible: wake.visible, storageDenied: parts.storageDenied === true },
    }),
  };
  // Not enumerable: the rest stays data that can be copied and posted.
  return Object.defineProperty(diagnosis, 'toString', { value: () => reportOf(diagnosis) }) as Diagnosis;
}

/** What is known where nobody has said where the chat is, so that there is no client. */
export function undiagnosed(): Promise<Diagnosis> {
  return diagnose({ state: { ...INITIAL_STATE, connection: { status: 'idle', reason: 'url-missing' } } });
}

/** Addresses whose last attempt has not been answered: where something was answered, that says more. */
function suspects(journal: Journal, known: { status: ConnectionStatus; now: number }): string[] {
  const silent = failing(journal.attempts, known).filter(
    ({ outcome, code, detail = '' }) =>
      !/^(?:gone|ended|replaced|unauthorized)$/.test(outcome) &&
      (!code || code === 1006) &&
      !ANSWERED.test(detail),
  );
  // A configuration that could not be had is told in words alone.
  const named = /https?:\/\/[^\s"'<>]+(?= could)/.exec(
    known.status === 'failed' ? (journal.faults.at(-1) ?? '') : '',
  );
  const urls = [...silent.map(({ url }) => url), named?.[0]];
  const absolute = urls.filter(
    (url): url is string => /^(?:https?|wss?):\/\//i.test(url ?? '') && URL.canParse(url!),
  );
  return [...new Set(absolute)].slice(0, MAX_CHECKS);
}

async function checked(
  urls: readonly string[],
  { clock, reach, policy = watchPolicy }: DiagnosisParts & { clock: Clock; reach: Reach },
): Promise<DiagnosisCheck[]> {
  if (!urls.length) return [];
  const watch = policy(clock);
  const ending = new AbortController();
  const timer = new Timer(clock);
  const late = new Promise<{ answer: 'silent' }>((resolve) =>
    timer.set(CHECK_MS, () => {
      ending.abort();
      resolve({ answer: 'silent' });
    }),
  );
  const results = await Promise.all(
    urls.map(async (url) => {
      if (isMixed(url, reach.origin)) return { answer: 'mixed-content' } as const;
      const asked = reach.ask(url, ending.signal).catch(() => ({ answer: 'silent' }) as const);
      return Promise.race([asked, late]);
    }),
  );
  timer.clear();
  const blocked = await watch.end();
  return urls.map((url, index) => {
    const result = results[index]!;
    const failed = result.answer === 'silent' || result.answer === 'no-upgrade';
    const outcome = failed && blocked.some((each) => isOf(each, url)) ? 'csp' : result.answer;
    return { url: shownUrl(url), outcome, ...('status' in result && { status: result.status }) };
  });
}

/** Browsers let a secure page use an insecure address of the same machine. */
function isMixed(url: string, origin = ''): boolean {
  const { protocol, hostname } = new URL(url);
  const loopback = /^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  return origin.startsWith('https:') && /^(?:ws|http):$/.test(protocol) && !loopback;
}

/** Whether what a policy has forbidden is this address. @param blocked an address, or a scheme alone */
function isOf(blocked: string, url: string): boolean {
  const { protocol, host } = new URL(url);
  return blocked === protocol.slice(0, -1) || `${blocked}/`.startsWith(`${protocol}//${host}/`);
}
