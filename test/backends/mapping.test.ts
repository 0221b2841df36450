import { expect } from '@open-wc/testing';
import { BackendError } from '../../src/backends/backend.js';
import {
  compileEvents,
  compileName,
  compilePath,
  compileTemplate,
  valuesOf,
  type EventMeaning,
  type EventVocabulary,
} from '../../src/backends/mapping.js';
import type { LooseEvent } from '../../src/protocol/loose-event.js';
import { ProtocolError } from '../../src/protocol/read.js';

const SESSION = { guestId: 'g1', token: 'secret' };

const read = (
  meaning: EventMeaning,
  data: unknown,
  vocabulary?: EventVocabulary,
  faults: ProtocolError[] = [],
): readonly LooseEvent[] =>
  compileEvents({ it: meaning }, vocabulary)['it']!(data, (fault) =>
    faults.push(fault),
  ) as readonly LooseEvent[];

const complaint = (compile: () => unknown): string => {
  try {
    compile();
  } catch (error) {
    expect(error).to.be.instanceOf(BackendError);
    expect((error as BackendError).code).to.equal('options-invalid');
    return (error as BackendError).message;
  }
  throw new Error('it was accepted');
};

describe('field paths', () => {
  it('lead into objects and lists, and the empty one to the payload itself', () => {
    const data = { data: { items: [{ text: 'Hi' }] } };
    expect(compilePath('data.items.0.text', 'x')(data)).to.equal('Hi');
    expect(compilePath('', 'x')(data)).to.equal(data);
    expect(compilePath('data.none.text', 'x')(data)).to.equal(undefined);
    expect(compilePath('length', 'x')('text')).to.equal(undefined);
  });

  it('are tried in order, and null is nothing', () => {
    expect(compilePath(['a', 'b'], 'x')({ a: null, b: 0 })).to.equal(0);
  });

  it('see own fields alone', () => {
    expect(compilePath('constructor.name', 'x')({})).to.equal(undefined);
    expect(compilePath('__proto__.toString', 'x')({})).to.equal(undefined);
  });
});

describe('templates', () => {
  const values = valuesOf({ type: 'send', clientId: 'c1', text: 'Hi', replyTo: undefined }, SESSION);

  it('are filled with values of any type, and leave out what there is not', () => {
    const fill = compileTemplate(
      {
        body: { text: '$text', to: '$replyTo', list: ['$clientId', '$replyTo', 7] },
        who: '$sessionId',
        on: true,
      },
      'send',
    );
    expect(fill(values)).to.deep.equal({ body: { text: 'Hi', list: ['c1', 7] }, who: 'g1', on: true });
    expect(
      compileTemplate('$active', 'typing')(valuesOf({ type: 'typing', active: false }, SESSION)),
    ).to.equal(false);
    expect(compileTemplate('$$text', 'send')(values)).to.equal('$text');
    expect(compileTemplate('$command', 'send')(values)).to.deep.include({ clientId: 'c1', text: 'Hi' });
  });

  it('know the conversation as the session once there is one', () => {
    const later = valuesOf({ type: 'end' }, { ...SESSION, conversationId: 'c7' });
    expect(compileTemplate('$sessionId', 'end')(later)).to.equal('c7');
  });

  it('reach into what the page has told', () => {
    const told = valuesOf({ type: 'identify', guest: { email: 'a@b.example' } }, SESSION);
    expect(compileTemplate({ mail: '$guest.email', name: '$guest.name' }, 'identify')(told)).to.deep.equal({
      mail: 'a@b.example',
    });
  });

  it('fill in names, and give none while something is missing', () => {
    const name = compileName('chat.{conversationId}.{guestId}', 'channel');
    expect(name(values)).to.equal(undefined);
    expect(name({ conversationId: 7, guestId: 'a/b' }, encodeURIComponent)).to.equal('chat.7.a%2Fb');
    expect(compileName('plain', 'channel')({})).to.equal('plain');
  });

  it('say what is wrong with them', () => {
    expect(complaint(() => compileTemplate({ a: ['$txet'] }, 'commands.send'))).to.match(
      /^backendOptions\.commands\.send\.a\.0: .*text.*"txet"/,
    );
    expect(complaint(() => compileTemplate({ a: () => 1 }, 'commands.send'))).to.include('JSON');
    expect(complaint(() => compileName('x.{conversation}', 'channel'))).to.include('"conversation"');
    expect(complaint(() => compileName(7, 'channel'))).to.include('a text');
  });
});

