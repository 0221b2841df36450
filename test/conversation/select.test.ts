import { expect } from '@open-wc/testing';
import {
  canEscalate,
  newestActions,
  onlyReplyGrew,
  staffPresent,
  streamingReply,
  unreadCount,
} from '../../src/conversation/select.js';
import { createTimeline } from '../../src/conversation/timeline.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../../src/conversation/state.js';

const START = Date.parse('2026-11-21T10:00:00Z');
const MINUTE = 60_000;
const of = (
  seq: number,
  role: ChatMessage['role'],
  minutes: number,
  more: Partial<ChatMessage> = {},
): ChatMessage => ({
  id: `m${seq}`,
  seq,
  role,
  ...(role !== 'guest' && { author: { id: `${role}-1`, role } }),
  text: `m${seq}`,
  sentAt: new Date(START + minutes * MINUTE).toISOString(),
  ...more,
});
const withMessages = (...messages: ChatMessage[]): ChatState => ({ ...INITIAL_STATE, messages });
const shape = (state: ChatState): string[] =>
  createTimeline()(state).map((item) =>
    item.kind === 'group' ? `${item.role}: ${item.messages.map(({ text }) => text).join(' ')}` : item.kind,
  );

describe('timeline', () => {
  it('groups one author within five minutes, and breaks at author, gap and system lines', () => {
    const state = withMessages(
      of(1, 'guest', 0),
      of(2, 'guest', 1),
      of(3, 'ai', 2),
      of(4, 'ai', 7),
      of(5, 'system', 7, { event: 'escalated' }),
      of(6, 'ai', 8),
      of(7, 'staff', 8),
      of(8, 'staff', 8, { author: { id: 'other', role: 'staff' } }),
    );
    expect(shape(state)).to.deep.equal([
      'day',
      'guest: m1 m2',
      'ai: m3',
      'ai: m4',
      'system',
      'ai: m6',
      'staff: m7',
      'staff: m8',
    ]);
  });

  it('begins each day with a line', () => {
    expect(shape(withMessages(of(1, 'guest', 0), of(2, 'guest', 3 * 24 * 60)))).to.deep.equal([
      'day',
      'guest: m1',
      'day',
      'guest: m2',
    ]);
  });

  it('draws one line above the first unread message of others', () => {
    const state = { ...withMessages(of(1, 'ai', 0), of(2, 'guest', 1), of(3, 'ai', 2)), unreadFrom: 1 };
    expect(shape(state)).to.deep.equal(['day', 'ai: m1', 'guest: m2', 'unread', 'ai: m3']);
  });

  it('keeps the identity of items that do not change', () => {
    const timeline = createTimeline();
    const first = withMessages(of(1, 'guest', 0), of(2, 'ai', 1));
    const before = timeline(first);
    expect(timeline(first)).to.equal(before);
    const after = timeline({ ...first, messages: [...first.messages, of(3, 'ai', 2)] });
    expect(after[0]).to.equal(before[0]);
    expect(after[1]).to.equal(before[1]);
    expect(after[2]).not.to.equal(before[2]);
  });
});

describe('selectors', () => {
  it('count unread messages of people and the assistant only', () => {
    const state = withMessages(
      of(1, 'ai', 0),
      of(2, 'guest', 1),
      of(3, 'system', 1),
      of(4, 'staff', 2),
      of(5, 'ai', 3),
    );
    expect(unreadCount(state)).to.equal(3);
    expect(unreadCount({ ...state, readUpTo: 4 })).to.equal(1);
  });

  it('offer a person only while the assistant answers and the backend can escalate', () => {
    expect(canEscalate(INITIAL_STATE)).to.equal(true);
    expect(canEscalate({ ...INITIAL_STATE, answering: 'staff' })).to.equal(false);
    expect(canEscalate({ ...INITIAL_STATE, features: ['typing'] })).to.equal(false);
  });

  it('offer quick replies of the newest message only', () => {
    const actions = [{ label: 'Yes', value: 'y' }];
    expect(newestActions(withMessages(of(1, 'ai', 0, { actions })))).to.equal(actions);
    expect(newestActions(withMessages(of(1, 'ai', 0, { actions }), of(2, 'guest', 0)))).to.deep.equal([]);
  });

  it('know the growing reply and the person present', () => {
    const growing = of(2, 'ai', 1, { streaming: true, seq: undefined });
    expect(streamingReply(withMessages(of(1, 'guest', 0), growing))).to.equal(growing);
    const maya = { id: 'maya', role: 'staff' } as const;
    expect(staffPresent({ ...INITIAL_STATE, participants: [maya] })).to.equal(undefined);
    expect(staffPresent({ ...INITIAL_STATE, answering: 'staff', participants: [maya] })).to.equal(maya);
  });

  it('know when nothing has happened but that a reply grew', () => {
    const reply = (text: string, more: Partial<ChatMessage> = {}): ChatMessage =>
      of(2, 'ai', 1, { text, streaming: true, seq: undefined, ...more });
    const question = of(1, 'guest', 0);
    const before = { ...withMessages(question, reply('H')), unsaved: true, unreadFrom: 0 };
    const grown = { ...before, messages: [question, reply('Hi')] };
    const { unsaved: _gone, ...saved } = grown;
    expect(onlyReplyGrew(grown, before)).to.equal(true);
    for (const other of [
      { ...grown, messages: [question, reply('Hi', { streaming: undefined })] },
      { ...grown, messages: [question, reply('Hi', { id: 'm3' })] },
      { ...grown, messages: [reply('Hi')] },
      { ...grown, unreadFrom: 1 },
      { ...grown, position: 2 },
      saved,
    ])
      expect(onlyReplyGrew(other, before)).to.equal(false);
  });
});
