import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { ChatMessage } from '../../src/conversation/state.js';
import { TranscriptWindow } from '../../src/elements/transcript-window.js';

const message = (n: number): ChatMessage => ({ id: `m${n}`, seq: n, role: 'staff', text: '', sentAt: '' });
const thread = (from: number, to: number): ChatMessage[] =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
/** The numbers drawn, first and last. */
const drawn = ({ start, end }: TranscriptWindow, messages: readonly ChatMessage[]) => [
  messages[start]?.seq,
  messages[end - 1]?.seq,
];

describe('transcript window', () => {
  it('begins with the newest messages, and with all of a short conversation', () => {
    const window = new TranscriptWindow();
    window.place(thread(1, 10_000), true);
    expect([window.start, window.end, window.atEnd]).to.deep.equal([9988, 10_000, true]);
    const short = new TranscriptWindow();
    short.place(thread(1, 3), true);
    expect([short.start, short.end]).to.deep.equal([0, 3]);
  });

  it('keeps its place when older messages are put above', () => {
    const window = new TranscriptWindow();
    const messages = thread(101, 112);
    window.place(messages, true);
    const longer = [...thread(51, 100), ...messages];
    expect(window.place(longer, false)).to.equal(false);
    expect(drawn(window, longer)).to.deep.equal([101, 112]);
    expect(window.extendUp(false)).to.equal(true);
    expect(drawn(window, longer)).to.deep.equal([89, 112]);
  });

  it('lets go what is far above while the reader is at the end, some at a time', () => {
    const window = new TranscriptWindow();
    const left: number[] = [];
    for (let to = 20; to <= 60; to++) {
      if (window.place(thread(1, to), true)) left.push(to);
      expect(window.end).to.equal(to);
    }
    expect(left).to.deep.equal([33, 46, 59]);
  });

  it('keeps more at the end where the view is high', () => {
    const window = new TranscriptWindow();
    window.place(thread(1, 200), true);
    window.extendUp(true);
    window.place(thread(1, 210), true);
    expect(window.end - window.start).to.equal(34);
  });

  it('leaves what is new out of the page while the reader is far up, and leads down again', () => {
    const window = new TranscriptWindow();
    const messages = thread(1, 500);
    window.place(messages, true);
    while (window.extendUp(false));
    expect(drawn(window, messages)).to.deep.equal([1, 120]);
    expect(window.atEnd).to.equal(false);
    const more = thread(1, 510);
    window.place(more, false);
    expect(drawn(window, more)).to.deep.equal([1, 120]);
    while (window.extendDown());
    expect(window.atEnd).to.equal(true);
    expect(drawn(window, more)).to.deep.equal([391, 510]);
  });

  it('goes to the end, and to a message', () => {
    const window = new TranscriptWindow();
    window.place(thread(1, 500), true);
    window.around(100);
    expect([window.start, window.end, window.atEnd]).to.deep.equal([90, 110, false]);
    window.around(95);
    expect(window.start).to.equal(90);
    window.toEnd();
    expect([window.start, window.end, window.atEnd]).to.deep.equal([488, 500, true]);
  });

  it('begins anew when the thread is another', () => {
    const window = new TranscriptWindow();
    window.place(thread(1, 500), true);
    window.extendUp(false);
    window.place(thread(1001, 1400), true);
    expect([window.start, window.end]).to.deep.equal([388, 400]);
    window.place([], true);
    expect([window.start, window.end, window.atEnd]).to.deep.equal([0, 0, true]);
  });

  it('shows a part of the list, never more than 120, with the newest for who rests there, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 200 }), above: fc.boolean(), resting: fc.boolean() }),
      fc.record({ drop: fc.nat(300) }),
      fc.constantFrom('up', 'down', 'end', 'around' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const window = new TranscriptWindow();
        let messages = thread(100_000, 100_020);
        window.place(messages, true);
        for (const what of steps) {
          let rests = false;
          if (what === 'up') window.extendUp(false);
          else if (what === 'down') window.extendDown();
          else if (what === 'end') window.toEnd();
          else if (what === 'around') window.around(messages.length >> 1);
          else if ('drop' in what) {
            messages = messages.toSpliced(what.drop % messages.length, messages.length > 1 ? 1 : 0);
            window.place(messages, false);
          } else {
            const first = messages[0]!.seq!;
            const last = messages.at(-1)!.seq!;
            messages = what.above
              ? [...thread(first - what.add, first - 1), ...messages]
              : [...messages, ...thread(last + 1, last + what.add)];
            rests = what.resting && window.atEnd;
            window.place(messages, rests);
          }
          const { start, end, atEnd } = window;
          if (start < 0 || end > messages.length || end <= start || end - start > 120) return false;
          if (atEnd !== (end === messages.length) || (rests && !atEnd)) return false;
        }
        return true;
      }),
      { numRuns: 300 },
    );
  });
});
