import { expect } from '@open-wc/testing';
import type { BackendError } from '../../../src/backends/backend.js';
import { socketIoBackend } from '../../../src/backends/socket-io/index.js';
import type { SocketIoOptions } from '../../../src/backends/socket-io/wire.js';
import type { Session } from '../../../src/protocol/session.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';
import { fakeSocketIo } from '../../transports/fake-socket-io.js';

const setUp = async (url: string, options: SocketIoOptions = {}, session: Session = { guestId: 'g1' }) => {
  const clock = new ManualClock();
  const { io, sockets, calls } = fakeSocketIo();
  const { transport } = socketIoBackend({ url, io, clock, ...options });
  const events = { onFrame() {}, onFault() {}, onClose() {} };
  transport.open(session, events, new AbortController().signal).catch(() => {});
  await clock.settle();
  const [address, { path }] = calls[0] as [string, { path: string }];
  return { address, path, auth: sockets[0]!.auth };
};

describe('Socket.IO backend', () => {
  it('takes addresses of both kinds, and a path in them as the namespace', async () => {
    for (const [url, address, path] of [
      ['https://shop.example', 'https://shop.example/', '/socket.io/'],
      ['wss://shop.example', 'https://shop.example/', '/socket.io/'],
      ['ws://shop.example:3000/support/', 'http://shop.example:3000/support', '/socket.io/'],
      ['https://shop.example/socket.io/', 'https://shop.example/', '/socket.io/'],
      ['https://shop.example/api/socket.io', 'https://shop.example/', '/api/socket.io'],
    ] as const) {
      expect(await setUp(url)).to.include({ address, path });
    }
    expect(await setUp('https://shop.example/support', { path: '/io' })).to.include({
      address: 'https://shop.example/support',
      path: '/io',
    });
  });

  it('says who it is, what it knows, and what the page adds', async () => {
    const { auth } = await setUp(
      'https://shop.example',
      { auth: { shop: 'de', session: '$sessionId' } },
      {
        guestId: 'g1',
        conversationId: 'c1',
        token: 'secret',
        epoch: 'e',
        cursor: 3,
        known: {
          mode: 'ai',
          participants: [],
          messages: [
            { id: 'm1', seq: 1 },
            { id: 'mine', clientId: 'mine', seq: 2 },
            { id: 'local:x', seq: 3 },
          ],
        },
      },
    );
    expect(auth).to.deep.equal({ token: 'secret', after: 'm1', shop: 'de', session: 'c1' });
    expect((await setUp('https://shop.example')).auth).to.deep.equal({});
  });

  it('says what is wrong with its options', () => {
    const wrong = (url: string, options: object = {}): string => {
      try {
        socketIoBackend({ url, ...options });
      } catch (error) {
        const { code, message } = error as BackendError;
        return `${code}: ${message}`;
      }
      throw new Error('it was accepted');
    };
    expect(wrong('ftp://shop.example')).to.match(/^url-invalid: .*ftp:/);
    expect(wrong('https://shop.example', { io: {} })).to.match(/^options-invalid: backendOptions\.io/);
    expect(wrong('https://shop.example', { transports: ['sse'] })).to.match(/backendOptions\.transports/);
    expect(wrong('https://shop.example', { transports: 'polling' })).to.match(/backendOptions\.transports/);
    expect(wrong('https://shop.example', { auth: { a: '$nothing' } })).to.match(/backendOptions\.auth\.a/);
  });
});
