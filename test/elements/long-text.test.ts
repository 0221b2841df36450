import { expect, fixtureCleanup, waitUntil } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import type { CwComposer } from '../../src/elements/cw-composer.js';
import type { ChatState } from '../../src/conversation/state.js';
import { learn } from '../../src/i18n/language.js';
import { ENGLISH } from '../../src/i18n/strings.js';
import { TONGUES } from '../../src/i18n/tongue.js';
import { pseudo, pseudoTexts } from '../i18n/pseudo.js';
import { aiSays, guestSays, MAYA, SPARK, staffSays, system } from './fake-client.js';
import { laidOut, openWidget, type Opened } from './open-widget.js';
import { overflows } from './overflow.js';

const LONG = pseudoTexts(ENGLISH);
const words = (text: string): string => pseudo(text) as string;

interface Scene {
  readonly state?: Partial<ChatState>;
  readonly properties?: Partial<ChatWidget>;
  /** Shown by this. */
  readonly shows: string;
  /** What has to be done before it is. */
  readonly arrange?: (opened: Opened) => Promise<void>;
}

const say = words('Is it waterproof?');
const thread = () => [
  guestSays(say, { delivery: 'read' }),
  aiSays(words('Yes, up to three thousand millimetres. Shall I show you the other sizes?')),
  system('escalated'),
  system('staff-joined', { author: MAYA }),
  staffSays(words('Hello, this is Maya.')),
];

/** Everything that a conversation shows, by name. */
const SCENES: Readonly<Record<string, Scene>> = {
  welcome: {
    shows: '.hero',
    properties: { suggestions: [say, words('Where is my order?')], heading: undefined },
  },
  'welcome that people have known': { shows: '.avatars', state: { participants: [MAYA] } },
  conversation: { shows: '.bubble.staff', state: { messages: thread() } },
  'conversation with a person': {
    shows: '.presence',
    state: { messages: thread(), answering: 'staff', participants: [MAYA] },
  },
  'messages that wait, leave and fail': {
    shows: '.meta.failed',
    state: {
      messages: [
        guestSays(say, { delivery: 'delivered' }),
        guestSays(say, { delivery: 'queued', seq: undefined }),
        guestSays(say, { delivery: 'failed', seq: undefined }),
      ],
    },
  },
  queue: {
    shows: '.queue-number',
    state: { messages: thread(), answering: 'queued', position: 12, waitSeconds: 660 },
  },
  'queue without a place': { shows: '.queue', state: { messages: thread(), answering: 'queued' } },
  'end of a conversation': {
    shows: '.header',
    state: {
      messages: [...thread(), system('queue-left'), system('conversation-ended', { author: MAYA })],
      answering: 'closed',
    },
  },
  typing: {
    shows: '.typing',
    state: { messages: thread(), typing: [{ author: SPARK, label: say }, { author: MAYA }] },
  },
  'replies on offer': {
    shows: '.quick-reply',
    state: {
      messages: [
        aiSays('?', {
          actions: [1, 2, 3].map((n) => ({ label: words(`Show me number ${n}`), value: `${n}` })),
        }),
      ],
    },
  },
  connecting: {
    shows: '.presence.away',
    state: { messages: thread(), connection: { status: 'connecting' } },
  },
  reconnecting: {
    shows: '.banner-action',
    // After being offline the line is known to be gone; otherwise a loss is silent for two seconds.
    state: { messages: thread(), connection: { status: 'offline' } },
    arrange: ({ set }) =>
      set({ connection: { status: 'reconnecting', attempt: 3, retryAt: Date.now() + 600_000 } }),
  },
  offline: { shows: '.banner', state: { messages: thread(), connection: { status: 'offline' } } },
  down: {
    shows: '.banner.danger',
    state: { messages: thread(), connection: { status: 'failed', reason: 'refused' } },
  },
  restored: { shows: '.banner.success', state: { messages: thread(), restored: 12 } },
  'not kept': { shows: '.banner-action', state: { messages: thread(), unsaved: true } },
  'nothing loaded': {
    shows: '.empty',
    state: { conversationId: 'c', loaded: false, connection: { status: 'failed', reason: 'refused' } },
  },
  'new messages below': {
    shows: '.jump',
    state: { messages: Array.from({ length: 8 }, thread).flat() },
    async arrange({ find, client, drawn }) {
      await laidOut();
      find('.transcript').scrollTop = 0;
      await laidOut();
      client.add(...Array.from({ length: 12 }, () => staffSays('More')));
      await drawn();
    },
  },
  'launcher with words': {
    shows: '.labelled',
    properties: { open: false, launcherLabel: '' },
    state: { messages: thread() },
  },
};

describe('long texts', () => {
  before(() => learn(ENGLISH));
  afterEach(() => fixtureCleanup());

  for (const [width, height] of [
    ['400px', '704px'],
    ['320px', '568px'],
    ['400px', '360px'],
  ] as const) {
    describe(`in a panel of ${width} by ${height}`, () => {
      const show = async (name: string, properties: Partial<ChatWidget> = {}): Promise<Opened> => {
        const { state, properties: own, shows, arrange } = SCENES[name]!;
        const opened = await openWidget(state, { ...own, ...properties });
        opened.widget.style.setProperty('--chat-width', width);
        opened.widget.style.setProperty('--chat-height', height);
        await arrange?.(opened);
        // Where the browser does not fit the message box to its words by itself, an update does.
        for (const composer of opened.all<CwComposer>('cw-composer')) composer.requestUpdate();
        await laidOut();
        opened.find(shows);
        return opened;
      };

      for (const name of Object.keys(SCENES)) {
        it(`${name}: nothing is cut off or sticks out with texts 40 % longer, in either direction`, async () => {
          const opened = await show(name, { strings: LONG });
          if (opened.widget.open) {
            expect(opened.find('.panel').getBoundingClientRect().width).to.equal(parseInt(width, 10));
          }
          expect(overflows(opened), 'from the left').to.deep.equal([]);
          opened.widget.dir = 'rtl';
          await laidOut();
          expect(overflows(opened), 'from the right').to.deep.equal([]);
        }).timeout(10_000);
      }

      it('holds in every language', async () => {
        for (const locale of TONGUES) {
          for (const name of [
            'welcome',
            'queue',
            'messages that wait, leave and fail',
            'not kept',
            'nothing loaded',
          ]) {
            const opened = await show(name, { locale, dir: '' });
            await waitUntil(() => opened.find('.frame').lang === locale, locale, { timeout: 5_000 });
            await opened.drawn();
            expect(overflows(opened), `${locale} ${name}`).to.deep.equal([]);
            fixtureCleanup();
          }
        }
      }).timeout(60_000);
    });
  }

  it('shows its own name of the chat whole', async () => {
    const opened = await openWidget({ messages: thread() }, { strings: LONG, heading: undefined });
    opened.widget.style.setProperty('--chat-width', '320px');
    await laidOut();
    expect(overflows(opened, '.author bdi')).to.deep.equal([]);
  }).timeout(10_000);
});

describe('overflows', () => {
  it('finds what it looks for', async () => {
    const opened = await openWidget({ messages: thread() });
    const button = opened.find('.escalate');
    button.style.cssText = 'white-space: nowrap; inline-size: 30px; min-block-size: 0; block-size: 12px';
    opened.find('.header').style.marginInlineEnd = '-9px';
    const found = overflows(opened).join();
    for (const fault of ['wide in', 'high in', 'is only', 'sticks out']) expect(found).to.include(fault);
    fixtureCleanup();
  });
});
