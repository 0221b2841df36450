import { expect } from '@open-wc/testing';
import type { BackendError } from '../../../src/backends/backend.js';
import { plainWebsocket } from '../../../src/backends/presets/plain-websocket.js';
import { websocketSpeech } from '../../../src/backends/websocket/codec.js';
import type { WebsocketOptions } from '../../../src/backends/websocket/wire.js';
import type { CodecCommand } from '../../../src/protocol/codec.js';
import { ProtocolError } from '../../../src/protocol/read.js';
import type { Session } from '../../../src/protocol/session.js';

const SESSION: Session = { guestId: 'g1' };
const HELLO: CodecCommand = { type: 'hello', protocol: 1, guestId: 'g1' };
const SEND: CodecCommand = { type: 'send', clientId: 'c1', text: 'Hi' };

/** A way to speak, as texts that go out and come in. */
const speech = (options: WebsocketOptions = {}) => {
  const { codec, framing, ...rest } = websocketSpeech(options);
  return {
    codec,
    ...rest,
    framing,
    says: (command: CodecCommand, session = SESSION): unknown[] | undefined => {
      const frame = codec.encode(command, session);
      return frame && framing.write(frame).map((text) => JSON.parse(text) as unknown);
    },
    hears: (frame: unknown) => codec.decode(framing.read(JSON.stringify(frame))),
  };
};
const HI = [{ type: 'message', message: { role: 'ai', text: 'Hi' } }];
const send = { send: 'send' } as const;

