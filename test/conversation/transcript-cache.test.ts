import { expect } from '@open-wc/testing';
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../../src/conversation/state.js';
import { TranscriptCache, type CachedThread } from '../../src/conversation/transcript-cache.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const message = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `m${seq}`,
  seq,
  role: 'ai',
  text: `text ${seq}`,
  sentAt: '2026-11-21T10:00:00.000Z',
  ...more,
});

const state = (messages: ChatMessage[], more: Partial<ChatState> = {}): ChatState => ({
  ...INITIAL_STATE,
  loaded: true,
  conversationId: 'c1',
  epoch: 'e1',
  messages,
  ...more,
});

const setUp = () => {
  const clock = new ManualClock();
  let kept: CachedThread | undefined;
  let writes = 0;
  const cache = new TranscriptCache(clock, {
    read: async () => structuredClone(kept),
    write: async (value) => {
      writes++;
      kept = structuredClone(value);
    },
    delete: async () => void (kept = undefined),
  });
  return { clock, cache, writes: () => writes, keep: (value: unknown) => (kept = value as CachedThread) };
};

describe('TranscriptCache', () => {
  it('keeps the end of the thread as the server sent it, not with every change', async () => {
    const { clock, cache, writes } = setUp();
    const echo = message(0, { id: 'echo', seq: undefined, role: 'guest', delivery: 'queued' });
    const messages = Array.from({ length: 60 }, (_, i) => message(i + 1));
    for (let i = 0; i < 10; i++) cache.changed(state([...messages, echo]));
    await clock.advance(300);
    expect(writes()).to.equal(1);
    const thread = (await cache.read('c1'))!;
    expect(thread.messages).to.have.length(50);
    expect(thread.messages.at(-1)!.text).to.equal('text 60');
    expect(thread.hasOlder).to.equal(true);
  });

  it('writes at once what it has when the page goes', async () => {
    const { cache } = setUp();
    cache.changed(state([message(1, { role: 'guest', delivery: 'read' })]));
    cache.flush();
    const { messages } = (await cache.read('c1'))!;
    expect(messages).to.have.length(1);
    expect(messages[0]).not.to.have.property('delivery');
  });

  it('keeps nothing of a thread that the server has not confirmed', async () => {
    const { cache } = setUp();
    for (const unsure of [{ loaded: false }, { renumbering: true }, { conversationId: undefined }]) {
      cache.changed(state([message(1)], unsure));
      cache.flush();
    }
    expect(await cache.read('c1')).to.equal(undefined);
  });

  it('keeps no more text than is worth it', async () => {
    const { cache } = setUp();
    cache.changed(state([1, 2, 3].map((seq) => message(seq, { text: 'x'.repeat(90_000) }))));
    cache.flush();
    expect((await cache.read('c1'))!.messages.map(({ seq }) => seq)).to.deep.equal([2, 3]);
  });

  it('reads nothing of another conversation, and nothing that has another form', async () => {
    const { cache, keep } = setUp();
    cache.changed(state([message(1)]));
    cache.flush();
    const good = (await cache.read('c1'))!;
    expect(await cache.read('c2')).to.equal(undefined);
    expect(await cache.read(undefined)).to.equal(undefined);
    for (const bad of [
      { ...good, messages: 'none' },
      { ...good, messages: [{ id: 'm1' }] },
      { ...good, receipts: undefined },
      { ...good, participants: 7 },
    ]) {
      keep(bad);
      expect(await cache.read('c1'), JSON.stringify(bad)).to.equal(undefined);
    }
  });
});
