import { LaravelServer, type LaravelContract } from '../../test/e2e/support/laravel-server.js';
import { PlainChatServer } from '../../test/e2e/support/plain-chat-server.js';
import { ShopServer, type ShopOptions } from '../../test/e2e/support/shop-server.js';
import { AnsweringServer } from './answering-server.js';
import type { Counterpart, Row } from './counterpart.js';

const json = (options: object): string => `backend-options='${JSON.stringify(options)}'`;

async function shop(name: string, options: ShopOptions, backendOptions: object): Promise<Counterpart> {
  const server = await ShopServer.start(options);
  const confirms = options.acks === true;
  return {
    name,
    attributes: () => `preset="socket-io-shop" url="${server.url}" ${json(backendOptions)}`,
    heard: () => server.heard.map(({ message }) => message),
    say: (text) => {
      const { sessionId } = server.heard[0] ?? {};
      if (sessionId) server.reply(sessionId, { message: text });
    },
    cut: () => server.cut(),
    down: () => server.stop(),
    up: () => server.start(),
    ...(confirms && { loseAcks: (count: number) => void (server.loseAcks = count) }),
    stop: () => server.stop(),
  };
}

const reverb = (server: LaravelServer): object => ({
  reverb: { key: server.host.key, host: '127.0.0.1', port: server.port },
});

async function laravel(name: string, contract: LaravelContract, realtime = true): Promise<Counterpart> {
  const server = await LaravelServer.start({ contract, bot: false });
  server.realtime = realtime;
  return {
    name,
    attributes: () =>
      `preset="laravel-${contract}" url="${server.url}" ${contract === 'chatbot' ? '' : json(reverb(server))}`,
    heard: () =>
      server.conversations.flatMap(({ messages }) =>
        messages.filter(({ author }) => author === 'guest').map(({ content }) => content),
      ),
    say: (text) => (server.conversations.length ? server.says(text) : undefined),
    cut: () => server.cut(),
    down: () => server.down(),
    up: () => server.up(),
    loseAcks: (count) => void (server.loseAnswers = count),
    stop: () => server.stop(),
  };
}

async function answering(name: string, history: boolean): Promise<Counterpart> {
  const server = new AnsweringServer();
  await server.up();
  const routes = { history: { path: '/chat' }, poll: { path: '/chat' } };
  return {
    name,
    attributes: () => `backend="http" url="${server.url}/chat" ${history ? json({ routes }) : ''}`,
    heard: () => server.stored.filter(({ role }) => role === 'guest').map(({ text }) => text),
    ...(history && { say: (text: string) => server.say(text) }),
    cut: () => server.cut(),
    down: () => server.down(),
    up: () => server.up(),
    loseAcks: (count) => void (server.loseAnswers = count),
    stop: () => server.down(),
  };
}

/** The guest chat of the contract keeps its silence here: only what the rig says is counted. */
async function plain(name: string, confirms: boolean): Promise<Counterpart> {
  const server = await PlainChatServer.start({ silent: true, acks: confirms, ids: confirms });
  const guest = (): string | undefined => [...server.threads.keys()][0];
  const options = confirms ? json({ ack: 'event', resend: 'safe' }) : '';
  return {
    name,
    attributes: () => `preset="plain-websocket" url="${server.url}" ${options}`,
    heard: () =>
      [...server.threads.values()].flatMap((thread) =>
        thread.filter(({ role }) => role === 'guest').map(({ text }) => text),
      ),
    say: (text) => {
      const id = guest();
      if (id !== undefined) server.say(id, 'staff', text);
    },
    cut: () => server.cut(),
    down: () => server.kill(),
    up: () => server.start(),
    ...(confirms && { loseAcks: (count: number) => void (server.loseAcks = count) }),
    stop: () => server.kill(),
  };
}

const ACKED = {
  ack: true,
  resend: 'safe',
  resume: 'history',
  commands: {
    hello: { event: 'join-session', data: '$sessionId' },
    send: {
      event: 'chat-message',
      data: { sessionId: '$sessionId', message: '$text', sender: 'customer', clientId: '$clientId' },
    },
    history: { event: 'get-history', data: '$sessionId', ack: true },
  },
  events: { 'chat-response': 'message' },
};

/** The backends of the table, as their servers are found in the field. */
export const ROWS: readonly Row[] = [
  {
    name: '`socket-io-shop`, as it is',
    history: false,
    knowsRepeats: false,
    start() {
      return shop(this.name, { thinkMs: 600_000 }, {});
    },
  },
  {
    name: 'the same, with acks, ids and history',
    history: true,
    knowsRepeats: true,
    start() {
      return shop(this.name, { thinkMs: 600_000, acks: true, history: true, knowsRepeats: true }, ACKED);
    },
  },
  {
    name: '`laravel-chatbot`, on Reverb',
    history: true,
    knowsRepeats: true,
    start() {
      return laravel(this.name, 'chatbot');
    },
  },
  {
    name: '`laravel-livechat`, on Reverb',
    history: true,
    knowsRepeats: true,
    start() {
      return laravel(this.name, 'livechat');
    },
  },
  {
    name: '`laravel-resume`, on Reverb',
    history: true,
    knowsRepeats: true,
    start() {
      return laravel(this.name, 'resume');
    },
  },
  {
    name: '`laravel-livechat`, polled',
    history: true,
    knowsRepeats: true,
    start() {
      return laravel(this.name, 'livechat', false);
    },
  },
  {
    name: '`plain-websocket`, as it is',
    history: true,
    knowsRepeats: false,
    start() {
      return plain(this.name, false);
    },
  },
  {
    name: 'the same, with acks and ids',
    history: true,
    knowsRepeats: true,
    start() {
      return plain(this.name, true);
    },
  },
  {
    name: '`http`, with history and polling',
    history: true,
    knowsRepeats: true,
    start() {
      return answering(this.name, true);
    },
  },
  {
    name: '`http`, answers only',
    history: false,
    knowsRepeats: true,
    start() {
      return answering(this.name, false);
    },
  },
];
