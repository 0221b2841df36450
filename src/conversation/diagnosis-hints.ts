/** This file is longer than others because it is a list: one entry for each thing that goes wrong in the field. */
import type { ConnectionStatus } from '../connection/status.js';
import type { DiagnosisAttempt, DiagnosisCheck } from './diagnosis.js';

/** What hints are drawn from; all of it is shown, and nothing of it secret. */
export interface Facts {
  readonly status: ConnectionStatus;
  readonly reason: string | undefined;
  readonly provider: string | undefined;
  readonly attempts: readonly DiagnosisAttempt[];
  readonly checks: readonly DiagnosisCheck[];
  readonly ignored: readonly { readonly event: string; readonly count: number }[];
  /** Names of frames that mean something; undefined where the backend cannot say. */
  readonly names: readonly string[] | undefined;
  readonly faults: readonly string[];
  readonly skewMs: number | undefined;
  readonly online: boolean;
  readonly visible: boolean;
  readonly storageDenied: boolean;
  readonly follows: boolean;
  /** Where the page is from; undefined outside of browsers. */
  readonly origin: string | undefined;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** What one thing has to say. */
type Hint = string | readonly (string | undefined)[] | undefined;

/** A clock that is off by more makes the times of messages puzzling, in milliseconds. */
const SKEW_MS = 60_000;
/** A request that failed longer ago says nothing of a chat that works, in milliseconds. */
const RECENT_MS = 600_000;
/** So many known names are listed. */
const MAX_NAMES = 8;

/** Transports whose codes are those of the Pusher protocol. */
const PUSHER = /pusher|reverb|soketi/i;

const LARAVEL_CORS =
  'in Laravel, list the path under "paths" and the page under "allowed_origins" in config/cors.php, then run "php artisan config:clear"';

/** What an HTTP status means, and what to do about it. */
const STATUSES: Readonly<Record<number, string>> = {
  400: 'the server could not read the request: compare what it expects with "routes" and "fields" of backendOptions, or it wants a WebSocket upgrade that a proxy has removed',
  401: 'the token is missing, unknown or expired: see that getToken() gives a fresh one, and that the route reads "Authorization: Bearer" (in Laravel: auth:sanctum, and Accept: application/json, which the widget sends)',
  403: 'the server knows the guest and says no: look at the policy or middleware of this route',
  404: 'there is no such route: compare the path with routes/api.php (whose routes begin with /api) and with "routes" of backendOptions, or the conversation is gone',
  405: 'the route exists under another method: compare with "method" in "routes" of backendOptions',
  413: 'the message is too large for the server or the proxy before it (nginx: client_max_body_size)',
  419: 'Laravel wants a CSRF token: put the routes into routes/api.php, or exclude them from CSRF verification, or give the page <meta name="csrf-token">',
  422: 'the server refuses the fields: its answer names them; map them by "routes.….body" of backendOptions',
  426: 'the server wants a WebSocket upgrade: use a ws: or wss: address, and let the proxy pass the headers Upgrade and Connection',
  429: 'too many requests: raise the limit of this route (in Laravel: the "throttle" middleware); polling needs one request every two seconds',
};
const SERVER_ERROR = 'the server failed: its own log says why (in Laravel: storage/logs/laravel.log)';

/** What a close code means on our own wire, and what to do about it. */
const NATIVE_CODES: Readonly<Record<number, string>> = {
  1002: 'the two sides do not speak the same protocol: see that the address leads to a server for this backend',
  1003: 'the server does not take text frames: see that the address leads to a server for this backend',
  1007: 'the server could not read a frame: see that the address leads to a server for this backend',
  1008: 'the server refuses this page: look at what origins and guests it lets in',
  1009: 'a frame was too large for the server or a proxy: raise the limit, or announce a smaller one in the welcome',
  1011: 'the server failed: its own log says why',
  1012: 'the server restarts: the chat comes back by itself',
  1013: 'the server is overloaded: the chat tries again by itself',
  4400: 'the server does not understand the hello: see that both sides have the same version of the protocol',
  4401: 'the server does not take the token: see that getToken() gives a fresh one',
  4403: 'the server refuses this guest or page: look at what it lets in',
  4404: 'the conversation does not exist any more: a new one is started',
  4408: 'the hello came too late: the network or the page is very slow',
  4409: 'another connection of the same guest took over: see that two guests do not share one id',
  4429: 'too many connections: the server lets this guest wait',
};

/** What a code of the Pusher protocol means, and what to do about it. */
const PUSHER_CODES: Readonly<Record<number, string>> = {
  4000: 'the app takes encrypted connections only: set tls',
  4001: 'there is no app with this key: compare the key (and cluster) in the options with PUSHER_APP_KEY or REVERB_APP_KEY of the server',
  4003: 'the app is disabled: enable it in the dashboard of Pusher',
  4004: 'the app is over its quota of connections: raise it, or close what is not used',
  4005: 'there is no such path: compare "path" in the options with REVERB_SERVER_PATH',
  4009: 'the connection or channel is not authorised: compare the secret of the app on both sides, and "allowed_origins" in config/reverb.php',
  4100: 'the server has no room for more connections at the moment: the chat tries again by itself',
  4201: 'the server heard nothing for too long: the page was asleep, or the network stands still',
  4301: 'too many client events: typing is told less often',
};

/** Looks at the facts one by one; what is most likely the cause comes first. */
const HINTS: readonly ((facts: Facts) => Hint)[] = [
  ({ online }) =>
    online ? undefined : 'The browser says that there is no network: nothing is tried until it comes back.',
  ({ follows }) =>
    follows
      ? 'This tab follows: another tab of the guest has the line, so its attempts are told by diagnose() in that tab.'
      : undefined,
  notTried,
  waiting,
  ({ visible, status }) =>
    visible || status === 'paused'
      ? undefined
      : 'The page is hidden: browsers slow down its timers, and polling is slower on purpose; look at it in the foreground.',
  (facts) => facts.checks.map((check) => checked(check, facts)),
  (facts) => unique(failing(facts.attempts, facts).map((attempt) => explained(attempt, facts))),
  subprotocol,
  wrongNames,
  ({ faults }) =>
    faults.length
      ? `Beside the attempts this went wrong (the last of ${faults.length}): ${sentence(faults.at(-1)!)} If a frame could not be read, compare it with the fields that the backend expects.`
      : undefined,
  ({ skewMs }) =>
    skewMs !== undefined && Math.abs(skewMs) > SKEW_MS
      ? `The clocks differ: the server's is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'ahead of' : 'behind'} this device's; set the wrong one by NTP, or times and "expired" tokens will puzzle.`
      : undefined,
  ({ storageDenied }) =>
    storageDenied
      ? 'The browser refuses to keep data (private window, blocked cookies, full disk, a sandboxed frame): messages that wait live only as long as the page.'
      : undefined,
  worse,
];

/** What is seen and what to do, the likeliest cause first; never empty. */
export function hintsOf(facts: Facts): string[] {
  const hints = unique(HINTS.flatMap((hint) => hint(facts) ?? []));
  if (hints.length) return hints;
  if (facts.status === 'online') {
    return [
      `All is well: the line is open${facts.provider ? ` by ${facts.provider}` : ''}, and nothing odd was seen.`,
    ];
  }
  return [
    facts.status === 'idle'
      ? 'The line was closed, and nothing odd was seen: the next use opens it again.'
      : 'No cause is known yet: the attempts say what was answered; call diagnose() again after the next one.',
  ];
}

/** The last attempt of each wire and address, where it came to nothing and still matters. */
export function failing<A extends Pick<DiagnosisAttempt, 'at' | 'transport' | 'url' | 'outcome'>>(
  attempts: readonly A[],
  { status, now }: Pick<Facts, 'status' | 'now'>,
): A[] {
  const last = new Map<string, A>();
  for (const attempt of attempts) last.set(`${attempt.transport} ${attempt.url}`, attempt);
  return [...last.values()].filter(
    ({ outcome, at }) => outcome !== 'open' && (status !== 'online' || now - at < RECENT_MS),
  );
}

function notTried({ attempts, follows, status, reason, faults }: Facts): Hint {
  if (attempts.length || follows) return undefined;
  if (reason === 'url-missing') {
    return 'Nothing was tried: nobody has said where the chat is; set the attribute url, preset or config-url, or give the property backend an object.';
  }
  if (reason === 'token') return undefined;
  if (status === 'failed') {
    return `Nothing was tried, since the backend could not be set up (${reason}): ${sentence(faults.at(-1) ?? 'see chat-error')}`;
  }
  if (status === 'connecting')
    return 'The first attempt is still under way: call diagnose() again in a few seconds.';
  return status === 'idle'
    ? 'Nothing was tried yet: the chat connects when it is opened or used, at once with the attribute eager, or by connect().'
    : undefined;
}

function waiting({ status, reason }: Facts): Hint {
  if (reason === 'token') {
    return 'getToken() gave no token in time: see what it throws, and that its own request is answered.';
  }
  if (status !== 'paused') return undefined;
  const why: Readonly<Record<string, string>> = {
    idle: 'the page was hidden for long; looking at it goes on (idle-pause says how long, 0 is never)',
    replaced: 'another connection of the same guest took over; using the chat here takes it back',
    suspended: 'the page was frozen or left; it goes on when the page comes back',
  };
  return `The line is paused: ${why[reason ?? ''] ?? `${reason}; using the chat goes on`}.`;
}

/** What an address has said just now. */
function checked({ url, outcome, status }: DiagnosisCheck, { origin, attempts }: Facts): string | undefined {
  const { protocol, hostname, port, host, origin: its } = new URL(url);
  const socket = protocol.startsWith('ws');
  const number = port || (/^(?:wss|https):$/.test(protocol) ? '443' : '80');
  switch (outcome) {
    case 'mixed-content':
      return `Mixed content: the page came by https:, and browsers do not let it use ${url}; serve the chat by ${socket ? 'wss:' : 'https:'} and use that address.`;
    case 'csp':
      return `The page's content security policy forbids ${url}: add ${socket ? `${protocol}//${host}` : its} to connect-src.`;
    case 'unreadable':
      return `CORS: ${url} answers, but does not let ${origin} read it: have it send "Access-Control-Allow-Origin: ${origin}" with every answer, errors and OPTIONS too, and allow the headers Authorization, Content-Type and X-Socket-ID; ${LARAVEL_CORS}.`;
    case 'no-upgrade':
      return `${host} answers HTTP, but no WebSocket opens at ${url}; browsers say 1006 and no more, whether it was 400, 404, 426 or 502: see that the path is right, that its server runs, and that the proxy passes the upgrade (nginx: proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade and Connection "upgrade").`;
    case 'open': {
      const last = attempts.findLast((each) => each.url === url);
      if (last?.reason?.startsWith('handshake')) return undefined;
      if (last?.ended) {
        return `A WebSocket to ${url} opens: the line was lost on the way, as when the network changes or a proxy drops what is idle (nginx: proxy_read_timeout).`;
      }
      return `A WebSocket to ${url} opens now, and did not for the chat: it was a passing failure, or the server selects no subprotocol or hangs up on the first frame.`;
    }
    case 'status':
      return status! < 400
        ? `${url} answers a plain request now (${status}): it was a passing failure, or the preflight (OPTIONS) of the real request is refused; allow its method and the headers Authorization, Content-Type and X-Socket-ID (${LARAVEL_CORS}).`
        : `${url} is reached, and answers a plain GET with ${status}: if that is its answer to the chat too, ${meaningOf(status!)}.`;
    case 'silent': {
      const late = attempts.some((each) => each.url === url && each.outcome === 'late');
      return `${late ? 'No answer in time' : 'Nothing answers'} at ${hostname}, port ${number}: see that the name resolves, that the server runs and listens on this port, that no firewall or blocker is between, and that its certificate is valid.`;
    }
  }
}

/** What an attempt that came to nothing has been told. */
function explained(
  { transport, url, outcome, code, reason = '', ended }: DiagnosisAttempt,
  { checks }: Facts,
): string | undefined {
  const where = url ?? transport;
  const signing = /channel authorisation answered (\d+)/.exec(reason);
  if (signing) {
    const status = Number(signing[1]);
    return `The channel authorisation answered ${status}: ${signingMeaning(status)}.`;
  }
  if (/^channel authorisation: .*expected/.test(reason)) {
    return 'The channel authorisation answered, but not with a signature: it is a page or a login; use Broadcast::routes() with an API guard, and see that it answers JSON.';
  }
  if (reason.startsWith('channel authorisation:')) {
    return `The channel authorisation got no answer that the page may read (${reason.slice(23)}): most often CORS lacks it; add broadcasting/auth to "paths" in config/cors.php, and see that "routes.auth" of backendOptions leads there.`;
  }
  if (reason.startsWith('no Socket.IO client')) {
    return `${where} needs the official client: install socket.io-client, or leave serveClient of the server on and allow it in script-src, or give the property backendOptions {io}.`;
  }
  if (/allowEIO3/.test(reason)) {
    return `${where} is reached, and is a Socket.IO server of another generation: set its option allowEIO3, or update it.`;
  }
  if (/^no welcome in time|^handshake: no answer/.test(reason)) {
    // The handshake may be late because nothing opens at all, and then the check has said so.
    if (checks.some((check) => check.url === url && check.outcome !== 'open')) return undefined;
    return `${where} opens, but says nothing that greets: see that the server speaks the protocol of this backend, that the path is right, and that it answers the first frame.`;
  }
  if (reason.startsWith('the connection of the page: no answer')) {
    return `The page's own client (Echo or Pusher) does not connect: look at its options and at its state.`;
  }
  if (reason.endsWith(': no answer in time')) {
    return `${where} opens, but does not confirm the channel: see that the channel exists in routes/channels.php and its name is that of the option channel.`;
  }
  if (code === undefined || code === 0) return undefined;
  if (code >= 400 && code < 600) return `${where} answered ${code}: ${meaningOf(code)}.`;
  const meaning = PUSHER.test(transport) ? PUSHER_CODES[code] : NATIVE_CODES[code];
  if (meaning) return `${where} closed with ${code}${reason && ` (${reason})`}: ${meaning}.`;
  if (code === 1006 || outcome === 'ended') return undefined;
  const before = ended ? ' after it was open' : '';
  return `${where} closed with ${code}${before}, which means "${outcome}" here${reason && ` (${reason})`}: the server's log says why.`;
}

function meaningOf(status: number): string {
  return STATUSES[status] ?? (status >= 500 ? SERVER_ERROR : "the server's log says why");
}

function signingMeaning(status: number): string {
  if (status === 401) {
    return 'no guest is signed in there: the bearer token is missing or not taken; register Broadcast::routes() with the guard of the API (auth:sanctum), and see that getToken() or the start route gives a token';
  }
  if (status === 403) {
    return 'the guest may not hear this channel: look at its callback in routes/channels.php, at the name of the channel, and at the model the token belongs to';
  }
  if (status === 404)
    return 'there is no such route: call Broadcast::routes(), or set "routes.auth" of backendOptions';
  return meaningOf(status);
}

/** Every other attempt offers no subprotocol, so a server that selects none is reached by each second one. */
function subprotocol({ attempts }: Facts): Hint {
  const last = attempts.at(-1);
  const before = attempts.at(-2);
  const odd =
    last?.transport === 'websocket' &&
    last.outcome === 'open' &&
    before?.url === last.url &&
    before?.code === 1006 &&
    !before.ended;
  return odd
    ? `${last.url} opened at the second try, without a subprotocol: if that is always so, the server selects none; have it select "chat-widget.v1", which saves an attempt.`
    : undefined;
}

/** Frames that came and meant nothing. */
function wrongNames({ ignored, names }: Facts): Hint {
  return ignored.map(({ event, count }) => {
    const near = names?.find((name) => bare(name) === bare(event));
    const known = names?.length
      ? `, and known are ${names.slice(0, MAX_NAMES).join(', ')}${names.length > MAX_NAMES ? ' …' : ''}`
      : '';
    const advice = near
      ? `it looks like ${near}, spelled otherwise`
      : 'if it is a message, the chat does not see it';
    return `The server says ${event} ${count === 1 ? 'once' : `${count} times`}${known}: ${advice}; name it in "events" of backendOptions, or let broadcastAs() or the codec say a known name.`;
  });
}

/** `App\Events\MessageSent`, `.message.sent` and `message_sent` are one word. */
function bare(name: string): string {
  return name
    .replace(/^.*\\/, '')
    .replace(/[^a-z\d]/gi, '')
    .toLowerCase();
}

function worse(facts: Facts): Hint {
  const { status, provider } = facts;
  if (status !== 'online') return undefined;
  const down = failing(facts.attempts, facts).filter(
    ({ transport }) => transport !== provider && transport !== 'http',
  );
  return down.length
    ? `The chat goes on by ${provider}, since ${unique(down.map(({ transport }) => transport)).join(' and ')} did not open; that is tried again in the background.`
    : undefined;
}

function unique(hints: readonly (string | undefined)[]): string[] {
  return [...new Set(hints.filter((hint) => hint !== undefined))];
}

function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}
