import type { Codec } from '../../protocol/codec.js';
import type { Frame } from '../../protocol/frame.js';
import type { LooseEvent } from '../../protocol/loose-event.js';
import type { Session } from '../../protocol/session.js';
import { withHttpUplink, type HttpRoutes, type HttpUplinkOptions } from '../../transports/http-uplink.js';
import { requestOnlyTransport } from '../../transports/request-only.js';
import { LinkError, RefusedError, type LinkClose, type LinkEvents } from '../../transports/transport.js';
import { compilePath, compileTemplate, valuesOf } from '../mapping.js';
import { hinted } from './codec.js';
import { START, TOLD, type LaravelOptions, type LaravelRoute, type LaravelRouteName } from './wire.js';

/** What starting needs. */
export interface StarterOptions extends Omit<HttpUplinkOptions, 'downlink' | 'routes'> {
  options: LaravelOptions;
  codec: Codec<LooseEvent>;
  routes: Readonly<Partial<Record<LaravelRouteName, LaravelRoute>>>;
  /** Now, in milliseconds since 1970. */
  now(): number;
}

/** What came of it. */
export interface Started {
  /** The session with the conversation that a line can be opened for. */
  readonly session: Session;
  /** Whether the backend has just said that the conversation exists. */
  readonly fresh: boolean;
  /** What is to be told first. */
  readonly frames: readonly Frame[];
  /** The conversation that the guest has to be asked about before anything goes on. */
  readonly offered?: string;
}

/** How the guest decided about a conversation that was offered. */
export type Choice = { readonly resume: string } | 'restart';

const CLOSED = /^(?:closed|ended|resolved|expired|archived)$/i;
const HOUR_MS = 3_600_000;

/** Starts conversations by HTTP, and goes on with those that are still open. */
export class Starter {
  /** How the guest has decided; used once. */
  choice: Choice | undefined;
  /** What opens the conversation that was offered. */
  #offered: Pick<Session, 'resumeToken'> = {};
  readonly #options: StarterOptions;
  readonly #requests: HttpRoutes;