describe('WebSocket codec', () => {
  it('has our own names without any options', () => {
    const { codec, says, hears } = speech();
    expect(codec.traits).to.deep.equal({ ack: 'handover', greets: false, resend: 'safe', resume: 'none' });
    expect(says(SEND)).to.deep.equal([{ type: 'send', clientId: 'c1', text: 'Hi' }]);
    expect(says({ type: 'typing', active: true })).to.deep.equal([{ type: 'typing', active: true }]);
    expect(says({ type: 'read', upTo: 1 })).to.equal(undefined);
    expect(hears({ type: 'message', text: 'Hi' })).to.deep.equal(HI);
    expect(hears({ type: 'message', message: { text: 'Hi' } })).to.deep.equal(HI);
    expect(hears({ type: 'whatever' })).to.deep.equal([]);
  });

  it('speaks the contract of a guest chat', () => {
    const { codec, says, hears } = speech(plainWebsocket.backendOptions);
    expect(codec.traits).to.deep.equal({ ack: 'handover', greets: false, resend: 'safe', resume: 'history' });
    expect(says(HELLO)).to.deep.equal([{ type: 'auth', guestId: 'g1' }]);
    expect(says(HELLO, { ...SESSION, token: 't' })).to.deep.equal([
      { type: 'auth', guestId: 'g1', token: 't' },
    ]);
    expect(says({ type: 'history', limit: 200, afterId: 'm1' })).to.deep.equal([{ type: 'history' }]);
    expect(says(SEND)).to.deep.equal([{ type: 'message', role: 'guest', text: 'Hi', clientId: 'c1' }]);
    expect(says({ type: 'escalate' })).to.deep.equal([{ type: 'escalate' }]);
    const said = (frame: object) => hears(frame).map(({ type, ...rest }) => [type, rest]);
    const maya = { id: 'Maya', role: 'staff', name: 'Maya' };
    expect(said({ type: 'message', role: 'guest', text: 'Hi' })).to.deep.equal([
      ['message', { message: { role: 'guest', text: 'Hi' } }],
    ]);
    expect(said({ type: 'ai', text: 'Hi' })).to.deep.equal([
      ['message', { message: { role: 'ai', text: 'Hi' } }],
      ['mode', { mode: 'ai' }],
    ]);
    expect(said({ type: 'staff', text: 'Hi', name: 'Maya' })).to.deep.equal([
      ['message', { message: { role: 'staff', author: maya, text: 'Hi' } }],
      ['joined', { author: maya }],
      ['mode', { mode: 'staff' }],
    ]);
    expect(said({ type: 'system', text: 'We close at six' })).to.deep.equal([
      ['message', { message: { role: 'system', text: 'We close at six' } }],
    ]);
    expect(
      said({
        type: 'message',
        data: { role: 'system', event: 'staff-joined', staff: { name: 'Maya' }, text: '' },
      }),
    ).to.deep.equal([
      [
        'message',
        { message: { role: 'system', author: { ...maya, role: 'system' }, event: 'staff-joined', text: '' } },
      ],
      ['joined', { author: maya }],
      ['mode', { mode: 'staff' }],
    ]);
    expect(said({ type: 'system', event: 'staff-left', text: '' }).at(-1)).to.deep.equal([
      'mode',
      { mode: 'ai' },
    ]);
    expect(said({ type: 'status', status: 'online' })).to.deep.equal([]);
  });

  it('reads other envelopes', () => {
    const { says, hears, framing } = speech({ envelope: { name: 'event', data: 'data' } });
    expect(says(SEND)).to.deep.equal([{ event: 'send', data: { clientId: 'c1', text: 'Hi' } }]);
    expect(says({ type: 'end' })).to.deep.equal([{ event: 'end', data: {} }]);
    expect(hears({ event: 'message', data: { text: 'Hi' } })).to.deep.equal(HI);
    expect(hears({ event: 'message', text: 'Hi' }), 'without data, the frame is').to.deep.equal(HI);
    expect(framing.read('{"event":"message","data":"Hi"}')).to.deep.equal({ event: 'message', data: 'Hi' });
  });

  it('finds name and data where several servers put them, and says them in one way', () => {
    const { says, hears } = speech({
      envelope: {
        name: ['type', 'head.kind'],
        data: ['payload', 'body'],
        sent: { name: 'action', data: false },
      },
      events: { message: 'message', 7: 'message' },
    });
    expect(says(SEND)).to.deep.equal([{ action: 'send', clientId: 'c1', text: 'Hi' }]);
    expect(hears({ type: 'message', payload: { text: 'Hi' } })).to.deep.equal(HI);
    expect(hears({ head: { kind: 'message' }, body: { text: 'Hi' } })).to.deep.equal(HI);
    expect(hears({ head: { kind: 'message' }, text: 'Hi' })).to.deep.equal(HI);
    expect(hears({ type: 7, text: 'Hi' }), 'some count their events').to.deep.equal(HI);
  });

  it('reads frames that are lists, names first', () => {
    const { hears } = speech({ envelope: { name: '0', data: '1', sent: { name: 'type', data: false } } });
    expect(hears(['message', { text: 'Hi' }])).to.deep.equal(HI);
    expect(hears(['typing'])[0]).to.include({ type: 'typing', active: true });
  });

  it('reads frames without names', () => {
    const { says, hears, framing } = speech({
      envelope: { name: false },
      commands: { hello: [], send: { data: { say: '$text' } } },
      fields: { messages: '' },
    });
    expect(says(SEND)).to.deep.equal([{ say: 'Hi' }]);
    expect(says(HELLO), 'nothing is said').to.deep.equal([]);
    expect(hears({ text: 'Hi' })).to.deep.equal(HI);
    expect(hears([{ text: 'Hi' }])).to.deep.equal([
      { type: 'history', messages: [{ role: 'ai', text: 'Hi' }], hasMore: false },
    ]);
    expect(framing.read('"Hi"')).to.deep.equal({ event: 'message', data: 'Hi' });
    const some = speech({ envelope: { unnamed: 'message', list: 'history' } });
    expect(some.hears({ text: 'Hi' })).to.deep.equal(HI);
    expect(some.framing.read('[]')).to.deep.equal({ event: 'history', data: [] });
  });

  it('says several things at once, in order', () => {
    const { says } = speech({
      commands: { ...send, hello: [{ event: 'auth', data: { id: '$guestId' } }, 'list', { event: 'sub' }] },
    });
    expect(says(HELLO)).to.deep.equal([
      { type: 'auth', id: 'g1' },
      { type: 'list', protocol: 1, guestId: 'g1' },
      { type: 'sub' },
    ]);
  });

  it('keeps the name of a frame, whatever the data have', () => {
    const { says } = speech({ commands: { send: { event: 'say', data: { type: 'text', body: '$text' } } } });
    expect(says(SEND)).to.deep.equal([{ type: 'say', body: 'Hi' }]);
  });

  it('cannot read what is no frame', () => {
    const { framing } = speech();
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '42',
      '{}',
      '{"type":""}',
      '{"type":{}}',
      new Blob(),
      'x'.repeat(5e6),
    ]) {
      expect(() => framing.read(text), String(text).slice(0, 20)).to.throw(ProtocolError);
    }
    expect(() => speech({ envelope: { name: 'event' } }).framing.read('{"type":"a"}')).to.throw(
      'event: expected the name',
    );
    // A whole history in one frame is more than our own server ever sends.
    const messages = Array.from({ length: 1000 }, (_, n) => ({ id: `m${n}`, text: 'x'.repeat(500) }));
    expect(speech().hears({ type: 'history', messages })[0])
      .to.have.property('messages')
      .with.length(1000);
  });

  it('asks for signs of life and gives them, where it is told how', () => {
    const { heartbeat, answer, framing } = speech({
      heartbeat: {
        ping: 'ping',
        intervalMs: 5000,
        answers: { ping: 'pong', check: { event: 'ok', data: { at: 1 } } },
      },
    });
    expect(heartbeat?.intervalMs).to.equal(5000);
    expect(framing.write(heartbeat!.ping(12.3))).to.deep.equal(['{"type":"ping","t":12}']);
    const back = (event: string, data: unknown) => {
      const frame = answer?.({ event, data });
      return frame && framing.write(frame);
    };
    expect(back('ping', { n: 3 })).to.deep.equal(['{"type":"pong","n":3}']);
    expect(back('ping', 'text')).to.deep.equal(['{"type":"pong"}']);
    expect(back('check', {})).to.deep.equal(['{"type":"ok","at":1}']);
    expect(back('message', {})).to.equal(undefined);
    expect(speech().heartbeat).to.equal(undefined);
  });

  it('takes null for what is not given, as JSON has it', () => {
    const nothing = { ack: null, commands: null, events: null, envelope: null, heartbeat: null };
    expect(speech(nothing as unknown as WebsocketOptions).says(SEND)).to.have.length(1);
  });

  it('says what is wrong with its options', () => {
    const wrong = (options: unknown): string => {
      try {
        websocketSpeech(options as WebsocketOptions);
      } catch (error) {
        expect((error as BackendError).code).to.equal('options-invalid');
        return (error as BackendError).message;
      }
      throw new Error(`it was accepted: ${JSON.stringify(options)}`);
    };
    expect(wrong({ ack: true })).to.match(/^backendOptions\.ack: expected one of event, handover/);
    expect(wrong({ resend: 'never' })).to.include('backendOptions.resend');
    expect(wrong({ resume: 'yes' })).to.include('backendOptions.resume');
    expect(wrong({ greets: 'yes' })).to.include('backendOptions.greets');
    expect(wrong({ commands: { hello: 'x' } })).to.include('commands.send: expected how a message is sent');
    expect(wrong({ commands: { send: false } })).to.include('commands.send');
    expect(wrong({ commands: { sent: 'x' } })).to.include('commands.sent: expected one of hello');
    for (const bad of [null, 7, '', {}, { event: '' }, [{ event: 7 }]]) {
      expect(wrong({ commands: { send: bad } }), JSON.stringify(bad)).to.match(/commands\.send[.0]*\.event/);
    }
    expect(wrong({ commands: { send: { event: 'x', data: '$txt' } } })).to.include('commands.send.data');
    expect(wrong({ commands: { send: { event: 'x', data: '$text' } } })).to.include(
      'an object, since its fields',
    );
    expect(wrong({ commands: { send: { event: 'x', body: {} } } })).to.include('commands.send.body');
    expect(wrong({ commands: { send: { event: 'x' } }, envelope: { name: false } })).to.include(
      'what the frame is',
    );
    for (const commands of [{ send: null }, { send: 7 }])
      expect(wrong({ commands, envelope: { name: false } })).to.be.ok;
    for (const envelope of [
      'type',
      { nam: 'x' },
      { name: 7 },
      { data: {} },
      { unnamed: 7 },
      { list: {} },
      { sent: 'x' },
    ]) {
      expect(wrong({ envelope }), JSON.stringify(envelope)).to.include('backendOptions.envelope');
    }
    expect(wrong({ envelope: { name: 'a.b' } })).to.include(
      'envelope.sent.name: expected the name of a field',
    );
    expect(wrong({ envelope: { sent: { data: 'a.b' } } })).to.include('envelope.sent.data');
    expect(wrong({ heartbeat: 'ping' })).to.include('backendOptions.heartbeat');
    expect(wrong({ heartbeat: { pong: 'x' } })).to.include('heartbeat.pong');
    for (const intervalMs of ['5000', 10, Number.NaN, 1e12])
      expect(wrong({ heartbeat: { intervalMs } })).to.include('heartbeat.intervalMs');
    expect(wrong({ heartbeat: { ping: {} } })).to.include('heartbeat.ping.event');
    expect(wrong({ heartbeat: { answers: { ping: 7 } } })).to.include('heartbeat.answers.ping');
    expect(wrong({ events: { x: 'massage' } })).to.include('events.x');
  });
});
