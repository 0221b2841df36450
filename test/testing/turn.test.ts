import { expect } from '@open-wc/testing';
import { countingIds } from '../../src/testing/identifiers.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import type { Turn } from '../../src/testing/turn.js';
import { WireGuest } from './wire-guest.js';

describe('Turn', () => {
  let clock: ManualClock;
  let server: MockChatServer;
  let guest: WireGuest;

  beforeEach(async () => {
    clock = new ManualClock();
    server = new MockChatServer({ clock, makeId: countingIds(), unmatched: 'fail' });
    guest = new WireGuest(server.backend());
    await clock.settle();
    guest.hello();
    await clock.settle();
    guest.frames.length = 0;
  });

  afterEach(() => server.stop());

  async function write(text: string): Promise<Turn> {
    guest.writes(text);
    return server.nextTurn();
  }

  it('tells what the guest wrote', async () => {
    guest.tells({
      type: 'send',
      clientId: 'a',
      text: 'Yes',
      action: { messageId: 'message-0', value: 'yes' },
    });
    const turn = await server.nextTurn();
    expect([turn.text, turn.clientId, turn.action?.value, turn.open]).to.deep.equal([
      'Yes',
      'a',
      'yes',
      true,
    ]);
    expect(turn.conversation).to.equal(server.conversations[0]);
    expect(turn.ack().open).to.equal(false);
  });

  it('does nothing before it is told to', async () => {
    await write('hi');
    await clock.advance(4000);
    expect(guest.types).to.deep.equal([]);
    expect(server.conversations[0]?.messages).to.deep.equal([]);
  });

  it('acknowledges, types and streams in one breath', async () => {
    (await write('hi')).ack().type('Thinking').stream('Hel', 'lo');
    await clock.settle();
    expect(guest.types).to.deep.equal(['ack', 'typing', 'typing', 'delta', 'delta', 'message']);
    expect(guest.all('delta').map(({ offset, text }) => [offset, text])).to.deep.equal([
      [0, 'Hel'],
      [3, 'lo'],
    ]);
    expect(guest.all('message')[0]?.message).to.include({
      text: 'Hello',
      role: 'ai',
      format: 'markdown',
      seq: 2,
    });
    expect(guest.all('message')[0]?.message.id).to.equal(guest.all('delta')[0]?.id);
  });

  it('lets an answer imply the ack', async () => {
    const answers: ((turn: Turn) => unknown)[] = [
      (turn) => turn.says('hi'),
      (turn) => turn.type(),
      (turn) => turn.stream('hi'),
      (turn) => turn.escalate(),
      (turn) => turn.staff({ name: 'Maya' }).joins(),
      (turn) => turn.mode('ai'),
    ];
    for (const [index, answer] of answers.entries()) answer(await write(`message ${index}`));
    await clock.settle();
    expect(guest.all('ack').map(({ clientId }) => clientId)).to.deep.equal(
      answers.map((_, index) => `message ${index}`),
    );
  });

  it('says everything a message can carry', async () => {
    const carried = {
      format: 'plain',
      actions: [{ label: 'Yes', value: 'yes' }],
      sources: [{ title: 'Help', url: 'https://help.example' }],
      meta: { score: 1 },
    } as const;
    (await write('hi')).says('Hello', carried);
    await clock.settle();
    expect(guest.all('message')[0]?.message).to.deep.include(carried);
  });

  it('leaves a stream half way, and ends it later', async () => {
    const turn = await write('hi');
    turn.streams('Hel');
    await clock.settle();
    expect(guest.types).to.deep.equal(['ack', 'delta']);
    turn.streams('lo').ends('!', { sources: [] });
    turn.stream('Next');
    await clock.settle();
    expect(guest.texts).to.deep.equal(['Hello!', 'Next']);
  });

  it('knows when the guest stopped it, and says no more of that reply', async () => {
    const turn = await write('hi');
    turn.streams('one ');
    await clock.settle();
    guest.tells({ type: 'stop', messageId: guest.all('delta')[0]?.id ?? '' });
    await clock.settle();
    expect(turn.stopped).to.equal(true);
    turn.streams('two ').ends('three');
    await clock.settle();
    expect(guest.texts).to.deep.equal(['one ']);
    turn.says('Something else?');
    await clock.settle();
    expect(guest.texts).to.deep.equal(['one ', 'Something else?']);
  });

  it('refuses, for good and for a moment', async () => {
    (await write('a')).nack('forbidden', { message: 'no links' });
    (await write('b')).nack('rate-limited', { retryAfterMs: 100 });
    await clock.settle();
    expect(guest.all('nack')).to.deep.equal([
      { type: 'nack', clientId: 'a', code: 'forbidden', message: 'no links' },
      { type: 'nack', clientId: 'b', code: 'rate-limited', message: '', retryAfterMs: 100 },
    ]);
  });

  it('says so when it is refused after it was taken', async () => {
    const turn = (await write('a')).ack();
    expect(() => turn.nack('internal')).to.throw('stored before');
  });

  it('puts the guest into the queue, moves their place, and lets them leave', async () => {
    const turn = await write('a person, please');
    turn.escalate({ position: 2, waitSeconds: 80 }).escalate({ position: 1, waitSeconds: 40 }).leaveQueue();
    await clock.settle();
    expect(guest.all('mode').map(({ mode, position }) => [mode, position])).to.deep.equal([
      ['queued', 2],
      ['queued', 1],
      ['ai', undefined],
    ]);
    expect(guest.all('message').map(({ message }) => message.event)).to.deep.equal([
      'escalated',
      'queue-left',
    ]);
  });

  it('lets a person come, speak and go', async () => {
    const maya = (await write('hi')).staff({ name: 'Maya', avatarUrl: 'https://shop.example/maya.jpg' });
    maya.joins().reads().types().says('Hi!').reacts('👍').leaves();
    await clock.settle();
    expect(guest.types).to.deep.equal([
      'ack',
      'message',
      'joined',
      'mode',
      'receipt',
      'typing',
      'typing',
      'message',
      'reaction',
      'message',
      'mode',
      'left',
    ]);
    const [joined, hi, left] = guest.all('message').map(({ message }) => message);
    const author = {
      id: 'staff-maya',
      role: 'staff',
      name: 'Maya',
      avatarUrl: 'https://shop.example/maya.jpg',
    };
    expect(joined).to.deep.include({ role: 'system', event: 'staff-joined', author });
    expect(hi).to.deep.include({ role: 'staff', text: 'Hi!', author });
    expect(hi).not.to.have.property('format');
    expect(left).to.deep.include({ role: 'system', event: 'staff-left' });
    expect(guest.all('receipt')[0]).to.deep.include({ kind: 'read', upTo: 2 });
    expect(guest.all('reaction')[0]).to.deep.include({ messageId: 'message-1', emoji: '👍', active: true });
  });

  it('ends the conversation, and the line a while later', async () => {
    (await write('bye')).says('Bye!').closes();
    await clock.advance(59_999);
    expect(guest.all('mode')[0]?.mode).to.equal('closed');
    expect(guest.closed).to.equal(undefined);
    await clock.advance(1);
    expect(guest.closed).to.include({ code: 1000, reason: 'ended' });
  });

  it('waits on the clock of the server', async () => {
    const turn = await write('hi');
    void turn.wait(1000).then(() => turn.says('Hello'));
    await clock.advance(999);
    expect(guest.texts).to.deep.equal([]);
    await clock.advance(1);
    expect(guest.texts).to.deep.equal(['Hello']);
  });
});
