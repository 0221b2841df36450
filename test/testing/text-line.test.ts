import { expect } from '@open-wc/testing';
import { TextLine } from '../../src/testing/bindings/text-line.js';
import { ChatHost } from '../../src/testing/host/chat-host.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

describe('TextLine', () => {
  const HELLO = { type: 'hello', protocol: 1, guestId: 'guest-1' };

  interface Told {
    type: string;
    [field: string]: unknown;
  }

  function connect(): { line: TextLine; told: Told[]; closedWith: () => number | undefined } {
    const host = new ChatHost({
      clock: new ManualClock(),
      limits: { maxFrameBytes: 1024 },
      onArrival: ({ message }) => message?.ack(),
    });
    const told: Told[] = [];
    let code: number | undefined;
    const line = new TextLine(host, {
      send: (text) => told.push(JSON.parse(text) as Told),
      close: (with_) => (code = with_),
    });
    return { line, told, closedWith: () => code };
  }

  const say = (line: TextLine, ...frames: object[]): void => {
    for (const frame of frames) line.receive(JSON.stringify(frame));
  };

  it('drops what is no frame, says so, and goes on', () => {
    const { line, told, closedWith } = connect();
    say(line, HELLO);
    for (const text of ['', 'nonsense', '[]', 'null', '7', '{}', '{"type":7}']) line.receive(text);
    expect(told.slice(2).map(({ type, code }) => [type, code])).to.deep.equal(
      Array.from({ length: 7 }, () => ['error', 'bad-frame']),
    );
    say(line, { type: 'send', clientId: 'a', text: 'still here' });
    expect(told.at(-1)).to.include({ type: 'ack', clientId: 'a' });
    expect(closedWith()).to.equal(undefined);
  });

  it('ignores unknown types and fields', () => {
    const { line, told } = connect();
    say(line, { ...HELLO, shoeSize: 42 }, { type: 'dance' }, { type: '__proto__' });
    expect(told.map(({ type }) => type)).to.deep.equal(['welcome', 'history']);
  });

  it('refuses a message it cannot read instead of losing it', () => {
    const { line, told } = connect();
    say(line, HELLO, { type: 'send', clientId: 'a' }, { type: 'send', text: 'no id' });
    expect(told[2]).to.include({ type: 'nack', clientId: 'a', code: 'invalid' });
    expect(told[3]).to.include({ type: 'error', code: 'bad-frame' });
  });

  it('closes with 1009 what is too large in bytes, not in characters', () => {
    const { line, told, closedWith } = connect();
    const frame = (text: string): string => JSON.stringify({ type: 'send', clientId: 'a', text });
    const room = 1024 - frame('').length;
    say(line, HELLO);
    line.receive(frame('x'.repeat(room)));
    expect(told.at(-1)?.type).to.equal('ack');
    line.receive(frame('ü'.repeat(room / 2 + 1)));
    expect(closedWith()).to.equal(1009);
    line.receive(frame('too late'));
    expect(told.at(-1)?.type).to.equal('ack');
  });

  it('closes with 1003 what is binary', () => {
    const { line, closedWith } = connect();
    line.receive(new ArrayBuffer(8));
    expect(closedWith()).to.equal(1003);
  });

  it('closes with 4400 for another version of the protocol', () => {
    const { line, told, closedWith } = connect();
    say(line, { ...HELLO, protocol: 2 });
    expect(closedWith()).to.equal(4400);
    expect(told).to.deep.equal([]);
  });
});
