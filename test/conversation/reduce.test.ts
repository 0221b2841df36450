import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { reduce, type ChatEvent } from '../../src/conversation/reduce.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../../src/conversation/state.js';
import type { Message } from '../../src/protocol/message.js';

const MAYA = { id: 'maya', role: 'staff', name: 'Maya' } as const;
const BOT = { id: 'bot', role: 'ai' } as const;
const at = '2026-11-21T10:00:00.000Z';

const echo = (clientId: string, text = clientId): ChatMessage => ({
  id: clientId,
  clientId,
  role: 'guest',
  text,
  sentAt: at,
  delivery: 'queued',
});
const said = (seq: number, text = `m${seq}`, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  role: 'ai',
  author: BOT,
  text,
  sentAt: at,
  ...more,
});
const play = (...events: ChatEvent[]): ChatState => events.reduce(reduce, INITIAL_STATE);
const texts = (state: ChatState): string[] => state.messages.map(({ text }) => text);
const queued = (...ids: string[]): ChatEvent => ({
  type: 'local/queued',
  messages: ids.map((id) => echo(id)),
});
const ack = (clientId: string, seq: number): ChatEvent => ({
  type: 'ack',
  clientId,
  id: `s${seq}`,
  seq,
  sentAt: at,
});
const message = (m: Message): ChatEvent => ({ type: 'message', message: m });
const delta = (id: string, offset: number, text: string): ChatEvent => ({
  type: 'delta',
  id,
  offset,
  text,
  at,
});

