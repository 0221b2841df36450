import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { LinkError, type Link, type LinkClose } from '../../src/transports/transport.js';
import { webSocketTransport } from '../../src/transports/websocket.js';
import { fakeWebSocket } from './fake-socket.js';
import { ToldEvents } from './told-events.js';

const session = { guestId: 'g1' };

const setUp = () => {
  const clock = new ManualClock();
  const { WebSocket, sockets } = fakeWebSocket();
  const frames: Frame[] = [];
  const faults: string[] = [];
  const closes: LinkClose[] = [];
  const transport = webSocketTransport({
    url: 'wss://chat.example',
    subprotocol: 'chat-widget.v1',
    WebSocket,
    clock,
    heartbeat: {
      intervalMs: 10_000,
      ping: (t) => ({ event: 'ping', data: { t } }),
      announced: ({ event, data }) => (event === 'welcome' ? (data as { ms: number }).ms : undefined),
    },
  });
  const open = (signal = new AbortController().signal): Promise<Link> =>
    transport.open(
      session,
      {
        onFrame: (frame) => frames.push(frame),
        onFault: (error) => faults.push(error.message),
        onClose: (close) => closes.push(close),
      },
      signal,
    );
  const opened = async (): Promise<Link> => {
    const link = open();
    sockets.at(-1)!.opens();
    return link;
  };
  return { clock, sockets, frames, faults, closes, open, opened };
};

async function failure(promise: Promise<unknown>): Promise<LinkClose> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(LinkError);
    return (error as LinkError).close;
  }
  throw new Error('it was opened');
}

