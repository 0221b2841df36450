import { defineCodec, registerBackend, webSocketTransport, type LooseMessage } from '../../src/index.js';

/** A message as this server writes it. */
interface Line {
  no: string;
  by: 'customer' | 'bot' | 'clerk';
  words: string;
  at: string;
  ref?: string;
}

const ROLE = { customer: 'guest', bot: 'ai', clerk: 'staff' } as const;

const toMessage = ({ no, by, words, at, ref }: Line): LooseMessage => ({
  id: no,
  role: ROLE[by],
  text: words,
  sentAt: at,
  clientId: ref,
});

/** The worked example of docs/backends/custom.md: a server with names of its own, and nothing changed in it. */
export function registerShopDesk(): void {
  registerBackend('shop-desk', ({ url, WebSocket }) => ({
    name: 'shop-desk',
    transport: webSocketTransport({ url: url.replace(/^http/, 'ws'), WebSocket }),
    codec: defineCodec({
      traits: { ack: 'event', greets: false, resend: 'safe', resume: 'cursor' },
      commands: {
        hello: (_command, { guestId }) => ({ event: 'enter', data: { customer: guestId } }),
        history: ({ afterId }) => ({ event: 'lines', data: { since: afterId } }),
        send: ({ clientId, text }) => ({ event: 'say', data: { ref: clientId, words: text } }),
        typing: ({ active }) => ({ event: 'writing', data: { active } }),
        escalate: () => ({ event: 'call-clerk', data: {} }),
      },
      events: {
        lines: (data) => {
          const { lines } = data as { lines: Line[] };
          return { type: 'history', messages: lines.map((line) => toMessage(line)), hasMore: false };
        },
        line: (data) => ({ type: 'message', message: toMessage(data as Line) }),
        noted: (data) => {
          const { ref, no, at } = data as { ref: string; no: string; at: string };
          return { type: 'ack', clientId: ref, id: no, sentAt: at };
        },
        clerk: (data) => {
          const author = { id: 'clerk', role: 'staff', name: (data as { name: string }).name } as const;
          return [
            { type: 'joined', author },
            { type: 'mode', mode: 'staff' },
            { type: 'message', message: { role: 'system', event: 'staff-joined', author, text: '' } },
          ];
        },
      },
    }),
  }));
}
