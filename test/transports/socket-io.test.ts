import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import type { Session } from '../../src/protocol/session.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { readConnectError, readRefusal } from '../../src/transports/socket-io-closes.js';
import { socketIoTransport, type SocketIoTransportOptions } from '../../src/transports/socket-io.js';
import { LinkError, RefusedError, type Link, type LinkClose } from '../../src/transports/transport.js';
import { fakeSocketIo } from './fake-socket-io.js';

const SESSION: Session = { guestId: 'g1', token: 'secret' };

const setUp = (options: Partial<SocketIoTransportOptions> = {}) => {
  const clock = new ManualClock();
  const { io, sockets, calls } = fakeSocketIo();
  const frames: Frame[] = [];
  const closes: LinkClose[] = [];
  const transport = socketIoTransport({ url: 'https://shop.example/', io, clock, ...options });
  /** Starts to open a line; gives back the promise of it, which waits for the socket. */
  const begin = async (
    session = SESSION,
    signal = new AbortController().signal,
  ): Promise<{ opening: Promise<Link> }> => {
    const events = {
      onFrame: (frame: Frame) => void frames.push(frame),
      onFault: () => {},
      onClose: (close: LinkClose) => void closes.push(close),
    };
    const opening = transport.open(session, events, signal);
    opening.catch(() => {});
    await clock.settle();
    return { opening };
  };
  const opened = async (pid?: string): Promise<Link> => {
    const { opening } = await begin();
    sockets.at(-1)!.opens(pid);
    return opening;
  };
  return { clock, sockets, calls, frames, closes, begin, opened };
};

