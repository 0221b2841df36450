import type { Clock } from '../../platform/clock.js';
import type { Session } from '../../protocol/session.js';
import { deferredTransport } from '../../transports/deferred.js';
import { addressOf, type HeadersFor } from '../../transports/http-route.js';
import { pusherAddress } from '../../transports/pusher-address.js';
import { requestOnlyTransport } from '../../transports/request-only.js';
import type { Transport } from '../../transports/transport.js';
import { newestBackendId } from '../known-id.js';
import { compileName, rejectOption, valuesOf } from '../mapping.js';
import {
  NEWS,
  type LaravelOptions,
  type LaravelRoute,
  type LaravelRouteName,
  type LaravelServer,
} from './wire.js';

/** What lines are made of. */
export interface LinesOptions {
  options: LaravelOptions;
  routes: Readonly<Partial<Record<LaravelRouteName, LaravelRoute>>>;
  /** Absolute address of the backend. */
  url: string;
  headers?: HeadersFor;
  fetch?: typeof fetch;
  WebSocket?: typeof WebSocket;
  clock?: Clock;
}

const NAMES = ['pusher', 'reverb', 'polling', 'none'] as const;
type Name = (typeof NAMES)[number];

const PREFIX = { private: 'private-', presence: 'presence-', public: '' } as const;

/**
 * The wires that bring frames down, the best first.
 * @throws {BackendError} `options-invalid` when none can be used
 */
export function linesOf(parts: LinesOptions): Transport[] {
  const { options } = parts;
  const client = options.Echo ?? options.Pusher;
  const lines: Transport[] = [];
  for (const name of namesOf(options)) {
    if (name === 'none') lines.push(requestOnlyTransport());
    else if (name === 'polling') lines.push(...pollingOf(parts));
    // One client is one connection, whatever it is called.
    else if (client) {
      if (!lines.some((line) => line.name === clientName(options))) lines.push(clientOf(parts, client));
    } else if (isSetUp(options[name])) lines.push(channelsOf(name, options[name], parts));
  }
  if (!lines.length)
    rejectOption('transport', 'one of pusher, reverb (with a key), polling (with a route), none');
  return lines;
}

function namesOf({ transport, realtime = true }: LaravelOptions): readonly Name[] {
  const names = typeof transport === 'string' ? transport.split(',').map((name) => name.trim()) : transport;
  const wanted = (names?.length ? names : ['pusher', 'reverb', 'polling']) as Name[];
  for (const name of wanted) {
    if (!NAMES.includes(name)) rejectOption('transport', `a list of ${NAMES.join(', ')}, not "${name}"`);
  }
  if (realtime) return wanted;
  return wanted.includes('polling') ? ['polling', 'none'] : ['none'];
}

function isSetUp(server: LaravelServer | undefined): server is LaravelServer & { key: string } {
  return !!server?.key && server.enabled !== false;
}

function channelsFor({ channel = 'conversation.{conversationId}', channelType = 'private' }: LaravelOptions) {
  if (!(channelType in PREFIX)) rejectOption('channelType', 'private, presence or public');
  const fill = compileName(channel, 'channel');
  const prefix = /^(?:private|presence)-/.test(channel) ? '' : PREFIX[channelType];
  return (session: Session): string[] => {
    const name = fill(valuesOf({ type: 'end' }, session));
    return name === undefined ? [] : [`${prefix}${name}`];
  };
}

function channelsOf(name: Name, server: LaravelServer & { key: string }, parts: LinesOptions): Transport {
  const { options, routes, url, headers, fetch, WebSocket, clock } = parts;
  const address = addressFor(name, server);
  const channels = channelsFor(options);
  const auth = routes.auth && addressOf(url, routes.auth, { guestId: '' }, undefined);
  return deferredTransport(name, address, async () => {
    const [{ pusherTransport }, signing] = await Promise.all([
      import('../../transports/pusher.js'),
      auth === undefined ? undefined : import('../../transports/pusher-auth.js'),
    ]);
    const authorize = signing?.channelAuthorizer({
      url: auth!,
      fetch,
      clock,
      ...(headers && { headers: (session: Session) => headers(session, undefined) }),
    });
    return pusherTransport({ name, url: address, channels, authorize, WebSocket, clock });
  });
}

/** Configurations in the field write hosts as names, with a port, or as whole addresses, and ports as texts. */
function addressFor(name: Name, server: LaravelServer & { key: string }): string {
  const { key, host = '', cluster, path } = server;
  const [, scheme = server.scheme, bare = '', inHost] =
    /^(?:(\w+):\/\/)?([^:/]*|\[[^\]]*\])(?::(\d+))?/.exec(host) ?? [];
  const tls = server.tls ?? (scheme === undefined ? undefined : /^(?:https|wss)$/.test(scheme));
  const port = Number(server.port ?? inHost) || undefined;
  try {
    // A Reverb without a host stands beside the page.
    const place = bare || (name === 'reverb' ? (globalThis.location?.hostname ?? 'localhost') : undefined);
    return new URL(pusherAddress({ key, host: place, cluster, port, path, tls })).href;
  } catch {
    return rejectOption(`${name}.host`, `the name of a host, not "${host}"`);
  }
}

function clientName({ Echo }: LaravelOptions): string {
  const { broadcaster } = (Echo as { options?: { broadcaster?: unknown } } | undefined)?.options ?? {};
  return typeof broadcaster === 'string' ? broadcaster : 'pusher';
}

function clientOf(
  { options, clock, url }: LinesOptions,
  client: NonNullable<LaravelOptions['Echo' | 'Pusher']>,
) {
  const name = clientName(options);
  const channels = channelsFor(options);
  return deferredTransport(name, url, async () => {
    const { pusherClientTransport } = await import('../../transports/pusher-client.js');
    return pusherClientTransport({ name, client, channels, clock });
  });
}

function pollingOf({ options, routes, url, headers, fetch, clock }: LinesOptions): Transport[] {
  const route = routes.poll ?? (routes.history && { path: routes.history.path });
  if (!route) return [];
  const { deviceHintField = 'client_fingerprint', pollMs } = options;
  const query = { ...route.query, [deviceHintField]: '{deviceHint}' };
  return [
    deferredTransport('polling', url, async () => {
      const { pollingTransport } = await import('../../transports/polling.js');
      return pollingTransport({
        ...{ url, headers, fetch, clock, event: NEWS, start: newestBackendId, gone: false },
        route: { path: route.path, query },
        ...(pollMs !== undefined && { visibleMs: pollMs }),
      });
    }),
  ];
}
