import { systemClock } from '../../platform/clock.js';
import { fallbackTransport } from '../../transports/fallback.js';
import { withHttpUplink, type HttpRoute, type HttpRoutes } from '../../transports/http-uplink.js';
import type { Transport } from '../../transports/transport.js';
import { BackendError, type Backend, type BackendOptions } from '../backend.js';
import { rejectOption } from '../mapping.js';
import { askingLink } from './asking-link.js';
import { laravelSpeech, type LaravelSpeech } from './codec.js';
import { linesOf } from './lines.js';
import { StartedLink } from './started-link.js';
import { Starter } from './starter.js';
import {
  HISTORY,
  SEND,
  USUAL_ROUTES,
  type LaravelOptions,
  type LaravelRoute,
  type LaravelRouteName,
} from './wire.js';

type Routes = Partial<Record<LaravelRouteName, LaravelRoute>>;

/** What starts a conversation, or belongs to a channel, is asked for elsewhere. */
const BESIDE: ReadonlySet<string> = new Set(['start', 'resume', 'status', 'auth', 'poll']);

/**
 * A backend for chats on Laravel: started and written to by HTTP, brought down over Pusher, Reverb or polling, whichever
 * works; see docs/backends/laravel.md.
 * @throws {BackendError} `url-invalid` for an address of another kind, `options-invalid` for options that are wrong
 */
export function laravelBackend(options: BackendOptions & LaravelOptions): Backend {
  const { clock = systemClock, fetch, WebSocket } = options;
  const url = options.url.replace(/^ws/, 'http');
  if (!/^https?:/.test(url)) {
    throw new BackendError('url-invalid', `the laravel backend takes an http: or https: address, not ${url}`);
  }
  const routes = routesOf(options);
  const headers = typeof options.headers === 'object' ? withFixed(options.headers) : options.headers;
  const csrfCookie = options.csrfCookie ?? '/sanctum/csrf-cookie';
  const http = { url, headers, fetch, clock, ...(csrfCookie && { csrfCookie: { path: csrfCookie } }) };
  const { codec, actionOf } = laravelSpeech(options, routes);
  const lines = linesOf({ options, routes, url, headers, fetch, WebSocket, clock });
  const uplink = withHttpUplink({
    ...http,
    downlink: fallbackTransport({ transports: lines, clock }),
    routes: requestsOf(routes, options),
  });
  const starter = new Starter({ ...http, options, codec, routes, now: () => clock.date() });
  return { name: 'laravel', codec, transport: startedBy(starter, uplink, options, actionOf) };
}

function withFixed(headers: Readonly<Record<string, string>>) {
  return () => headers;
}

/** @throws {BackendError} `options-invalid` for a route without a path */
function routesOf({ routes = {} }: LaravelOptions): Routes {
  const found: Routes = {};
  for (const [name, route] of Object.entries({ ...USUAL_ROUTES, ...routes })) {
    if (route === false) continue;
    if (typeof route?.path !== 'string') rejectOption(`routes.${name}.path`, 'a text');
    found[name as LaravelRouteName] = route;
  }
  return found;
}

function requestsOf(routes: Routes, { resend = 'safe' }: LaravelOptions): HttpRoutes {
  const requests: Record<string, HttpRoute> = {};
  for (const [name, { body: _body, ...route }] of Object.entries(routes)) {
    if (BESIDE.has(name)) continue;
    const method = name === HISTORY ? 'GET' : 'POST';
    // Only messages tell by being refused that there is no conversation; everything else may be missing in a backend.
    requests[name] = { method, ...(name === SEND ? { resend } : { gone: false }), ...route };
  }
  return requests;
}

/** A line is opened for a conversation, so there has to be one first. */
function startedBy(
  starter: Starter,
  uplink: Transport,
  options: LaravelOptions,
  actionOf: LaravelSpeech['actionOf'],
): Transport {
  return {
    name: uplink.name,
    url: uplink.url,
    async open(session, events, signal) {
      const begun = await starter.begin(session, events, signal);
      if (begun.offered !== undefined) {
        return askingLink(begun.offered, { events, signal, starter, options, actionOf });
      }
      const line = new StartedLink(events, begun.fresh);
      line.carry(await uplink.open(begun.session, line.lineEvents, signal));
      for (const frame of begun.frames) events.onFrame(frame);
      return line;
    },
  };
}