async function failure(promise: Promise<unknown>): Promise<LinkClose> {
  const error = await promise.then(
    () => new Error('it was opened'),
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(LinkError);
  return (error as LinkError).close;
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error('it was fulfilled'),
    (reason: unknown) => reason,
  );

describe('Socket.IO transport', () => {
  it('sets the client up so that it does nothing by itself', async () => {
    const { calls, sockets, opened } = setUp({ path: '/chat/io', withCredentials: true });
    await opened();
    expect(calls).to.deep.equal([
      [
        'https://shop.example/',
        {
          path: '/chat/io',
          withCredentials: true,
          autoConnect: false,
          forceNew: true,
          reconnection: false,
          timeout: false,
          tryAllTransports: true,
        },
      ],
    ]);
    expect(sockets[0]!.auth).to.deep.equal({ token: 'secret' });
    expect(sockets[0]!.io.opts.transports).to.deep.equal(['websocket', 'polling']);
  });

  it('carries events both ways, with none, one or more values', async () => {
    const { sockets, frames, opened } = setUp({
      manners: { join: { spread: true }, typing: { volatile: true } },
    });
    const link = await opened();
    const socket = sockets[0]!;
    await link.send({ event: 'say', data: { text: 'Hi' } });
    await link.send({ event: 'bare', data: undefined });
    await link.send({ event: 'join', data: ['room', 'me'] });
    await link.send({ event: 'list', data: [1, 2] });
    await link.send({ event: 'typing', data: true });
    expect(socket.sent).to.deep.equal([
      ['say', { text: 'Hi' }],
      ['bare'],
      ['join', 'room', 'me'],
      ['list', [1, 2]],
      ['volatile', 'typing', true],
    ]);
    socket.receives('a');
    socket.receives('b', { n: 1 });
    socket.receives('c', 1, 'two');
    expect(frames).to.deep.equal([
      { event: 'connect', data: { recovered: false, id: 's' } },
      { event: 'a', data: undefined },
      { event: 'b', data: { n: 1 } },
      { event: 'c', data: [1, 'two'] },
    ]);
  });

  it('answers the server with nothing, and keeps the question', async () => {
    const { sockets, frames, opened } = setUp();
    await opened();
    const answers: unknown[][] = [];
    sockets[0]!.receives('asks', { n: 1 }, (...args: unknown[]) => answers.push(args));
    expect(answers).to.deep.equal([[]]);
    expect(frames.at(-1)).to.deep.equal({ event: 'asks', data: { n: 1 } });
  });

  it('takes the cursor off what a server that recovers connections says, and nothing else', async () => {
    const { sockets, frames, opened } = setUp();
    await opened('secret id');
    sockets[0]!.receives('said', { n: 1 }, '1795227656032-0');
    sockets[0]!.receives('said', 'a text');
    sockets[0]!.receives('said', 1, 2);
    expect(frames.slice(1).map(({ data }) => data)).to.deep.equal([{ n: 1 }, 'a text', [1, 2]]);
  });

  it('resolves with the answer where one is promised', async () => {
    const { clock, sockets, opened } = setUp({ manners: { say: { ack: true } } });
    const link = await opened();
    const answers = [link.send({ event: 'say', data: 1 }), link.send({ event: 'say', data: 2 })];
    sockets[0]!.acks[1]!('stored');
    sockets[0]!.acks[0]!(null, { id: 7 });
    expect(await Promise.all(answers)).to.deep.equal([
      { event: 'say:answer', data: [null, { id: 7 }] },
      { event: 'say:answer', data: 'stored' },
    ]);
    link.close();
    expect(clock.pending).to.equal(0);
  });

  it('waits ten seconds for an answer, and says whether it may be sent again', async () => {
    const { clock, opened } = setUp({
      manners: { say: { ack: true, repeatable: true }, pay: { ack: true } },
    });
    const link = await opened();
    const fates = ['say', 'pay'].map((event) => rejection(link.send({ event, data: 1 })));
    await clock.advance(9999);
    await clock.advance(1);
    const [repeated, unknown] = (await Promise.all(fates)) as [RefusedError, RefusedError];
    expect(repeated).to.be.instanceOf(RefusedError);
    expect(repeated).to.include({ code: 'internal', retryAfterMs: 1000 });
    expect(unknown).to.include({ code: 'unconfirmed', retryAfterMs: undefined });
  });

  it('refuses to send what the client would keep for later', async () => {
    const { sockets, opened } = setUp({ manners: { ask: { ack: true } } });
    const link = await opened();
    const socket = sockets[0]!;
    socket.stuck = true;
    for (const event of ['say', 'ask']) {
      const error = await rejection(link.send({ event, data: 1 }));
      expect(error).to.be.instanceOf(Error).and.not.instanceOf(RefusedError);
    }
    expect(socket.sendBuffer).to.deep.equal([]);
    socket.connected = false;
    expect(await rejection(link.send({ event: 'say', data: 1 }))).to.be.instanceOf(Error);
  });

  it('is late after ten seconds, and then begins with the other wire', async () => {
    const { clock, sockets, begin } = setUp();
    const orders: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      const { opening } = await begin();
      orders.push(sockets.at(-1)!.io.opts.transports);
      const late = failure(opening);
      await clock.advance(10_000);
      expect(await late).to.include({ reason: 'late', retry: 'backoff' });
    }
    expect(orders).to.deep.equal([
      ['websocket', 'polling'],
      ['polling', 'websocket'],
      ['websocket', 'polling'],
    ]);
    expect(clock.pending).to.equal(0);
  });

  it('keeps the socket of a lost line for the same guest, and for nobody else', async () => {
    const { sockets, closes, begin, opened } = setUp();
    await opened();
    sockets[0]!.dies('transport close');
    expect(closes).to.have.length(1);
    await opened();
    expect(sockets).to.have.length(1);
    expect(sockets[0]!.anyListeners).to.have.length(1);
    sockets[0]!.dies('transport close');
    await begin({ guestId: 'g2' });
    expect(sockets).to.have.length(2);
    expect(sockets[1]!.auth).to.deep.equal({});
  });

  it('begins with a fresh socket after it was closed', async () => {
    const { sockets, closes, opened } = setUp();
    const link = await opened();
    link.close('removed');
    link.close('removed');
    sockets[0]!.dies('io client disconnect');
    expect(closes).to.deep.equal([]);
    expect(sockets[0]!.anyListeners).to.deep.equal([]);
    expect(sockets[0]!.listeners).to.deep.equal([]);
    expect(sockets[0]!.io.listeners).to.deep.equal([]);
    expect(sockets[0]!.io.engine.listeners).to.deep.equal([]);
    await opened();
    expect(sockets).to.have.length(2);
  });

  for (const [reason, close] of Object.entries({
    'transport close': { reason: 'lost', retry: 'backoff' },
    'transport error': { reason: 'lost', retry: 'backoff' },
    'ping timeout': { reason: 'lost', retry: 'backoff' },
    'io server disconnect': { reason: 'lost', retry: 'backoff' },
    'parse error': { reason: 'fault', retry: 'backoff' },
  })) {
    it(`says once that it ended by “${reason}”, and what that means`, async () => {
      const { clock, sockets, closes, opened } = setUp();
      await opened();
      sockets[0]!.dies(reason);
      sockets[0]!.dies('transport close');
      expect(closes).to.deep.equal([{ ...close, detail: reason }]);
      expect(clock.pending).to.equal(0);
    });
  }

  it('aborts before and while it opens', async () => {
    const { sockets, begin, closes, clock } = setUp();
    const before = await begin(SESSION, AbortSignal.abort());
    expect(((await rejection(before.opening)) as Error).name).to.equal('AbortError');
    expect(sockets).to.have.length(0);
    const opening = new AbortController();
    const attempt = await begin(SESSION, opening.signal);
    opening.abort();
    expect(((await rejection(attempt.opening)) as Error).name).to.equal('AbortError');
    expect(sockets[0]!.active).to.equal(false);
    sockets[0]!.opens();
    expect(closes).to.deep.equal([]);
    expect(clock.pending).to.equal(0);
  });

  it('fails, and may try again, where there is no client', async () => {
    const { begin } = setUp({
      io: () => {
        throw new Error('blocked');
      },
    });
    const { opening } = await begin();
    expect(await failure(opening)).to.deep.equal({
      reason: 'lost',
      retry: 'backoff',
      detail: 'no Socket.IO client: blocked',
    });
  });

  it('holds a server to answers only after the first one', async () => {
    const { clock, sockets, closes, opened } = setUp();
    const link = await opened();
    const { knock } = sockets[0]!.io;
    expect(knock!.attempts).to.equal(1);
    // This server says nothing to it. Its own ping is not overdue, so nothing is known.
    link.probe(3000);
    await clock.advance(3000);
    expect(closes).to.deep.equal([]);
    knock!.active = false;
    knock!.tell('connect_error', new Error('Invalid namespace'));
    link.probe(3000);
    expect(knock!.attempts).to.equal(2);
    await clock.advance(3000);
    expect(closes).to.deep.equal([{ reason: 'lost', retry: 'backoff', detail: 'no sign of life' }]);
    expect(clock.pending).to.equal(0);
  });

  it('is alive while anything comes', async () => {
    const { clock, sockets, closes, opened } = setUp();
    const link = await opened();
    const { knock } = sockets[0]!.io;
    knock!.active = false;
    knock!.tell('connect_error', new Error('Invalid namespace'));
    link.probe(3000);
    await clock.advance(2999);
    sockets[0]!.io.engine.tell('packet', { type: 'ping' });
    await clock.advance(10);
    expect(closes).to.deep.equal([]);
  });

  it('gives a server that answers nothing up when its own ping is overdue', async () => {
    const { clock, closes, opened } = setUp();
    const link = await opened();
    await clock.advance(25_001);
    link.probe(3000);
    await clock.advance(2999);
    expect(closes).to.deep.equal([]);
    await clock.advance(1);
    expect(closes).to.have.length(1);
  });

  it('leaves a namespace that lets it in', async () => {
    const { sockets, opened } = setUp();
    await opened();
    const { knock } = sockets[0]!.io;
    knock!.connected = true;
    knock!.tell('connect');
    expect(knock!.connected).to.equal(false);
  });

  it('asks by an event of the page instead', async () => {
    const { clock, sockets, closes, opened } = setUp({ probeEvent: 'there?' });
    const link = await opened();
    const socket = sockets[0]!;
    expect(socket.io.knock).to.equal(undefined);
    expect(socket.sent).to.deep.equal([['volatile', 'there?']]);
    socket.acks[0]!();
    link.probe(1000);
    expect(socket.sent).to.have.length(2);
    await clock.advance(1000);
    expect(closes).to.have.length(1);
  });
});