describe('events', () => {
  it('are messages of which a text is enough', () => {
    expect(read('message', { text: 'Hi' })).to.deep.equal([
      { type: 'message', message: { role: 'ai', text: 'Hi' } },
    ]);
  });

  it('find everything where the description says', () => {
    const [event] = read(
      {
        kind: 'message',
        at: ['message', 'data'],
        fields: { text: 'content', 'author.name': 'user.name', 'author.id': 'user.id', sentAt: 'created_at' },
      },
      {
        data: {
          id: 7,
          content: 'Hi',
          role: 'Agent',
          user: { id: 3, name: 'Maya' },
          created_at: 1_700_000_000,
        },
      },
    );
    expect(event).to.deep.equal({
      type: 'message',
      message: {
        id: '7',
        role: 'staff',
        author: { id: '3', role: 'staff', name: 'Maya' },
        text: 'Hi',
        sentAt: '2023-11-14T22:13:20.000Z',
      },
    });
  });

  it('take an author as an object or as a name', () => {
    const author = (data: object): unknown =>
      (read({ kind: 'message', fields: { author: 'from' } }, { text: '', ...data })[0] as { message: object })
        .message;
    expect(author({ from: { id: 'a', name: 'Maya' } })).to.deep.include({
      author: { id: 'a', name: 'Maya', role: 'ai' },
    });
    expect(author({ from: 'Maya' })).to.deep.include({ author: { id: 'Maya', name: 'Maya', role: 'ai' } });
  });

  it('understand the words for roles in the field, and those of the page', () => {
    const role = (word: unknown, vocabulary?: EventVocabulary): unknown =>
      (read('message', { text: '', role: word }, vocabulary)[0] as { message: { role: string } }).message
        .role;
    expect(
      ['customer', 'BOT', 'operator', 'system', 'nobody', {}, 'constructor'].map((word) => role(word)),
    ).to.deep.equal(['guest', 'ai', 'staff', 'system', 'ai', 'ai', 'ai']);
    expect(role('Verkauf', { roles: { verkauf: 'staff' } })).to.equal('staff');
    expect(role(true, { roles: { true: 'staff' } })).to.equal('staff');
  });

  it('can mean several things at once', () => {
    expect(
      read(
        [
          { kind: 'joined', at: 'agent', fields: { author: '' } },
          { kind: 'mode', values: { mode: 'staff' } },
          {
            kind: 'message',
            fields: { author: 'agent' },
            values: { role: 'system', event: 'staff-joined', text: '' },
          },
        ],
        { agent: { id: 'm', name: 'Maya' } },
      ),
    ).to.deep.equal([
      { type: 'joined', author: { id: 'm', role: 'staff', name: 'Maya' } },
      { type: 'mode', mode: 'staff' },
      {
        type: 'message',
        message: {
          role: 'system',
          event: 'staff-joined',
          text: '',
          author: { id: 'm', role: 'system', name: 'Maya' },
        },
      },
    ]);
  });

  it('are typing without a word', () => {
    expect(read('typing', undefined)).to.deep.equal([
      { type: 'typing', author: { id: 'ai', role: 'ai' }, active: true },
    ]);
    expect(read({ kind: 'typing', fields: { active: 'isTyping' } }, { isTyping: false })[0]).to.include({
      active: false,
    });
  });

  it('are histories, of which a bad message is left out and reported', () => {
    const faults: ProtocolError[] = [];
    const events = read(
      { kind: 'history', newestFirst: true, fields: { messages: 'data', hasMore: 'more', text: 'body' } },
      { data: [{ id: 2, body: 'two' }, { id: 1 }, { id: 0, body: 'zero' }], more: true },
      undefined,
      faults,
    );
    expect(events).to.deep.equal([
      {
        type: 'history',
        hasMore: true,
        messages: [
          { id: '0', role: 'ai', text: 'zero' },
          { id: '2', role: 'ai', text: 'two' },
        ],
      },
    ]);
    expect(faults.map(({ message }) => message)).to.deep.equal(['it.messages[1].text: expected a string']);
  });

  it('confirm and refuse', () => {
    expect(read('ack', { clientId: 'c1', id: 9 })).to.deep.equal([{ type: 'ack', clientId: 'c1', id: '9' }]);
    expect(read('ack', {})).to.deep.equal([{ type: 'ack' }]);
    expect(read({ kind: 'nack', fields: { message: 'error' } }, { error: 'no' })).to.deep.equal([
      { type: 'nack', code: 'internal', message: 'no' },
    ]);
    expect(read('welcome', { conversationId: 12 })).to.deep.equal([
      { type: 'welcome', conversationId: '12' },
    ]);
  });

  it('take of several places the first with a word that is known, where a word is wanted', () => {
    const roles = { fields: { role: ['type', 'sender'] } };
    expect(read('message', { type: 'text', sender: 'agent', text: 'Hi' }, roles)).to.deep.equal([
      { type: 'message', message: { role: 'staff', text: 'Hi' } },
    ]);
    expect(
      read({ kind: 'mode', fields: { mode: ['state', 'mode'] } }, { state: 'up', mode: 'bot' }),
    ).to.deep.equal([{ type: 'mode', mode: 'ai' }]);
  });

  it('do not take a role for a name', () => {
    expect(read('message', { author: 'agent', text: 'Hi' })).to.deep.equal([
      { type: 'message', message: { role: 'ai', text: 'Hi' } },
    ]);
    expect(read('message', { author: 'Maya', text: 'Hi' })).to.deep.equal([
      {
        type: 'message',
        message: { role: 'ai', author: { id: 'Maya', role: 'ai', name: 'Maya' }, text: 'Hi' },
      },
    ]);
  });

  it('may mean something only where fields say so', () => {
    const meaning: EventMeaning = [
      'message',
      { kind: 'mode', when: { role: ['staff'] }, values: { mode: 'staff' } },
      { kind: 'joined', when: { role: 'staff', author: true } },
      { kind: 'typing', when: { active: true } },
    ];
    const types = (data: object) => read(meaning, { text: 'Hi', ...data }).map(({ type }) => type);
    expect(types({}), 'what is only usual was not said').to.deep.equal(['message']);
    expect(types({ role: 'bot', active: false })).to.deep.equal(['message']);
    expect(types({ role: 'operator' })).to.deep.equal(['message', 'mode']);
    expect(types({ role: 'agent', author: { name: 'Maya' } })).to.deep.equal(['message', 'mode', 'joined']);
    expect(types({ active: true })).to.deep.equal(['message', 'typing']);
    expect(read({ kind: 'typing', when: { event: 'start' } }, { event: 'stop' })).to.deep.equal([]);
  });

  it('keep a message whose lesser parts cannot be read, and report them', () => {
    const faults: ProtocolError[] = [];
    const events = read('message', { text: 'Hi', attachments: 'none', sentAt: 'soon' }, undefined, faults);
    expect(events).to.deep.equal([{ type: 'message', message: { role: 'ai', text: 'Hi' } }]);
    expect(faults).to.have.length(1);
  });

  it('are refused without their heart', () => {
    expect(() => read('message', { body: 'Hi' })).to.throw(ProtocolError, 'it.text');
    expect(() => read('history', {})).to.throw(ProtocolError, 'it.messages');
    expect(() => read('mode', { mode: 'lunch' })).to.throw(ProtocolError, 'it.mode');
  });

  it('are not read where the description takes them away', () => {
    const message = read({ kind: 'message', fields: { id: false } }, { id: 'same', text: 'Hi' });
    expect(message).to.deep.equal([{ type: 'message', message: { role: 'ai', text: 'Hi' } }]);
    expect(compileEvents({ it: false })).to.deep.equal({});
  });

  it('say what is wrong with their description', () => {
    const wrong = (meaning: unknown, vocabulary?: unknown): string =>
      complaint(() => compileEvents({ it: meaning as EventMeaning }, vocabulary as EventVocabulary));
    expect(wrong('massage')).to.match(/^backendOptions\.events\.it: .*message/);
    for (const meaning of [null, 7, {}, [null]]) expect(wrong(meaning)).to.include('a kind');
    expect(wrong({ kind: 'message', fields: { txt: 'a' } })).to.include('events.it.fields.txt');
    expect(wrong({ kind: 'message', fields: { text: 7 } })).to.include('a path');
    expect(wrong({ kind: 'message', values: { txt: 'a' } })).to.include('events.it.values.txt');
    expect(wrong({ kind: 'message', when: { rôle: 'a' } })).to.include('events.it.when.rôle');
    expect(wrong('message', { roles: { boss: 'chief' } })).to.include('roles.boss');
    expect(wrong('message', { modes: { lunch: 'away' } })).to.include('modes.lunch');
    expect(wrong('message', { fields: { nonsense: 'a' } })).to.include('fields.nonsense');
  });
});
