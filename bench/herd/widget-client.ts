import {
  BACKOFF_BASE_MS,
  BACKOFF_CAP_HIDDEN_MS,
  BACKOFF_CAP_VISIBLE_MS,
} from '../../src/connection/backoff.js';
import { RetryPolicy, type Decision } from '../../src/connection/retry-policy.js';
import type { Clock } from '../../src/platform/clock.js';
import { readCloseCode } from '../../src/transports/close-codes.js';
import type { LinkClose } from '../../src/transports/transport.js';
import type { ClientKind, ClientModel, Ending, Failure } from './client-model.js';

/** How long the line had been greeted before it was lost, in milliseconds: long enough to forget old failures. */
const UP_MS = 60_000;

/** What `Connection` does with its `RetryPolicy`, and nothing else: the policy, the backoff and the codes are what ships. */
class WidgetClient implements ClientModel {
  readonly #policy: RetryPolicy;
  readonly #visible: boolean;
  readonly #proxy: Ending | undefined;

  constructor(clock: Clock, visible: boolean, proxy?: Ending) {
    this.#policy = new RetryPolicy(clock);
    this.#visible = visible;
    this.#proxy = proxy;
  }

  /** The clock must tell a time long before the loss. */
  greet(): this {
    this.#policy.started();
    this.#policy.greeted();
    return this;
  }

  lost(ending: Ending): number {
    const { code, bye } = this.#proxy ?? ending;
    if (bye) this.#policy.bye(bye.retryAfterMs, bye.spreadMs);
    return this.#after(readCloseCode(code, ''));
  }

  started(): void {
    this.#policy.started();
  }

  failed(failure: Failure): number {
    if (failure === 'refused' && this.#proxy) return this.lost(this.#proxy);
    // The verdict of src/transports/websocket.ts on a socket that does not open in time.
    return this.#after(failure === 'late' ? { reason: 'late', retry: 'backoff' } : readCloseCode(1006, ''));
  }

  #after(close: LinkClose): number {
    const decision: Decision = this.#policy.after(close, { visible: this.#visible, renewable: false });
    if (decision.status !== 'reconnecting') throw new Error(`a client gave up: ${decision.reason}`);
    return decision.delayMs;
  }
}

function kind(name: string, visible: boolean, proxy?: Ending): ClientKind {
  const cap = visible ? BACKOFF_CAP_VISIBLE_MS : BACKOFF_CAP_HIDDEN_MS;
  return {
    name,
    parameters: `full jitter: random(0, min(${cap / 1000} s, ${BACKOFF_BASE_MS / 1000} s · 2ⁿ)); \`bye\`; open timeout 10 s`,
    source: 'runs `src/connection/retry-policy.ts`, `backoff.ts` and `src/transports/close-codes.ts`',
    // OPEN_TIMEOUT_MS of src/transports/websocket.ts.
    openTimeoutMs: 10_000,
    create(clock) {
      const now = clock.time;
      clock.time = now - UP_MS;
      const client = new WidgetClient(clock, visible, proxy).greet();
      clock.time = now;
      return client;
    },
  };
}

/** Our client while somebody looks at the page. */
export const widget = kind('chat-widget', true);
/** Our client in a page that nobody looks at. */
export const hiddenWidget = kind('chat-widget, hidden', false);

/**
 * Our client behind a proxy that stays while the server is away: it ends every line, and turns away whom the server does
 * not take, with words instead of a refusal.
 */
export const proxiedWidget = (proxy: Ending): ClientKind =>
  kind('chat-widget, behind a proxy that says `bye`', true, proxy);
