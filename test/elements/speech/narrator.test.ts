import { expect } from '@open-wc/testing';
import type { ChatState } from '../../../src/conversation/state.js';
import { Announcer } from '../../../src/elements/speech/announcer.js';
import { Narrator } from '../../../src/elements/speech/narrator.js';
import { speechOf } from '../../../src/features/markdown/speech.js';
import { texts as panel } from '../../../src/i18n/en/panel.js';
import { texts as thread } from '../../../src/i18n/en/thread.js';
import { Language, learn } from '../../../src/i18n/language.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';
import {
  aiSays,
  fakeClient,
  guestSays,
  MAYA,
  SPARK,
  staffSays,
  system,
  type FakeClient,
} from '../fake-client.js';
import { Listener } from './listener.js';

describe('Narrator', () => {
  let clock: ManualClock;
  let listener: Listener;
  let client: FakeClient;
  let narrator: Narrator;
  let language: Language;

  before(() => learn({ ...panel, ...thread }));
  beforeEach(() => {
    clock = new ManualClock();
    listener = new Listener();
    language = new Language('en-GB');
  });
  afterEach(() => {
    narrator.end();
    listener.end();
  });

  async function tellOf(state: Partial<ChatState> = {}): Promise<void> {
    client = fakeClient({ open: true, ...state });
    const announcer = new Announcer(clock, () => true);
    narrator = new Narrator({
      client,
      announcer,
      language: () => language,
      clock,
      markdown: async () => ({ speechOf }),
    });
    await clock.advance(200);
  }
  const arrives = (message: ReturnType<typeof aiSays>): void => {
    client.add(message);
    client.tell('message', { message, direction: 'in' });
  };
  const hears = async (ms = 0): Promise<string[]> => {
    await clock.advance(ms);
    return listener.take();
  };
  const typing = { typing: [{ author: SPARK }] };

  it('says nothing of history, nor of what comes with the first page', async () => {
    await tellOf({ messages: [aiSays('Old')], loaded: false, answering: 'queued', position: 3 });
    const missed = staffSays('Missed');
    client.set({ messages: [aiSays('Old'), missed], loaded: true });
    client.tell('message', { message: missed, direction: 'in' });
    expect(await hears(5_000)).to.be.empty;
    arrives(staffSays('New'));
    expect(await hears()).to.deep.equal(['Maya Okafor: New']);
  });

  it('says who writes a reply that takes more than a second, once', async () => {
    await tellOf();
    client.set(typing);
    expect(await hears(999)).to.be.empty;
    expect(await hears(1)).to.deep.equal(['Assistant is replying']);
    client.set({ typing: [], messages: [aiSays('Ye', { id: 'r', seq: undefined, streaming: true })] });
    client.set({ messages: [aiSays('Yes, s', { id: 'r', seq: undefined, streaming: true })] });
    expect(await hears(10_000)).to.be.empty;
    arrives(aiSays('Yes, sure.', { format: 'markdown' }));
    expect(await hears()).to.deep.equal(['Assistant: Yes, sure.']);
  });

  it('does not say so when the reply is there before', async () => {
    await tellOf();
    client.set(typing);
    await clock.advance(900);
    client.set({ typing: [] });
    arrives(aiSays('Yes.'));
    expect(await hears(5_000)).to.deep.equal(['Assistant: Yes.']);
  });

  it('says a reply of 200 pieces once, without its syntax', async () => {
    await tellOf();
    let text = '';
    for (let piece = 0; piece < 200; piece += 1) {
      text += '**word** ';
      client.set({ messages: [aiSays(text, { id: 'r', seq: undefined, streaming: true })] });
      await clock.advance(2);
    }
    const message = aiSays('**word** and\n\n| a |\n|---|\n| b |\n', { id: 'r', format: 'markdown' });
    client.set({ messages: [message] });
    client.tell('message', { message, direction: 'in' });
    expect(await hears(5_000)).to.deep.equal(['Assistant: word and. table, 1 row']);
  });

  it('says the beginning of a long reply', async () => {
    await tellOf();
    arrives(aiSays('A sentence. '.repeat(100), { format: 'markdown' }));
    expect(await hears()).to.deep.equal([
      `Assistant: ${'A sentence. '.repeat(25)}Long reply. Read the rest in the conversation.`,
    ]);
  });

  it('says that a reply was stopped, and not the reply', async () => {
    await tellOf();
    const reply = aiSays('Half of', { id: 'r', seq: undefined, streaming: true });
    client.set({ messages: [reply] });
    client.set({ messages: [{ ...reply, streaming: undefined, stopped: true }] });
    expect(await hears()).to.deep.equal(['Reply stopped']);
    const message = aiSays('Half of', { id: 'r', stopped: true });
    client.set({ messages: [message] });
    client.tell('message', { message, direction: 'in' });
    expect(await hears(5_000)).to.be.empty;
  });

  it('says once per turn who types', async () => {
    await tellOf({ answering: 'staff', participants: [MAYA] });
    const types = async (): Promise<string[]> => {
      client.set({ typing: [{ author: MAYA }] });
      const heard = await hears(300);
      client.set({ typing: [] });
      return heard;
    };
    expect(await types()).to.deep.equal(['Maya Okafor is typing']);
    expect(await types()).to.be.empty;
    arrives(staffSays('Hello'));
    expect(await hears()).to.deep.equal(['Maya Okafor: Hello']);
    expect(await types()).to.be.empty;
    client.tell('message', { message: guestSays('Hi'), direction: 'out' });
    expect(await types()).to.deep.equal(['Maya Okafor is typing']);
    client.set({ typing: [{ author: MAYA }] });
    client.tell('message', { message: guestSays('Are you there?'), direction: 'out' });
    expect(await hears(5_000), 'she has been typing all the time').to.be.empty;
    client.set({ typing: [] });
    expect(await types()).to.deep.equal(['Maya Okafor is typing']);
  });

  it('does not echo what the guest says, nor how far it has come', async () => {
    await tellOf();
    const message = guestSays('Hello', { delivery: 'queued' });
    client.add(message);
    client.tell('message', { message, direction: 'out' });
    for (const delivery of ['sending', 'sent', 'delivered', 'read'] as const) {
      client.set({ messages: [{ ...message, delivery }] });
      client.tell('delivery', { clientId: message.clientId!, state: delivery });
    }
    expect(await hears(5_000)).to.be.empty;
  });

  it('interrupts for a failure, open or closed', async () => {
    await tellOf();
    client.tell('delivery', { clientId: 'c', state: 'failed' });
    expect(await hears()).to.deep.equal(['! Not sent']);
    client.set({ open: false });
    client.tell('delivery', { clientId: 'd', state: 'failed' });
    expect(await hears(500)).to.deep.equal(['! Not sent']);
  });

  it('says the place in line at once, then at most every 30 seconds, and never a worse one', async () => {
    await tellOf();
    const queued = { answering: 'queued', waitSeconds: 170 } as const;
    client.set({ ...queued, position: 4 });
    expect(await hears()).to.deep.equal(['Your place in line: 4th, About 3 minutes']);
    client.set({ ...queued, position: 3 });
    client.set({ ...queued, position: 2, waitSeconds: 60 });
    expect(await hears(29_999)).to.be.empty;
    expect(await hears(1)).to.deep.equal(['Your place in line: 2nd, About 1 minute']);
    client.set({ ...queued, position: 5 });
    expect(await hears(60_000)).to.be.empty;
    client.set({ answering: 'ai', position: undefined, waitSeconds: undefined });
    client.set({ answering: 'queued' });
    expect(await hears()).to.deep.equal(['Finding you a person']);
    client.set({ answering: 'queued', position: 9 });
    expect(await hears(150)).to.deep.equal(['Your place in line: 9th']);
  });

  it('says who joins, also while it is closed, by line or by state, once', async () => {
    await tellOf({ open: false });
    arrives(system('staff-joined', { author: MAYA }));
    client.set({ answering: 'staff', participants: [MAYA] });
    expect(await hears(1_000)).to.deep.equal(['Maya Okafor joined']);
    client.set({ answering: 'ai', participants: [] });
    client.set({ answering: 'staff', participants: [MAYA] });
    arrives(system('staff-joined', { author: MAYA }));
    expect(await hears(1_000)).to.deep.equal(['Maya Okafor joined']);
  });

  it('says what else has happened while it is open', async () => {
    await tellOf();
    arrives(system('escalated'));
    arrives(system('staff-left', { author: MAYA }));
    arrives(system('brand-new', { text: 'In the words of the server' }));
    expect(await hears(1_000)).to.deep.equal([
      'You asked to talk to a person',
      'Maya Okafor left',
      'In the words of the server',
    ]);
  });

  it('says to who has closed the chat only that somebody has written', async () => {
    await tellOf({ open: false });
    client.set(typing);
    client.set({ ...typing, answering: 'queued', position: 2 });
    await clock.advance(5_000);
    client.set({ typing: [], answering: 'ai' });
    arrives(staffSays('Secret'));
    arrives(aiSays('Secret', { author: undefined }));
    arrives(system('conversation-ended', { author: MAYA }));
    client.set({ connection: { status: 'offline' } });
    expect(await hears(1_000)).to.deep.equal(['New message from Maya Okafor', 'New message from Assistant']);
  });

  it('says how the line is, when that is shown', async () => {
    await tellOf();
    client.set({ connection: { status: 'reconnecting', attempt: 1 } });
    expect(await hears(1_999)).to.be.empty;
    expect(await hears(1)).to.deep.equal(['Reconnecting…']);
    client.set({ connection: { status: 'reconnecting', attempt: 2, retryAt: clock.date() + 9_000 } });
    client.set({ connection: { status: 'connecting' } });
    expect(await hears(57_999)).to.be.empty;
    expect(await hears(1)).to.deep.equal(['We can’t reach the chat.']);
    client.set({ connection: { status: 'online' }, restored: 2 });
    expect(await hears(150)).to.deep.equal(['Back online. 2 messages sent.']);
    client.set({ restored: undefined });
    client.set({ connection: { status: 'offline' } });
    expect(await hears(500)).to.deep.equal(['You’re offline. Messages will send when you’re back.']);
    client.set({ connection: { status: 'online' }, restored: 0 });
    expect(await hears(500)).to.deep.equal(['Back online.']);
    expect(await hears(200_000)).to.be.empty;
  });

  it('keeps a short loss to itself', async () => {
    await tellOf();
    client.set({ connection: { status: 'reconnecting', attempt: 1 } });
    await clock.advance(1_000);
    client.set({ connection: { status: 'online' } });
    expect(await hears(60_000)).to.be.empty;
  });

  it('speaks the language of the reader', async () => {
    language = new Language('de', {}, { 'ai.stopped': 'Antwort angehalten' }, 'de');
    await tellOf();
    const reply = aiSays('Half of', { id: 'r', seq: undefined, streaming: true });
    client.set({ messages: [reply] });
    client.set({ messages: [{ ...reply, streaming: undefined, stopped: true }] });
    expect(await hears()).to.deep.equal(['Antwort angehalten']);
    expect(listener.regions[0]!.querySelector('p')!.lang).to.equal('de');
  });

  it('leaves neither timers nor regions', async () => {
    await tellOf();
    client.set({
      ...typing,
      answering: 'queued',
      position: 2,
      connection: { status: 'reconnecting', attempt: 1 },
    });
    await clock.advance(150);
    narrator.end();
    await clock.advance(1_000);
    expect(clock.pending).to.equal(0);
    expect(listener.regions).to.be.empty;
    arrives(staffSays('Late'));
    await clock.advance(2_000);
    expect(listener.take()).to.deep.equal(['Your place in line: 2nd']);
  });
});
