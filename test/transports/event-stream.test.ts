import { expect } from '@open-wc/testing';
import { EventStreamParser, type StreamEvent } from '../../src/transports/event-stream.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = (...pieces: (string | Uint8Array)[]) => {
  const events: StreamEvent[] = [];
  const retries: number[] = [];
  let comments = 0;
  const parser = new EventStreamParser({
    onEvent: (event) => events.push(event),
    onRetry: (ms) => retries.push(ms),
    onComment: () => comments++,
  });
  for (const piece of pieces) parser.push(typeof piece === 'string' ? bytes(piece) : piece);
  return { events, retries, comments, data: events.map(({ data }) => data) };
};

describe('EventStreamParser', () => {
  it('reads names, ids and data of several lines', () => {
    const { events } = read('id: 7\nevent: said\ndata: one\ndata: two\n\ndata:three\n\n');
    expect(events).to.deep.equal([
      { event: 'said', data: 'one\ntwo', id: '7' },
      { event: 'message', data: 'three', id: '7' },
    ]);
  });

  it('takes CR, LF and CRLF as ends of a line', () => {
    expect(read('data: a\r\rdata: b\r\n\r\ndata: c\n\n').data).to.deep.equal(['a', 'b', 'c']);
  });

  it('tells the same events wherever the stream is cut', () => {
    const whole = bytes(
      '\uFEFF: hi\r\nid: 1\r\ndata: żółw 🐢\r\ndata:\r\n\r\nretry: 1500\r\nevent: x\rdata: y\r\r',
    );
    const expected = read(whole);
    expect(expected.data).to.deep.equal(['żółw 🐢\n', 'y']);
    for (let cut = 1; cut < whole.length; cut++) {
      const cutInTwo = read(whole.slice(0, cut), whole.slice(cut));
      expect(cutInTwo, `cut at ${cut}`).to.deep.equal(expected);
    }
    expect(read(...Array.from(whole, (byte) => Uint8Array.of(byte)))).to.deep.equal(expected);
  });

  it('takes a line feed after a line end that was cut in two as a line of its own', () => {
    expect(read('data: a\r', '\n', '\n').data).to.deep.equal(['a']);
  });

  it('counts comments as life, and passes on the time of a retry', () => {
    const { comments, retries, events } = read(': keep-alive\n\n', 'retry: 3000\nretry: soon\n\n');
    expect({ comments, retries, events }).to.deep.equal({ comments: 1, retries: [3000], events: [] });
  });

  it('does not tell an event that was not ended', () => {
    expect(read('data: half').events).to.deep.equal([]);
  });

  it('ignores unknown fields, lines without a colon and ids with a NUL', () => {
    const { events } = read('foo: 1\nbar\nid: a\0b\ndata\n\n');
    expect(events).to.deep.equal([{ event: 'message', data: '', id: '' }]);
  });

  it('gives up on an event without an end', () => {
    expect(() => read(`data: ${'x'.repeat(1_000_001)}`)).to.throw(RangeError);
    expect(() => read(...Array.from({ length: 1100 }, () => `data: ${'x'.repeat(1000)}\n`))).to.throw(
      RangeError,
    );
  });
});