describe('reduce', () => {
  it('shows a local echo at once and adopts the number of its ack', () => {
    const before = play(queued('a'), { type: 'local/delivery', clientId: 'a', state: 'sending' });
    expect(before.messages[0]).to.include({ id: 'a', delivery: 'sending' });
    const after = reduce(before, ack('a', 1));
    expect(after.messages[0]).to.include({ id: 's1', seq: 1, clientId: 'a', delivery: 'sent' });
  });

  it('keeps numbered messages by number, then echoes, then growing replies', () => {
    const state = play(
      queued('a', 'b'),
      delta('r', 0, 'Hm'),
      message(said(2)),
      message(said(1)),
      ack('b', 3),
    );
    expect(texts(state)).to.deep.equal(['m1', 'm2', 'b', 'a', 'Hm']);
  });

  it('puts an echo above a reply that already grows, where its number will be', () => {
    expect(texts(play(delta('r', 0, 'Hm'), queued('a')))).to.deep.equal(['a', 'Hm']);
  });

  it('replaces a stream by its final message, once', () => {
    const state = play(
      delta('m1', 0, 'Hel'),
      delta('m1', 3, 'lo'),
      message(said(1, 'Hello!')),
      message(said(1, 'Hello!')),
    );
    expect(state.messages).to.have.length(1);
    expect(state.messages[0]).to.include({ text: 'Hello!', seq: 1 });
    expect(state.messages[0]!.streaming).to.equal(undefined);
    expect(reduce(state, delta('m1', 0, 'Hel'))).to.equal(state);
  });

  it('keeps the text of a stopped reply, whatever comes later', () => {
    const state = play(
      delta('m1', 0, 'Hel'),
      { type: 'local/stream-ended', id: 'm1', stopped: true },
      delta('m1', 3, 'lo'),
      message(said(1, 'Hello, all of it')),
    );
    expect(state.messages[0]).to.include({ text: 'Hel', stopped: true, seq: 1 });
  });

  it('lets delivery climb and never fall, except when the line is lost', () => {
    const move = (clientId: string, state: ChatMessage['delivery']): ChatEvent => ({
      type: 'local/delivery',
      clientId,
      state: state!,
    });
    const lost = play(queued('a'), move('a', 'sending'), move('a', 'queued'));
    expect(lost.messages[0]!.delivery).to.equal('queued');
    const read = play(queued('a'), ack('a', 1), { type: 'receipt', upTo: 1, kind: 'read', by: MAYA });
    expect(read.messages[0]!.delivery).to.equal('read');
    for (const state of ['queued', 'sending', 'sent', 'delivered', 'failed'] as const) {
      expect(reduce(read, move('a', state))).to.equal(read);
    }
  });

  it('remembers a receipt that comes before the ack it belongs to', () => {
    const receipt = (kind: 'delivered' | 'read', upTo: number): ChatEvent => ({
      type: 'receipt',
      upTo,
      kind,
      by: MAYA,
    });
    const early = play(
      queued('a', 'b'),
      receipt('read', 1),
      receipt('delivered', 2),
      ack('a', 1),
      ack('b', 2),
    );
    expect(early.messages.map(({ delivery }) => delivery)).to.deep.equal(['read', 'delivered']);
    const page = [said(1, 'mine', { role: 'guest', clientId: 'c' })];
    const reloaded = play(receipt('read', 1), {
      type: 'local/page',
      page: 'newest',
      messages: page,
      hasMore: false,
    });
    expect(reloaded.messages[0]!.delivery).to.equal('read');
  });

  it('keeps what the guest makes of an answer, and not what others do', () => {
    const reaction = (
      emoji: string,
      active = true,
      author: typeof MAYA | { id: string; role: 'guest' } = { id: 'g', role: 'guest' },
    ): ChatEvent => ({
      type: 'reaction',
      messageId: 'm1',
      emoji,
      active,
      author,
    });
    const answer = { type: 'message', message: said(1) } as const;
    const after = (...events: ChatEvent[]): string | undefined =>
      play(answer, ...events).messages[0]!.reaction;
    expect(after(reaction('👍'))).to.equal('👍');
    expect(after(reaction('👍'), answer), 'said again').to.equal('👍');
    expect(after(reaction('👍'), reaction('👍', false))).to.equal(undefined);
    expect(after(reaction('👍'), reaction('👎'), reaction('👍', false)), 'an echo that comes late').to.equal(
      '👎',
    );
    expect(after(reaction('👍', true, MAYA))).to.equal(undefined);
    expect(play(reaction('👍'))).to.equal(INITIAL_STATE);
  });

  it('forgets what was read when the numbering begins anew', () => {
    const welcome = (conversationId: string, epoch: string): ChatEvent => ({
      type: 'welcome',
      conversationId,
      epoch,
      guestId: 'g',
      resumeToken: 't',
      resumed: true,
      lastSeq: 0,
      mode: 'ai',
      participants: [],
      features: [],
      limits: INITIAL_STATE.limits,
      heartbeatMs: 10_000,
    });
    const read = { type: 'local/read', upTo: 5 } as const;
    expect(play(welcome('c', 'e'), read, welcome('c', 'e')).readUpTo).to.equal(5);
    expect(play(welcome('c', 'e'), read, welcome('c', 'f')).readUpTo).to.equal(0);
    expect(play(welcome('c', 'e'), read, welcome('d', 'e')).readUpTo).to.equal(0);
  });

  it('takes a message that was called failed and arrived after all', () => {
    const state = play(
      queued('a'),
      { type: 'local/delivery', clientId: 'a', state: 'failed', failure: { code: 'internal', message: '' } },
      ack('a', 1),
    );
    expect(state.messages[0]!.delivery).to.equal('sent');
    expect(state.messages[0]!.failure).to.equal(undefined);
  });

  it('replaces the thread by the newest page but keeps what waits in the outbox', () => {
    const page = [said(7), said(8, 'mine', { role: 'guest', clientId: 'b' })];
    const state = play(message(said(1)), queued('a', 'b'), {
      type: 'local/page',
      page: 'newest',
      messages: page,
      hasMore: true,
    });
    expect(texts(state)).to.deep.equal(['m7', 'mine', 'a']);
    expect(state.messages[1]).to.include({ delivery: 'sent', clientId: 'b' });
    expect(state).to.include({ hasOlder: true, loaded: true });
  });

  it('puts older pages above without touching what is there', () => {
    const before = play(message(said(5)));
    const after = reduce(before, {
      type: 'local/page',
      page: 'before',
      messages: [said(3), said(4)],
      hasMore: false,
    });
    expect(texts(after)).to.deep.equal(['m3', 'm4', 'm5']);
    expect(after.messages[2]).to.equal(before.messages[0]);
  });

  it('follows the queue, who is there and who types', () => {
    const queue = play({ type: 'mode', mode: 'queued', position: 2, waitSeconds: 120 });
    expect(queue).to.include({ answering: 'queued', position: 2, waitSeconds: 120 });
    const staff = [
      { type: 'joined', author: MAYA },
      { type: 'mode', mode: 'staff' },
      { type: 'typing', author: MAYA, active: true },
    ] as const;
    const state = staff.reduce<ChatState>(reduce, queue);
    expect(state.answering).to.equal('staff');
    expect(state.position).to.equal(undefined);
    expect(state.typing).to.deep.equal([{ author: MAYA }]);
    const quiet = reduce(state, message(said(1, 'Hi', { role: 'staff', author: MAYA })));
    expect(quiet.typing).to.deep.equal([]);
    const nameless = (role: 'staff' | 'ai') => {
      const { author: _author, ...rest } = said(1, 'Hi', { role });
      return reduce(state, message(rest)).typing;
    };
    expect(nameless('staff'), 'all of a role stop where nobody is named').to.deep.equal([]);
    expect(nameless('ai')).to.have.length(1);
    expect(reduce(quiet, { type: 'left', author: MAYA }).participants).to.deep.equal([]);
  });

  it('marks where unread messages began when the panel opens', () => {
    const state = play(message(said(1)), { type: 'local/read', upTo: 1 }, message(said(2)), {
      type: 'local/open',
      open: true,
    });
    expect(state.unreadFrom).to.equal(1);
    expect(reduce(state, { type: 'local/open', open: false }).unreadFrom).to.equal(undefined);
  });

  it('is idempotent and keeps the identity of what it does not touch', () => {
    const events = fc.oneof(
      fc.nat(6).map((n) => message(said(n + 1))),
      fc.nat(3).map((n) => queued(`c${n}`)),
      fc.nat(3).map((n) => ack(`c${n}`, 10 + n)),
      fc.tuple(fc.nat(6), fc.nat(3)).map(([n, offset]) => delta(`m${n + 1}`, offset, 'abc'.slice(offset))),
      fc.nat(12).map((upTo): ChatEvent => ({ type: 'receipt', upTo, kind: 'read', by: MAYA })),
      fc.constantFrom<ChatEvent>(
        { type: 'mode', mode: 'queued', position: 1 },
        { type: 'mode', mode: 'ai' },
        { type: 'typing', author: MAYA, active: true },
        { type: 'left', author: MAYA },
      ),
    );
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (story) => {
        let state = INITIAL_STATE;
        for (const event of story) {
          const next = reduce(state, event);
          expect(reduce(next, event)).to.equal(next);
          const numbered = next.messages.flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
          expect(numbered).to.deep.equal([...new Set(numbered)].sort((a, b) => a - b));
          const changed = next.messages.filter((m) => !state.messages.includes(m));
          if (event.type === 'message' || event.type === 'ack' || event.type === 'delta') {
            expect(changed.length).to.be.at.most(1);
          }
          state = next;
        }
      }),
    );
  });
});
