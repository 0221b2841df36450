import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { nativeCodec } from '../../src/backends/native/codec.js';
import { readFrame, writeFrame, type Frame } from '../../src/protocol/frame.js';
import { ProtocolError } from '../../src/protocol/read.js';
import { nativeDialect } from '../../src/testing/dialects/native.js';
import { anyJson, clientCommands, serverEvents, wireNames } from './arbitraries.js';

const overTheWire = (frame: Frame): Frame => readFrame(writeFrame(frame));

describe('native dialect', () => {
  it('says what the codec understands', () => {
    fc.assert(
      fc.property(serverEvents, (event) => {
        expect(nativeCodec.decode(overTheWire(nativeDialect.encode(event)))).to.deep.equal([event]);
      }),
    );
  });

  it('understands what the codec says', () => {
    fc.assert(
      fc.property(clientCommands, (command) => {
        const frame = nativeCodec.encode(command, { guestId: 'guest-1' });
        expect(frame && nativeDialect.decode(overTheWire(frame))).to.deep.equal(command);
      }),
    );
  });

  it('answers malformed data with a ProtocolError and nothing else', () => {
    fc.assert(
      fc.property(wireNames, anyJson, (event, data) => {
        for (const decode of [nativeDialect.decode, nativeCodec.decode]) {
          try {
            decode({ event, data });
          } catch (error) {
            expect(error).to.be.instanceOf(ProtocolError);
          }
        }
      }),
    );
  });

  it('ignores names it does not know', () => {
    expect(nativeDialect.decode({ event: 'dance', data: {} })).to.equal(undefined);
    expect(nativeDialect.decode({ event: 'constructor', data: {} })).to.equal(undefined);
  });
});