describe('WebSocket transport', () => {
  it('carries frames both ways, in order', async () => {
    const { sockets, frames, opened } = setUp();
    const link = await opened();
    await link.send({ event: 'hello', data: { guestId: 'g1' } });
    sockets[0]!.receives({ type: 'a', n: 1 });
    sockets[0]!.receives({ type: 'b', n: 2 });
    expect(sockets[0]!.sent).to.deep.equal([{ type: 'hello', guestId: 'g1' }]);
    expect(frames).to.deep.equal([
      { event: 'a', data: { n: 1 } },
      { event: 'b', data: { n: 2 } },
    ]);
  });

  it('offers its subprotocol, and on every other failure goes without', async () => {
    const { sockets, open } = setUp();
    for (let i = 0; i < 3; i++) {
      const attempt = open();
      sockets.at(-1)!.dies(1006);
      await failure(attempt);
    }
    expect(sockets.map(({ protocols }) => protocols)).to.deep.equal([
      'chat-widget.v1',
      undefined,
      'chat-widget.v1',
    ]);
  });

  it('calls an attempt late that does not open within ten seconds', async () => {
    const { clock, sockets, open } = setUp();
    const attempt = failure(open());
    await clock.advance(10_000);
    expect(await attempt).to.include({ reason: 'late', retry: 'backoff' });
    expect(sockets[0]!.closed).not.to.equal(undefined);
  });

  it('does not wait for a close that never follows an error, as where the policy of the page forbids the address', async () => {
    const { clock, sockets, closes, open, opened } = setUp();
    const attempt = failure(open());
    sockets[0]!.readyState = 3;
    sockets[0]!.onerror?.();
    await clock.advance(100);
    expect(await attempt).to.deep.equal({ reason: 'lost', retry: 'backoff', code: 1006 });
    // Of an open line the close always comes.
    await opened();
    sockets[1]!.onerror?.();
    await clock.advance(5000);
    sockets[1]!.onclose?.({ code: 1011, reason: '' });
    expect(closes).to.deep.equal([{ reason: 'lost', retry: 'backoff', code: 1011 }]);
  });

  it('refuses an address that no socket takes, for good', async () => {
    const { WebSocket } = fakeWebSocket();
    const transport = webSocketTransport({ url: 'http://chat.example', WebSocket });
    const events = { onFrame() {}, onFault() {}, onClose() {} };
    expect(await failure(transport.open(session, events, new AbortController().signal))).to.include({
      reason: 'refused',
      retry: 'never',
    });
  });

  it('aborts while opening and closes the socket', async () => {
    const { sockets, closes, open } = setUp();
    const opening = new AbortController();
    const attempt = open(opening.signal);
    opening.abort();
    const error = await attempt.catch((reason: unknown) => reason);
    expect((error as DOMException).name).to.equal('AbortError');
    expect(sockets[0]!.closed).not.to.equal(undefined);
    sockets[0]!.dies(1006);
    expect(closes).to.deep.equal([]);
  });

  it('says once how it ended', async () => {
    const { sockets, closes, opened } = setUp();
    await opened();
    sockets[0]!.dies(4401, 'expired');
    sockets[0]!.dies(1006);
    expect(closes).to.deep.equal([{ reason: 'unauthorized', retry: 'now', code: 4401, detail: 'expired' }]);
  });

  it('closes with 1000 from our side, and says nothing of it', async () => {
    const { sockets, closes, frames, opened } = setUp();
    const link = await opened();
    link.close('removed');
    link.close('removed');
    expect(sockets[0]!.closed).to.deep.equal({ code: 1000, reason: 'removed' });
    sockets[0]!.receives({ type: 'late' });
    sockets[0]!.dies(1000);
    expect(closes).to.deep.equal([]);
    expect(frames).to.deep.equal([]);
  });

  it('notices a line that is dead without a word', async () => {
    const { clock, sockets, closes, opened } = setUp();
    await opened();
    await clock.advance(10_000);
    expect(sockets[0]!.sent).to.deep.equal([{ type: 'ping', t: 5000 }]);
    expect(closes).to.have.length(1);
    expect(closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
    expect(clock.pending).to.equal(0);
  });

  it('beats as the server announces', async () => {
    const { clock, sockets, opened } = setUp();
    await opened();
    sockets[0]!.receives({ type: 'welcome', ms: 2000 });
    await clock.advance(1000);
    expect(sockets[0]!.sent).to.have.length(1);
  });

  it('reports what is no frame and stays open', async () => {
    const { sockets, faults, frames, closes, opened } = setUp();
    await opened();
    for (const garbage of ['', '{', '[]', 'null', '42', '{"no":"type"}', '{"type":7}', 'x'.repeat(300_000)]) {
      sockets[0]!.receives(garbage);
    }
    sockets[0]!.receives(new Blob(['{"type":"binary"}']));
    sockets[0]!.receives({ type: 'fine' });
    expect(faults).to.have.length(9);
    expect(frames).to.deep.equal([{ event: 'fine', data: {} }]);
    expect(closes).to.deep.equal([]);
  });

  it('speaks in other frames where it is told how, several at once if need be', async () => {
    const { WebSocket, sockets } = fakeWebSocket();
    const transport = webSocketTransport({
      url: 'wss://chat.example',
      WebSocket,
      framing: {
        write: ({ event, data }) => (data as unknown[]).map((each) => JSON.stringify([event, each])),
        read: (text) => ({ event: 'raw', data: text }),
      },
    });
    const told = new ToldEvents();
    const opening = transport.open(session, told, new AbortController().signal);
    sockets[0]!.opens();
    const link = await opening;
    await link.send({ event: 'say', data: ['one', 'two'] });
    await link.send({ event: 'say', data: [] });
    sockets[0]!.receives('"three"');
    expect(sockets[0]!.sent).to.deep.equal([
      ['say', 'one'],
      ['say', 'two'],
    ]);
    expect(told.frames).to.deep.equal([{ event: 'raw', data: '"three"' }]);
  });

  it('rejects a frame it cannot hand over', async () => {
    const { sockets, opened } = setUp();
    const link = await opened();
    sockets[0]!.readyState = 2;
    const error = await link.send({ event: 'send', data: {} }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error);
    link.probe();
    expect(sockets[0]!.sent).to.deep.equal([]);
  });
});