  constructor(options: StarterOptions) {
    const { start, resume, status } = options.routes;
    this.#options = options;
    this.#requests = {
      ...(start && { start: { method: 'POST', gone: false, ...start } }),
      ...(resume && { resume: { method: 'POST', gone: true, ...resume } }),
      ...(status && { status: { method: 'GET', gone: true, ...status } }),
    };
  }

  /**
   * Finds the conversation of a session, or starts one.
   * @throws {LinkError} `gone` when it is over, or why nothing could be learned; an `AbortError` when `signal` fired
   */
  async begin(session: Session, events: LinkEvents, signal: AbortSignal): Promise<Started> {
    const { choice } = this;
    this.choice = undefined;
    // Before there is a conversation, it goes by the name of the guest.
    const known = session.conversationId === session.guestId ? undefined : session.conversationId;
    const chosen = typeof choice === 'object' ? choice.resume : undefined;
    if (chosen !== undefined) {
      return this.#resume({ ...session, ...this.#offered, conversationId: chosen }, events, signal);
    }
    if (known !== undefined && choice !== 'restart') return this.#resume(session, events, signal);
    return this.#start({ ...session, conversationId: undefined }, choice === 'restart', events, signal);
  }

  async #resume(session: Session, events: LinkEvents, signal: AbortSignal): Promise<Started> {
    const conversationId = session.conversationId!;
    const { resumeToken } = session;
    const told = (data: object): Frame => ({ event: TOLD, data: { type: 'welcome', ...data } });
    // An answer may bring a fresh secret; which conversation it is about is known.
    const frames: Frame[] = resumeToken ? [told({ resumeToken })] : [];
    let fresh = false;
    for (const name of ['status', 'resume'] as const) {
      if (!this.#requests[name]) continue;
      const data = await this.#ask(name, session, events, signal);
      this.#check(data);
      frames.push({ event: START, data });
      fresh = true;
    }
    frames.push(told({ conversationId, resumed: true }));
    const named = this.#named({ ...session, conversationId }, frames);
    return { session: named, fresh, frames };
  }

  async #start(
    session: Session,
    decided: boolean,
    events: LinkEvents,
    signal: AbortSignal,
  ): Promise<Started> {
    const { options } = this.#options;
    if (!this.#requests['start']) {
      const close = {
        reason: 'refused',
        retry: 'never',
        detail: 'no conversation, and no route to start one',
      };
      throw new LinkError(close as LinkClose);
    }
    const data = await this.#ask('start', session, events, signal, decided ? { restart: true } : {});
    const frames = [{ event: START, data }];
    const offer = options.offer && !decided ? compilePath(options.offer, 'offer')(data) : undefined;
    const offered = typeof offer === 'object' ? (offer as { id?: unknown }).id : offer;
    if (typeof offered === 'string' || typeof offered === 'number') {
      const { resumeToken } = this.#named(session, frames);
      this.#offered = resumeToken ? { resumeToken } : {};
      return { session, fresh: false, frames: [], offered: `${offered}` };
    }
    const started = this.#named(session, frames);
    if (started.conversationId === undefined) {
      const detail = 'the answer to start names no conversation';
      throw new LinkError({ reason: 'fault', retry: 'backoff', detail });
    }
    return { session: started, fresh: true, frames };
  }

  /** Reads who is who from what was answered. */
  #named(session: Session, frames: readonly Frame[]): Session {
    let named = session;
    for (const frame of frames) {
      for (const event of this.#options.codec.decode(frame)) {
        if (event.type !== 'welcome') continue;
        const { conversationId, resumeToken } = event;
        named = { ...named, ...(conversationId && { conversationId }), ...(resumeToken && { resumeToken }) };
      }
    }
    return named;
  }

  /** @throws {LinkError} `gone` for a conversation that is closed, or too old to go on with */
  #check(data: unknown): void {
    const { options, now } = this.#options;
    const find = (...path: string[]): unknown => compilePath(path, 'status')(data);
    const status = find('status', 'conversation.status', 'data.status');
    const isOver = typeof status === 'string' && CLOSED.test(status);
    const refused = [find('can_resume'), find('resumable'), find('open')].includes(false);
    const began = Date.parse(
      `${find('created_at', 'started_at', 'conversation.created_at', 'data.created_at')}`,
    );
    const isOld = now() - began > (options.resumeHours ?? 24) * HOUR_MS;
    if (isOver || refused || isOld) {
      throw new LinkError({
        reason: 'gone',
        retry: 'now',
        detail: isOld ? 'too old to resume' : `${status}`,
      });
    }
  }

  /** Makes one request as every other is made: with token, CSRF proof and device hint. */
  async #ask(
    name: 'start' | 'resume' | 'status',
    session: Session,
    events: LinkEvents,
    signal: AbortSignal,
    more: object = {},
  ): Promise<unknown> {
    const { options, routes, codec: _codec, now: _now, ...uplink } = this.#options;
    const fill = compileTemplate(routes[name]!.body ?? {}, `routes.${name}.body`);
    const values = valuesOf({ type: 'end' }, session);
    const hint = hinted(session, options.deviceHintField ?? 'client_fingerprint');
    let ended: LinkClose | undefined;
    const told: LinkEvents = { ...events, onClose: (close) => (ended = close) };
    const line = withHttpUplink({ ...uplink, downlink: requestOnlyTransport(), routes: this.#requests });
    const link = await line.open(session, told, signal);
    const onAbort = (): void => link.close();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const data = { ...(fill(values) as object), ...hint, ...more };
      const answer = await link.send({ event: name, data });
      return answer ? answer.data : undefined;
    } catch (error) {
      signal.throwIfAborted();
      throw new LinkError(ended ?? closeOf(error));
    } finally {
      signal.removeEventListener('abort', onAbort);
      link.close();
    }
  }
}

/** A request that was refused leaves hope unless the server has said what is wrong with it. */
function closeOf(error: unknown): LinkClose {
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RefusedError)) return { reason: 'lost', retry: 'backoff', detail };
  const { code, retryAfterMs } = error;
  if (code !== 'internal' && code !== 'rate-limited') return { reason: 'refused', retry: 'never', detail };
  const reason = code === 'internal' ? 'lost' : 'busy';
  // Waiting longer is the connection's own affair, unless the server has asked for it.
  return { reason, retry: 'backoff', detail, ...(reason === 'busy' && { retryAfter: retryAfterMs ?? 0 }) };
}
