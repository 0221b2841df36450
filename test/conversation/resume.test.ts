import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { Resume } from '../../src/conversation/resume.js';
import type { Message } from '../../src/protocol/message.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const m = (seq: number): Message => ({
  id: `m${seq}`,
  seq,
  role: 'ai',
  text: '',
  sentAt: '2026-01-01T00:00:00Z',
});
const page = (hasMore: boolean, ...seqs: number[]) =>
  ({ type: 'history', messages: seqs.map(m), hasMore }) as const;

const setUp = () => {
  const clock = new ManualClock();
  const asked: unknown[] = [];
  const shown: number[] = [];
  const pages: string[] = [];
  let resumed = 0;
  const resume = new Resume({
    clock,
    ask: ({ type: _type, ...command }) => asked.push(command),
    onMessage: ({ seq }) => shown.push(seq),
    onPage: ({ page: kind, messages }) => {
      pages.push(kind);
      shown.push(...messages.map(({ seq }) => seq));
    },
    onResumed: () => resumed++,
  });
  return { clock, resume, asked, shown, pages, resumed: () => resumed };
};
const first = { epoch: 'e1', resumed: false, lastSeq: 0 };
const again = { epoch: 'e1', resumed: true, lastSeq: 0 };

describe('Resume', () => {
  it('ends with the one history after the welcome, then the outbox may flow', () => {
    const { resume, pages, resumed } = setUp();
    expect(resume.cursor).to.deep.equal({});
    resume.welcomed(first);
    expect(resumed()).to.equal(0);
    resume.history(page(true, 8, 9));
    expect(resumed()).to.equal(1);
    expect(pages).to.deep.equal(['newest']);
    expect(resume.cursor).to.deep.equal({ epoch: 'e1', after: 9 });
  });

  it('goes on after its cursor, page by page, when the conversation was resumed', () => {
    const { resume, asked, pages, resumed } = setUp();
    resume.welcomed(first);
    resume.history(page(false, 1));
    resume.lost();
    resume.welcomed(again);
    resume.history(page(true, 2, 3));
    expect(resumed()).to.equal(2);
    expect(asked).to.deep.equal([{ after: 3, limit: 200 }]);
    resume.history(page(false, 4));
    expect(pages).to.deep.equal(['newest', 'after', 'after']);
    expect(resume.cursor.after).to.equal(4);
  });

  it('takes the newest page afresh when the numbering or the conversation is another', () => {
    for (const welcome of [{ epoch: 'e2', resumed: true, lastSeq: 0 }, { ...first }]) {
      const { resume, pages } = setUp();
      resume.welcomed(first);
      resume.history(page(false, 1, 2, 3));
      resume.lost();
      resume.welcomed(welcome);
      resume.history(page(false, 1));
      expect(pages).to.deep.equal(['newest', 'newest']);
      expect(resume.cursor.after).to.equal(1);
    }
  });

  it('holds what comes ahead of a gap until the gap is filled', () => {
    const { resume, asked, shown } = setUp();
    resume.welcomed(first);
    resume.history(page(false, 1));
    resume.message(m(4));
    resume.message(m(3));
    expect(shown).to.deep.equal([1]);
    expect(asked).to.deep.equal([{ after: 1, limit: 200 }]);
    resume.history(page(false, 2));
    expect(shown).to.deep.equal([1, 2, 3, 4]);
    expect(resume.cursor.after).to.equal(4);
  });

  it('skips a gap that one answer does not fill', () => {
    const { resume, shown } = setUp();
    resume.welcomed(first);
    resume.history(page(false, 1));
    resume.message(m(5));
    resume.history(page(false, 2));
    expect(shown).to.deep.equal([1, 2, 5]);
    expect(resume.cursor.after).to.equal(5);
  });

  it('holds nothing longer than ten seconds', async () => {
    const { clock, resume, shown } = setUp();
    resume.welcomed(first);
    resume.history(page(false, 1));
    resume.message(m(3));
    await clock.advance(9999);
    expect(shown).to.deep.equal([1]);
    await clock.advance(1);
    expect(shown).to.deep.equal([1, 3]);
    expect(clock.pending).to.equal(0);
  });

  it('lets the outbox flow even when the server never sends its history', async () => {
    const { clock, resume, resumed } = setUp();
    resume.welcomed(first);
    await clock.advance(10_000);
    expect(resumed()).to.equal(1);
  });

  it('moves its cursor by acks like by messages', () => {
    const { resume, shown } = setUp();
    resume.welcomed(first);
    resume.history(page(false));
    resume.ack(1);
    resume.message(m(3));
    expect(shown).to.deep.equal([]);
    resume.ack(2);
    expect(shown).to.deep.equal([3]);
    expect(resume.cursor.after).to.equal(3);
  });

  it('asks one thing at a time: gaps before older pages', () => {
    const { resume, asked } = setUp();
    resume.welcomed(first);
    resume.older(50);
    expect(asked).to.deep.equal([]);
    resume.history(page(true, 50));
    expect(asked).to.deep.equal([{ before: 50, limit: 50 }]);
    resume.message(m(52));
    expect(asked).to.have.length(1);
    resume.history(page(false, 49));
    expect(asked).to.have.length(2);
    expect(asked[1]).to.deep.equal({ after: 50, limit: 200 });
  });

  it('does not ask a server again that says "more" and brings nothing new', () => {
    const { resume, asked } = setUp();
    resume.welcomed(first);
    resume.history(page(false, 1));
    resume.message(m(5));
    for (let i = 0; i < 5; i++) resume.history(page(true, 1));
    expect(asked).to.have.length(1);
  });

  it('knows an old page for what it is, however late it comes', async () => {
    const { clock, resume, pages } = setUp();
    resume.welcomed(first);
    resume.history(page(true, 50));
    resume.older(50);
    await clock.advance(11_000);
    resume.history(page(true, 48, 49));
    expect(pages).to.deep.equal(['newest', 'before']);
  });

  it('shows every message once and in order, whatever the wire drops, repeats or reorders', () => {
    const wire = fc.array(fc.integer({ min: 2, max: 12 }), { maxLength: 40 });
    fc.assert(
      fc.property(wire, (arrivals) => {
        const { resume, asked, shown } = setUp();
        resume.welcomed(first);
        resume.history(page(false, 1));
        for (const seq of arrivals) {
          resume.message(m(seq));
          while (asked.length) {
            const { after } = asked.shift() as { after: number };
            const missing = Array.from({ length: 12 - after }, (_unused, i) => after + 1 + i);
            resume.history(page(false, ...missing));
          }
        }
        const once = [...new Set(shown)];
        expect(once).to.deep.equal([...once].sort((a, b) => a - b));
        expect(once).to.deep.equal(Array.from({ length: once.length }, (_unused, i) => i + 1));
      }),
    );
  });

  it('asks once more for a history that did not come, and lets the outbox flow meanwhile', async () => {
    const { clock, resume, asked, shown, resumed } = setUp();
    resume.welcomed({ ...first, lastSeq: 60 });
    await clock.advance(10_000);
    expect(resumed()).to.equal(1);
    expect(asked).to.deep.equal([{ before: 61, limit: 50 }]);
    resume.history(page(true, 59, 60));
    expect(resume.cursor.after).to.equal(60);
    resume.lost();
    resume.welcomed({ ...again, lastSeq: 62 });
    await clock.advance(10_000);
    expect(asked.at(-1)).to.deep.equal({ after: 60, limit: 200 });
    resume.history(page(false, 61, 62));
    expect(shown).to.deep.equal([59, 60, 61, 62]);
    await clock.advance(60_000);
    expect(asked).to.have.length(2);
  });

  it('holds what came ahead of that history until the second question is answered', async () => {
    const { clock, resume, shown } = setUp();
    resume.welcomed(first);
    resume.history(page(false, 1));
    resume.lost();
    resume.welcomed({ ...again, lastSeq: 3 });
    resume.message(m(4));
    await clock.advance(10_001);
    expect(shown).to.deep.equal([1]);
    resume.history(page(false, 2, 3));
    expect(shown).to.deep.equal([1, 2, 3, 4]);
  });

  it('asks once more when the history ends before the number that the welcome named', async () => {
    const { clock, resume, asked, shown } = setUp();
    resume.welcomed({ ...first, lastSeq: 3 });
    resume.history(page(false, 1));
    expect(asked).to.deep.equal([{ after: 1, limit: 200 }]);
    resume.history(page(false, 2));
    await clock.advance(60_000);
    expect(asked).to.have.length(1);
    expect(shown).to.deep.equal([1, 2]);
  });
});
