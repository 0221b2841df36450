import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Codec } from '../../src/protocol/codec.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { LooseEvent } from '../../src/protocol/loose-event.js';
import { ProtocolError } from '../../src/protocol/read.js';
import type { Session } from '../../src/protocol/session.js';
import { anyJson, clientCommands } from '../testing/arbitraries.js';

const SESSIONS: readonly Session[] = [
  { guestId: 'g1' },
  { guestId: 'g1', conversationId: 'c1', resumeToken: 'secret', token: 'fresh', epoch: 'e1', cursor: 7 },
];

/** Names that no wire has, some of which every object has. */
const UNKNOWN = ['no-such-name', '', 'constructor', '__proto__', 'toString', 'hasOwnProperty'];

/**
 * What every codec promises, whatever its wire: what it knows it reads, what it does not know it ignores, and what is malformed
 * is a `ProtocolError` and nothing else; what it says can travel as JSON.
 * @param samples well-formed frames of the server, at least one for each name that the codec knows
 */
export function codecSuite(name: string, codec: Codec<LooseEvent>, samples: readonly Frame[]): void {
  /** Decodes what came over a wire, and may not be changed by reading it. */
  const decode = ({ event, data }: Frame): readonly LooseEvent[] =>
    codec.decode({ event, data: frozen(data) });
  const survives = (frame: Frame): void => {
    try {
      expect(decode(frame)).to.be.an('array');
    } catch (error) {
      expect(error).to.be.instanceOf(ProtocolError);
    }
  };

  describe(`codec: ${name}`, () => {
    for (const frame of samples) {
      it(`reads ${frame.event}`, () => {
        const events = decode(frame);
        expect(events.length).to.be.greaterThan(0);
        for (const { type } of events) expect(type).to.be.a('string');
      });
    }

    it('ignores names it does not know', () => {
      for (const event of UNKNOWN) {
        for (const { data } of samples) expect(decode({ event, data })).to.deep.equal([]);
      }
    });

    it('answers malformed data with a ProtocolError and nothing else', () => {
      const names = fc.constantFrom(...samples.map(({ event }) => event));
      fc.assert(fc.property(names, anyJson, (event, data) => survives({ event, data })));
      for (const { event } of samples) survives({ event, data: undefined });
    });

    it('answers data that is malformed in one place alike', () => {
      fc.assert(
        fc.property(fc.constantFrom(...samples), anyJson, ({ event, data }, bad) => {
          for (const spoiled of variants(data, bad)) survives({ event, data: spoiled });
        }),
        { numRuns: 50 },
      );
    });

    it('says every command as JSON, or not at all', () => {
      fc.assert(
        fc.property(clientCommands, fc.constantFrom(...SESSIONS), (command, session) => {
          const frame = codec.encode(command, session);
          if (frame === undefined) return;
          expect(frame.event).to.be.a('string').and.not.equal('');
          if (frame.data !== undefined) {
            expect(JSON.parse(JSON.stringify(frame.data))).to.deep.equal(frame.data);
          }
        }),
      );
    });

    it('can say a message at least', () => {
      expect(codec.encode({ type: 'send', clientId: 'c1', text: 'Hi' }, SESSIONS[0]!)).not.to.equal(
        undefined,
      );
    });
  });
}

/** All that comes of putting something bad, or nothing, into one place. */
function variants(data: unknown, bad: unknown): unknown[] {
  if (typeof data !== 'object' || data === null) return [bad];
  const keys = Object.keys(data);
  return [
    bad,
    ...keys.flatMap((key) => {
      const inner = (data as Record<string, unknown>)[key];
      return variants(inner, bad).map((spoiled) =>
        Array.isArray(data)
          ? data.map((each: unknown, index) => (String(index) === key ? spoiled : each))
          : { ...data, [key]: spoiled },
      );
    }),
    ...(Array.isArray(data)
      ? []
      : keys.map((key) => Object.fromEntries(Object.entries(data).filter(([each]) => each !== key)))),
  ];
}

function frozen(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  for (const each of Object.values(data)) frozen(each);
  return Object.freeze(data);
}
