import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { clientCommandReaders, readClientCommand } from '../../src/protocol/client-command.js';
import { exceedsBytes, MAX_FRAME_BYTES, readFrame, utf8Bytes, writeFrame } from '../../src/protocol/frame.js';
import * as read from '../../src/protocol/read.js';
import { readMessage, serverEventReaders } from '../../src/protocol/server-event.js';

const ignore = (): void => {};

/** Every reader a wire's data ever meets. */
const readers: [string, read.Reader<unknown>][] = [
  ...Object.entries(serverEventReaders).map(
    ([type, make]) => [type, make(ignore)] as [string, read.Reader<unknown>],
  ),
  ...(Object.entries(clientCommandReaders) as [string, read.Reader<unknown>][]),
];

/** Anything JSON can say, with the names readers and prototypes care about among the keys. */
const names = fc.constantFrom(
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'id',
    'seq',
    'role',
    'author',
    'text',
    'sentAt',
    'message',
  ],
  ...[
    'messages',
    'meta',
    'limits',
    'participants',
    'clientId',
    'guest',
    'custom',
    'mode',
    'offset',
    'by',
    'upTo',
  ],
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium' },
    fc.jsonValue(),
    fc.constantFrom('ai', 'guest', 1, 0, -1, 1.5, true, null, '', '2026-01-01T00:00:00Z', 2 ** 60),
    fc.array(tie('json'), { maxLength: 4 }),
    // Through JSON text, so that "__proto__" becomes an own key, as it does on the wire.
    fc.dictionary(names, tie('json'), { maxKeys: 8 }).map((value) => JSON.parse(toJson(value)) as unknown),
  ),
}));

function toJson(value: object): string {
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry) ?? 'null'}`)
    .join(',')}}`;
}

describe('protocol readers', () => {
  for (const [type, reader] of readers) {
    it(`"${type}" throws nothing but ProtocolError and pollutes no prototype`, () => {
      const before = Object.getOwnPropertyNames(Object.prototype).sort().join();
      fc.assert(
        fc.property(json, (value) => {
          try {
            const result = reader(value, '');
            if (typeof result === 'object' && result !== null && !Array.isArray(result)) {
              expect(Object.getPrototypeOf(result)).to.equal(Object.prototype);
            }
          } catch (error) {
            expect(error).to.be.instanceOf(read.ProtocolError);
          }
        }),
        { numRuns: 300 },
      );
      expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).to.equal(before);
    });
  }

  it('name the path of the fault', () => {
    const history = serverEventReaders.welcome(ignore);
    const bad = {
      conversationId: 'c',
      guestId: 'g',
      resumeToken: 't',
      resumed: true,
      epoch: 'e',
      lastSeq: 0,
      mode: 'ai',
    };
    expect(() => history({ ...bad, participants: [{ id: 'a', role: 'boss' }] }, '')).to.throw(
      read.ProtocolError,
      'participants[0].role: expected one of guest, ai, staff, system',
    );
    expect(() => readMessage({ id: 'm' }, 'message')).to.throw('message.seq: expected a whole number from 1');
  });

  it('leave out the bad message of a history, and only that one', () => {
    const good = { id: 'm1', seq: 1, role: 'ai', text: 'hi', sentAt: '2026-01-01T10:00:00Z' };
    const faults: string[] = [];
    const page = serverEventReaders.history((error) => faults.push(error.path))(
      { messages: [good, { ...good, seq: 'two' }, { ...good, id: 'm3', seq: 3 }], hasMore: false },
      '',
    );
    expect(page.messages.map(({ id }) => id)).to.deep.equal(['m1', 'm3']);
    expect(faults).to.deep.equal(['messages[1].seq']);
  });

  it('fill in the defaults of a welcome', () => {
    const welcome = serverEventReaders.welcome(ignore)(
      {
        conversationId: 'c',
        guestId: 'g',
        resumeToken: 't',
        resumed: false,
        epoch: 'e',
        lastSeq: 0,
        mode: 'ai',
      },
      '',
    );
    expect(welcome.features).to.deep.equal(['typing', 'escalation']);
    expect(welcome.limits).to.deep.equal({
      maxTextLength: 4000,
      maxFrameBytes: 65536,
      maxAttachmentBytes: 10485760,
    });
    expect(welcome.heartbeatMs).to.equal(10_000);
    expect(welcome.participants).to.deep.equal([]);
  });

  it('ignore what a polluted Object.prototype says', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype['text'] = 'injected';
    try {
      expect(() => readMessage({ id: 'm', seq: 1, role: 'ai', sentAt: '2026-01-01T10:00:00Z' }, '')).to.throw(
        'text',
      );
    } finally {
      delete prototype['text'];
    }
  });

  it('ignore unknown commands and refuse malformed ones', () => {
    expect(readClientCommand('teleport', {})).to.equal(undefined);
    expect(readClientCommand('constructor', {})).to.equal(undefined);
    expect(() => readClientCommand('rate', { score: 6 })).to.throw(read.ProtocolError);
    expect(readClientCommand('history', { limit: 9999 })).to.deep.equal({ type: 'history', limit: 200 });
  });

  it('take linear time: no reader visits a part of its input more than a few times', () => {
    // Counts visits instead of measuring time: a getter on every field of a long list.
    let visits = 0;
    const messages = Array.from({ length: 2000 }, (_unused, index) =>
      Object.defineProperty(
        { id: `m${index}`, role: 'ai', text: 'x', sentAt: '2026-01-01T10:00:00Z' },
        'seq',
        {
          enumerable: true,
          get: () => (visits++, index + 1),
        },
      ),
    );
    serverEventReaders.history(ignore)({ messages, hasMore: false }, '');
    expect(visits).to.equal(2000);
  });
});

describe('frames', () => {
  it('survive writing and reading', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.dictionary(fc.string(), fc.jsonValue()), (event, data) => {
        const { type: _name, ...rest } = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
        expect(readFrame(writeFrame({ event, data: rest }))).to.deep.equal({ event, data: rest });
      }),
    );
  });

  it('throw nothing but ProtocolError, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (text) => {
        try {
          readFrame(text);
        } catch (error) {
          expect(error).to.be.instanceOf(read.ProtocolError);
        }
      }),
    );
  });

  it('over 256 KiB are not even parsed', () => {
    const parse = JSON.parse;
    let parsed = 0;
    JSON.parse = ((text: string) => (parsed++, parse(text) as unknown)) as typeof JSON.parse;
    try {
      expect(() => readFrame(`{"type":"x","pad":"${'é'.repeat(MAX_FRAME_BYTES / 2)}"}`)).to.throw('at most');
    } finally {
      JSON.parse = parse;
    }
    expect(parsed).to.equal(0);
  });

  it('are measured in UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(120), (text, limit) => {
        expect(exceedsBytes(text, limit)).to.equal(utf8Bytes(text) > limit);
      }),
    );
  });
});
