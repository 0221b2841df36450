import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define.js';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import { BackendError, loadBackend, registerBackend } from '../../src/index.js';
import { fakeWebSocket, type FakeSocket } from '../transports/fake-socket.js';
import { registerShopDesk } from './shop-desk.js';

const AT = '2026-11-25T10:00:00.000Z';

/** What the widget has sent, by name. */
const sent = (socket: FakeSocket, type: string): Record<string, unknown>[] =>
  (socket.sent as Record<string, unknown>[]).filter((frame) => frame['type'] === type);

describe('a backend of the page', function aBackendOfThePage() {
  // What a widget connects with is fetched first, file by file here.
  this.timeout(10_000);
  const open = async () => {
    registerShopDesk();
    const { WebSocket, sockets } = fakeWebSocket();
    const widget = await fixture<ChatWidget>(
      html`<chat-widget url="wss://shop.test/${crypto.randomUUID()}" backend="shop-desk" persistence="none"></chat-widget>`,
    );
    widget.WebSocket = WebSocket;
    widget.show();
    await waitUntil(() => sockets.length > 0, 'connects', { timeout: 8_000 });
    const socket = sockets[0]!;
    socket.opens();
    await waitUntil(() => sent(socket, 'lines').length > 0);
    socket.receives({ type: 'lines', lines: [{ no: 'a1', by: 'bot', words: 'Welcome in', at: AT }] });
    await waitUntil(() => widget.messages.length > 0);
    return { widget, socket, sockets };
  };

  it('is found by its name, and speaks in its own words', async () => {
    const { widget, socket } = await open();
    expect(widget.status).to.equal('online');
    expect(socket.sent.slice(0, 1)).to.deep.equal([
      { type: 'enter', customer: widget.client!.state.guestId },
    ]);
    expect(widget.client!.state.features).to.deep.equal(['typing', 'escalation']);
    const fate = widget.send('Hello');
    await waitUntil(() => sent(socket, 'say').length > 0);
    const { ref, words } = sent(socket, 'say')[0]!;
    expect(words).to.equal('Hello');
    socket.receives({ type: 'line', no: 'a3', by: 'clerk', words: 'Hi there', at: AT });
    socket.receives({ type: 'noted', ref, no: 'a2', at: AT });
    expect((await fate).id).to.equal('a2');
    await waitUntil(() => widget.messages.length === 3);
    expect(widget.messages.map(({ text }) => text)).to.deep.equal(['Welcome in', 'Hello', 'Hi there']);
    socket.receives({ type: 'clerk', name: 'Maya' });
    await waitUntil(() => widget.answering === 'staff');
    expect(widget.messages.at(-1)).to.include({ role: 'system', event: 'staff-joined' });
  });

  it('is asked for what was missed after the last of its ids, and a message is not stored twice', async () => {
    const { widget, socket, sockets } = await open();
    const fate = widget.send('Hello');
    await waitUntil(() => sent(socket, 'say').length > 0);
    const { ref } = sent(socket, 'say')[0]!;
    socket.dies(1006);
    widget.connect();
    await waitUntil(() => sockets.length > 1);
    const again = sockets[1]!;
    again.opens();
    await waitUntil(() => sent(again, 'lines').length > 0);
    expect(sent(again, 'lines')[0]).to.deep.equal({ type: 'lines', since: 'a1' });
    again.receives({
      type: 'lines',
      lines: [
        { no: 'a2', by: 'customer', words: 'Hello', at: AT, ref },
        { no: 'a3', by: 'bot', words: 'Yes?', at: AT },
      ],
    });
    expect((await fate).id).to.equal('a2');
    await waitUntil(() => widget.messages.length === 3);
    expect(sent(again, 'say')).to.deep.equal([]);
    expect(widget.messages.map(({ text }) => text)).to.deep.equal(['Welcome in', 'Hello', 'Yes?']);
  });

  it('cannot take one of the names that come with the widget', () => {
    for (const name of ['native', 'laravel', '']) {
      expect(() => registerBackend(name, () => Promise.reject(new Error('never')))).to.throw(BackendError);
    }
  });

  it('gets an absolute address, whatever its scheme', async () => {
    let seen = '';
    registerBackend('curious', ({ url }) => {
      seen = url;
      return Promise.reject(new BackendError('url-invalid', 'not that'));
    });
    await loadBackend('curious', { url: '/chat' }).catch(() => undefined);
    expect(seen).to.equal(new URL('/chat', document.baseURI).href);
  });
});