describe('what Socket.IO servers say when they refuse', () => {
  const reason = (message: string, data?: unknown): string => readRefusal({ message, data }).reason;

  it('is about a token, by the words in use', () => {
    for (const message of [
      'unauthorized',
      'Unauthorised',
      'jwt expired',
      'invalid token',
      'Authentication error',
    ]) {
      expect(reason(message), message).to.equal('unauthorized');
    }
    expect(reason('no', { code: 401 })).to.equal('unauthorized');
    expect(reason('no', { type: 'UnauthorizedError' })).to.equal('unauthorized');
    expect(reason('no', { code: 'invalid_token' })).to.equal('unauthorized');
    expect(reason('Not authenticated')).to.equal('unauthorized');
    expect(reason('no', { name: 'JWT' })).to.equal('unauthorized');
    expect(reason('no', 'token expired')).to.equal('unauthorized');
  });

  it('is final otherwise', () => {
    for (const message of ['Invalid namespace', 'banned', '', 'too many tokens4u']) {
      expect(readRefusal({ message, data: undefined })).to.deep.equal({
        reason: 'refused',
        retry: 'never',
        detail: message,
      });
    }
  });

  it('may stand in the answer to the handshake', () => {
    const answer = (status: number, body?: unknown) =>
      readConnectError({
        message: 'xhr poll error',
        description: status,
        context: { responseText: typeof body === 'string' ? body : JSON.stringify(body) },
      });
    expect(answer(400, { code: 5, message: 'Unsupported protocol version' })).to.include({ retry: 'never' });
    expect(answer(400, { code: 1, message: 'Session ID unknown' })).to.include({
      retry: 'backoff',
      reason: 'lost',
    });
    expect(answer(401)).to.include({ reason: 'unauthorized' });
    expect(answer(403, '<html>')).to.include({ reason: 'refused' });
    expect(answer(503, '<html>')).to.deep.equal({
      reason: 'lost',
      retry: 'backoff',
      code: 503,
      detail: 'xhr poll error',
    });
    expect(readConnectError(undefined)).to.include({ reason: 'lost', retry: 'backoff' });
    expect(
      readConnectError(new Error('It seems you are trying to reach a Socket.IO server in v2.x')),
    ).to.include({
      reason: 'refused',
    });
  });
});
