import type { Session } from '../../protocol/session.js';
import { NATIVE_CLOSE_CODES, readCloseCode } from '../../transports/close-codes.js';
import {
  LinkError,
  type Link,
  type LinkClose,
  type LinkEvents,
  type Transport,
} from '../../transports/transport.js';
import { webSocketTransport } from '../../transports/websocket.js';
import { BackendError, type Backend, type BackendOptions } from '../backend.js';
import { compileName, rejectOption, valuesOf } from '../mapping.js';
import { expectOneOf } from '../speech.js';
import { websocketSpeech, type WebsocketSpeech } from './codec.js';
import type { WebsocketOptions } from './wire.js';

/**
 * A backend for servers that speak JSON over a plain WebSocket, in whatever words. Without options they speak with our own
 * names; see docs/backends/websocket.md.
 * @throws {BackendError} `url-invalid` for an address of another kind, `options-invalid` for options that are wrong
 */
export function websocketBackend(options: BackendOptions & WebsocketOptions): Backend {
  const { WebSocket, clock } = options;
  const subprotocol = options.subprotocol ?? undefined;
  if (subprotocol !== undefined && typeof subprotocol !== 'string') rejectOption('subprotocol', 'a text');
  const { codec, answer, ...speech } = websocketSpeech(options);
  const { address, addressFor } = addressOf(options);
  const wire = { ...speech, readClose: closesOf(options), subprotocol, WebSocket, clock };
  let transport = webSocketTransport({ ...wire, url: address });
  return {
    name: 'websocket',
    codec,
    transport: {
      name: transport.name,
      url: address,
      async open(session, events, signal) {
        const url = addressFor(session);
        // The same wire as long as it can be, because it remembers which subprotocol has failed.
        if (url !== transport.url) transport = webSocketTransport({ ...wire, url });
        return openAnswering(transport, answer, session, events, signal);
      },
    },
  };
}

/** Opens a line on which frames of the server are answered by themselves, if they are to be. */
function openAnswering(
  transport: Transport,
  answer: WebsocketSpeech['answer'],
  session: Session,
  events: LinkEvents,
  signal: AbortSignal,
): Promise<Link> {
  const opening = transport.open(
    session,
    {
      onFrame(frame) {
        const back = answer(frame);
        // A line that goes down in this very moment cannot carry it; its end is told by itself.
        if (back) opening.then((link) => link.send(back)).catch(() => {});
        events.onFrame(frame);
      },
      onFault: (error) => events.onFault(error),
      onClose: (close) => events.onClose(close),
      onReport: (report) => events.onReport?.(report),
    },
    signal,
  );
  return opening;
}

/** Where a line goes; names in braces are filled in for each. */
function addressOf({ url }: BackendOptions): { address: string; addressFor(session: Session): string } {
  // Braces were encoded when the address was resolved against the page.
  const address = url.replace(/^http/, 'ws').replace(/%7B(\w+)%7D/gi, '{$1}');
  if (!/^wss?:/.test(address)) {
    throw new BackendError('url-invalid', `the websocket backend takes a ws: or wss: address, not ${url}`);
  }
  const fill = compileName(address, 'url');
  return {
    address,
    addressFor(session) {
      const filled = fill(valuesOf({ type: 'end' }, session), encodeURIComponent);
      if (filled !== undefined) return filled;
      const detail = `something is not known that the address needs: ${address}`;
      throw new LinkError({ reason: 'refused', retry: 'never', detail });
    },
  };
}

/** What close codes mean: what the options say, else what they mean in our own protocol. */
function closesOf({ closes }: WebsocketOptions): (code: number, detail: string) => LinkClose {
  const verdicts = new Map(Object.values(NATIVE_CLOSE_CODES).map((verdict) => [verdict.reason, verdict]));
  const table = { ...NATIVE_CLOSE_CODES };
  for (const [code, reason] of Object.entries(closes ?? {})) {
    if (!/^[1-4]\d{3}$/.test(code)) rejectOption(`closes.${code}`, 'a close code, from 1000 to 4999');
    expectOneOf(`closes.${code}`, reason, 'lost', ...verdicts.keys());
    table[Number(code)] = verdicts.get(reason) ?? { reason: 'lost', retry: 'backoff' };
  }
  return (code, detail) => readCloseCode(code, detail, table);
}
