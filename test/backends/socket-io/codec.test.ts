import { expect } from '@open-wc/testing';
import type { BackendError } from '../../../src/backends/backend.js';
import { socketIoShop } from '../../../src/backends/presets/socket-io-shop.js';
import { socketIoSpeech } from '../../../src/backends/socket-io/codec.js';
import type { SocketIoOptions } from '../../../src/backends/socket-io/wire.js';
import type { Session } from '../../../src/protocol/session.js';

const SESSION: Session = { guestId: 'g1' };

describe('Socket.IO codec', () => {
  it('speaks a shop’s contract', () => {
    const { codec } = socketIoSpeech(socketIoShop.backendOptions);
    expect(codec.traits).to.deep.equal({ ack: 'handover', greets: false, resend: 'safe', resume: 'none' });
    expect(codec.encode({ type: 'hello', protocol: 1, guestId: 'g1' }, SESSION)).to.deep.equal({
      event: 'join-session',
      data: 'g1',
    });
    expect(codec.encode({ type: 'send', clientId: 'c1', text: 'Hi' }, SESSION)).to.deep.equal({
      event: 'chat-message',
      data: { sessionId: 'g1', message: 'Hi', sender: 'customer' },
    });
    for (const type of ['typing', 'escalate'] as const) {
      expect(codec.encode({ type, active: true }, SESSION)).to.equal(undefined);
    }
    expect(codec.decode({ event: 'chat-response', data: { message: 'Hello' } })).to.deep.equal([
      { type: 'message', message: { role: 'ai', text: 'Hello' } },
    ]);
    expect(
      codec.decode({
        event: 'chat-response',
        data: {
          id: 'same',
          event: 'x',
          message: 'Hello',
          sender: 'agent',
          agentName: 'Maya',
          timestamp: 1.7e12,
        },
      }),
    ).to.deep.equal([
      {
        type: 'message',
        message: {
          role: 'staff',
          author: { id: 'Maya', role: 'staff', name: 'Maya' },
          text: 'Hello',
          sentAt: '2023-11-14T22:13:20.000Z',
        },
      },
    ]);
  });

  it('has our own names without any options, and says what the transport has to know of them', () => {
    const { codec, manners } = socketIoSpeech({ ack: true, resend: 'safe', resume: 'cursor' });
    expect(codec.traits).to.deep.equal({ ack: 'reply', greets: false, resend: 'safe', resume: 'cursor' });
    expect(codec.encode({ type: 'send', clientId: 'c1', text: 'Hi' }, SESSION)).to.deep.equal({
      event: 'send',
      data: { clientId: 'c1', text: 'Hi' },
    });
    expect(codec.encode({ type: 'history', limit: 50, afterId: 'm7' }, SESSION)?.data).to.deep.equal({
      limit: 50,
      afterId: 'm7',
    });
    expect(manners['send']).to.deep.equal({ ack: true, repeatable: true });
    expect(manners['typing']).to.deep.equal({ volatile: true, repeatable: true });
    expect(codec.encode({ type: 'read', upTo: 1 }, SESSION)).to.equal(undefined);
  });

  it('reads what servers call back with', () => {
    const { codec, manners } = socketIoSpeech({ ack: true });
    const answer = (data: unknown) => codec.decode({ event: 'send:answer', data })[0];
    expect(manners['send']).to.deep.equal({ ack: true, repeatable: false });
    for (const nothing of [undefined, 'ok', { ok: true }, { status: 'stored' }, [null]]) {
      expect(answer(nothing)).to.deep.equal({ type: 'ack' });
    }
    expect(answer({ id: 7 })).to.deep.equal({ type: 'ack', id: '7' });
    expect(answer([null, { id: 'm1' }])).to.deep.equal({ type: 'ack', id: 'm1' });
    const refused = { type: 'nack', code: 'internal' };
    expect(answer({ ok: false })).to.deep.equal({ ...refused, message: '' });
    expect(answer({ error: 'too much' })).to.deep.equal({ ...refused, message: 'too much' });
    expect(answer([{ code: 'closed', message: 'over' }])).to.deep.equal({
      type: 'nack',
      code: 'closed',
      message: 'over',
    });
    expect(answer({ success: false, code: 'rate-limited', retryAfterMs: 500 })).to.deep.equal({
      type: 'nack',
      code: 'rate-limited',
      message: '',
      retryAfterMs: 500,
    });
  });

  it('can be told every name', () => {
    const { codec, manners } = socketIoSpeech({
      ack: true,
      resume: 'history',
      commands: {
        hello: { event: 'join', data: ['$conversationId', '$guestId'], spread: true },
        send: { event: 'say', data: { body: '$text', ref: '$clientId' }, timeoutMs: 3000 },
        history: { event: 'list', data: { since: '$afterId' }, ack: true },
        typing: { event: 'is-typing', data: '$active', volatile: true },
        end: false,
      },
      events: { said: 'message', gone: false },
      fields: { text: 'body', clientId: 'ref', messages: 'items' },
      roles: { seller: 'staff' },
    });
    const later = { ...SESSION, conversationId: 'c7' };
    expect(codec.encode({ type: 'hello', protocol: 1, guestId: 'g1' }, later)?.data).to.deep.equal([
      'c7',
      'g1',
    ]);
    expect(codec.encode({ type: 'typing', active: false }, later)?.data).to.equal(false);
    expect(codec.encode({ type: 'end' }, later)).to.equal(undefined);
    expect(manners['say']).to.deep.include({ ack: true, timeoutMs: 3000 });
    expect(manners['list']).to.deep.include({ ack: true });
    expect(codec.decode({ event: 'said', data: { body: 'Hi', ref: 'c1', role: 'seller' } })).to.deep.equal([
      { type: 'message', message: { role: 'staff', text: 'Hi', clientId: 'c1' } },
    ]);
    expect(codec.decode({ event: 'list:answer', data: { items: [{ body: 'Hi' }] } })).to.deep.equal([
      { type: 'history', messages: [{ role: 'ai', text: 'Hi' }], hasMore: false },
    ]);
    expect(codec.decode({ event: 'gone', data: {} })).to.deep.equal([]);
    expect(codec.decode({ event: 'message', data: { text: 'Hi' } })).to.deep.equal([]);
  });

  it('says what is wrong with its options', () => {
    const wrong = (options: unknown): string => {
      try {
        socketIoSpeech(options as SocketIoOptions);
      } catch (error) {
        expect((error as BackendError).code).to.equal('options-invalid');
        return (error as BackendError).message;
      }
      throw new Error('it was accepted');
    };
    expect(wrong({ ack: 'maybe' })).to.include('backendOptions.ack');
    expect(wrong({ resend: 'never' })).to.include('backendOptions.resend');
    expect(wrong({ resume: 'yes' })).to.include('backendOptions.resume');
    expect(wrong({ commands: { sent: 'x' } })).to.include(
      'backendOptions.commands.sent: expected one of hello',
    );
    expect(wrong({ commands: { send: 'disconnect' } })).to.include('commands.send.event');
    for (const send of [null, 7, {}, { event: '' }])
      expect(wrong({ commands: { send } })).to.include('event');
    expect(wrong({ commands: { send: { event: 'x', data: '$txt' } } })).to.include('commands.send.data');
    expect(wrong({ events: { x: 'massage' } })).to.include('events.x');
  });
});
