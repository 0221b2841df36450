/** Every state of the widget, from conversations that never change. In the order of a visit: before, in it, when things go wrong. */
import type { ChatState } from '../../src/conversation/state.js';
import type { ChatWidget } from '../../src/index.js';
import { inSeconds } from './moment.js';
import type { StillClient } from './still-client.js';
import { Talk } from './talk.js';
import type { Words } from './words.js';

/** A widget on the gallery's page. */
export interface Shown {
  readonly widget: ChatWidget;
  readonly client: StillClient;
  readonly words: Words;
}

/** One picture of the gallery. */
export interface GalleryState {
  /** Its name in the address. */
  readonly id: string;
  /** Its name for readers. */
  readonly title: string;
  /** What to look at. */
  readonly says: string;
  /** The moment of the conversation. */
  chat(words: Words): Partial<ChatState>;
  /** What the page has set. */
  readonly page?: (words: Words) => Partial<ChatWidget>;
  /** What a moment alone does not show: what came before it, where the reader is. */
  readonly play?: (shown: Shown) => void | Promise<void>;
  /** What this state is about, whatever the page is asked for. */
  readonly look?: { readonly locale?: string; readonly theme?: 'dark'; readonly width?: number };
  /** Drawn in a small window of its own, as on a phone. */
  readonly phone?: true;
}

const AI = ['typing', 'receipts', 'reactions', 'escalation', 'stop'] as const;
const CLOSED = (): Partial<ChatWidget> => ({ open: false });

/** So many messages of a person that nobody has read. */
const unread = (n: number) => (words: Words) => {
  const talk = new Talk();
  for (let i = 0; i < n; i++) talk.says(words.maya, '10:58', words.covered);
  return { messages: talk.messages, readUpTo: 0 };
};

/** With Maya, who reads everything. */
const withMaya = (
  { maya }: Words,
  { messages }: Talk,
  rest: Partial<ChatState> = {},
): Partial<ChatState> => ({
  answering: 'staff',
  participants: [maya],
  features: AI,
  messages,
  ...rest,
});

/** With the assistant. */
const withAi = ({ messages }: Talk, rest: Partial<ChatState> = {}): Partial<ChatState> => ({
  features: AI,
  messages,
  ...rest,
});

const poleTalk = (w: Words): Talk =>
  new Talk()
    .event('10:49', 'staff-joined', w.maya)
    .says(w.maya, '10:50', w.sorry)
    .says(w.maya, '10:50', w.which)
    .guest('10:51', w.long, { delivery: 'read' })
    .guest('10:51', w.split, { delivery: 'read' });

const lineTalk = (w: Words): Talk =>
  new Talk().says(w.maya, '10:55', w.check).guest('10:56', w.second, { delivery: 'delivered' });

const darkTalk = (w: Words): Talk =>
  new Talk()
    .says(w.ai, '10:12', w.left)
    .event('10:14', 'staff-joined', w.maya)
    .says(w.maya, '10:15', w.sorry)
    .guest('10:16', w.long, { delivery: 'read' })
    .guest('10:16', w.split, { delivery: 'read' })
    .says(w.maya, '10:17', w.covered);

/** A line that was lost some seconds ago: it is told at once when the device has been offline before. */
async function lose({ widget, client }: Shown): Promise<void> {
  const lost = { status: 'reconnecting', attempt: 2, retryAt: inSeconds(4) } as const;
  client.set({ connection: { status: 'offline' } });
  await widget.updateComplete;
  client.set({ connection: lost });
  await widget.updateComplete;
}

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** The reader goes up in the conversation; then more is said. */
async function readOnAbove({ widget, client, words }: Shown): Promise<void> {
  const scroller = widget.shadowRoot!.querySelector('.transcript')!;
  await frame();
  scroller.scrollTop = 0;
  // Scrolling is told in the next frame.
  await frame();
  await frame();
  const { messages } = client.state;
  const more = new Talk()
    .says(words.maya, '11:01', words.unsigned)
    .says(words.maya, '11:01', words.rush)
    .messages.map((message, i) => ({ ...message, id: `more${i}`, seq: messages.length + i + 1 }));
  client.set({ messages: [...messages, ...more] });
  await widget.updateComplete;
}

export const STATES: readonly GalleryState[] = [
  {
    id: 'launcher',
    title: 'Launcher',
    says: 'Closed. One button, 56 px, 20 px from the corner.',
    chat: () => ({}),
    page: CLOSED,
  },
  {
    id: 'launcher-unread',
    title: 'Launcher, unread',
    says: 'The badge counts, and the button’s name says the number.',
    chat: unread(3),
    page: CLOSED,
  },
  {
    id: 'launcher-many',
    title: 'Launcher, more than nine unread',
    says: 'The badge stops counting at nine.',
    chat: unread(12),
    page: CLOSED,
  },
  {
    id: 'launcher-labelled',
    title: 'Launcher, labelled',
    says: 'A pill of the same height.',
    chat: unread(1),
    page: () => ({ open: false, launcherLabel: '' }),
  },
  {
    id: 'welcome',
    title: 'Welcome',
    says: 'Empty. Three questions to start with, a person one step away.',
    chat: ({ maya, luca, noor }) => ({ features: AI, participants: [maya, luca, noor] }),
    page: ({ starters }) => ({ suggestions: starters }),
  },
  {
    id: 'welcome-bubble',
    title: 'Welcome in a bubble',
    says: 'The page greets in its own words; the questions stand under them.',
    chat: () => ({ features: AI }),
    page: ({ starters, welcome }) => ({ suggestions: starters, welcome }),
  },
  {
    id: 'thinking',
    title: 'AI at work',
    says: 'The assistant may name its step.',
    chat: (w) =>
      withAi(new Talk().guest('11:02', w.packing, { delivery: 'read' }), {
        typing: [{ author: w.ai, label: w.forecast }],
      }),
  },
  {
    id: 'streaming',
    title: 'AI reply, streaming',
    says: 'Outlined bubble, square spark, “AI” tag. Send is Stop; a caret ends the text; no syntax shows.',
    chat: (w) =>
      withAi(new Talk().guest('10:41', w.mayReturn, { delivery: 'read' }).growing(w.ai, w.yesYouCan)),
  },
  {
    id: 'answer',
    title: 'AI reply, complete',
    says: 'Sources under the bubble, then whether it helped.',
    chat: (w) =>
      withAi(
        new Talk().guest('10:44', w.footprint, { delivery: 'read' }).says(w.ai, '10:44', w.notInTheBox, {
          sources: [
            { title: w.guide, url: 'https://fernway.example/guide' },
            { title: w.chart, url: 'https://fernway.example/chart' },
          ],
        }),
      ),
  },
  {
    id: 'quick-replies',
    title: 'Quick replies',
    says: 'Only under the newest message; they go when one is used.',
    chat: (w) =>
      withAi(
        new Talk().guest('10:44', w.mayReturn, { delivery: 'read' }).says(w.ai, '10:44', w.left, {
          actions: w.replies.map((label) => ({ label, value: label })),
        }),
      ),
  },
  {
    id: 'markdown-text',
    title: 'Markdown, text',
    says: 'Headings are bold text; lists, tasks, quotes and links.',
    chat: (w) => withAi(new Talk().says(w.ai, '10:52', w.text)),
  },
  {
    id: 'markdown-boxes',
    title: 'Markdown, boxes',
    says: 'Tables and code scroll in their box; a picture waits to be asked for.',
    chat: (w) => withAi(new Talk().says(w.ai, '10:52', w.boxes)),
  },
  {
    id: 'queue',
    title: 'Queue',
    says: 'The wait in words and numbers; the line is decoration. Leaving loses nothing.',
    chat: (w) => ({
      answering: 'queued',
      position: 2,
      waitSeconds: 180,
      participants: [w.maya, w.luca],
      features: AI,
      messages: new Talk().guest('10:46', w.person, { delivery: 'read' }).event('10:46', 'escalated')
        .messages,
    }),
  },
  {
    id: 'queue-unknown',
    title: 'Queue, place unknown',
    says: 'Before the server has told a place.',
    chat: (w) => ({
      answering: 'queued',
      features: AI,
      messages: new Talk().guest('10:46', w.person, { delivery: 'read' }).event('10:46', 'escalated')
        .messages,
    }),
  },
  {
    id: 'staff-typing',
    title: 'Staff joined, typing',
    says: 'Sand bubbles, round portrait, “Support” tag. The header takes the name and the portrait.',
    chat: (w) => withMaya(w, poleTalk(w), { typing: [{ author: w.maya }] }),
  },
  {
    id: 'staff',
    title: 'Staff conversation',
    says: 'One name, one portrait, one time for each group; days are parted.',
    chat: (w) => {
      const talk = new Talk().on(-1).guest('18:20', w.photo, { delivery: 'read' }).on(0);
      talk
        .event('10:49', 'staff-joined', w.maya)
        .says(w.maya, '10:50', w.sorry)
        .says(w.maya, '10:50', w.which);
      talk.guest('10:51', w.long, { delivery: 'read' }).guest('10:51', w.split, { delivery: 'read' });
      return withMaya(w, talk);
    },
  },
  {
    id: 'initials',
    title: 'Staff without a portrait',
    says: 'Initials on sand.',
    chat: (w) => {
      const bare = { ...w.maya, avatarUrl: undefined };
      const talk = new Talk().says(bare, '10:50', w.sorry).guest('10:51', w.long, { delivery: 'sent' });
      return withMaya({ ...w, maya: bare }, talk);
    },
  },
  {
    id: 'system',
    title: 'Lines of the system',
    says: 'No bubble: an icon or a portrait, and what happened.',
    chat: (w) =>
      withAi(
        new Talk()
          .event('10:40', 'escalated')
          .event('10:41', 'queue-left')
          .event('10:46', 'staff-joined', w.maya)
          .event('10:47', 'staff-left', w.maya)
          .event('10:48', 'staff-joined', { ...w.noor, avatarUrl: undefined })
          .told('10:49', w.sorted)
          .event('10:50', 'conversation-ended', w.noor),
      ),
  },
  {
    id: 'days',
    title: 'Days',
    says: 'A date, a weekday within seven days, Yesterday, Today. Older groups say only their time.',
    chat: (w) => {
      const talk = new Talk().on(-20).guest('16:02', w.mayReturn, { delivery: 'read' });
      talk.on(-4).guest('09:12', w.footprint, { delivery: 'read' });
      talk.on(-1).guest('18:20', w.photo, { delivery: 'read' });
      return withAi(talk.on(0).guest('10:40', w.signature));
    },
  },
  {
    id: 'unread',
    title: 'Unread line',
    says: 'What has come since the last visit stands below it.',
    chat: (w) =>
      withMaya(
        w,
        new Talk()
          .guest('11:00', w.signature, { delivery: 'delivered' })
          .says(w.maya, '11:01', w.unsigned)
          .says(w.maya, '11:01', w.rush),
        { unreadFrom: 1 },
      ),
  },
  {
    id: 'jump',
    title: 'Jump to what is new',
    says: 'Who reads above is never interrupted: a button counts.',
    chat: (w) => {
      const talk = new Talk().on(-1).guest('09:40', w.packing, { delivery: 'read' });
      talk.says(w.ai, '09:40', w.packingList).on(0).event('10:49', 'staff-joined', w.maya);
      talk.says(w.maya, '10:58', w.covered).says(w.maya, '10:58', w.where);
      return withMaya(w, talk.guest('11:00', w.signature, { delivery: 'delivered' }));
    },
    play: readOnAbove,
  },
  {
    id: 'loading',
    title: 'Loading',
    says: 'The shape of a conversation, after 300 ms.',
    chat: () => ({ connection: { status: 'connecting' }, conversationId: 'known', loaded: false }),
  },
  {
    id: 'load-error',
    title: 'Could not load',
    says: 'What happened, what to do, and what the page offers instead.',
    chat: () => ({ connection: { status: 'failed' }, conversationId: 'known', loaded: false }),
  },
  {
    id: 'connecting',
    title: 'Connecting',
    says: 'The first attempt is told in the header only.',
    chat: (w) => withMaya(w, lineTalk(w), { connection: { status: 'connecting' } }),
  },
  {
    id: 'reconnecting',
    title: 'Reconnecting, queued messages',
    says: 'Writing goes on. What waits is dashed and says so.',
    chat: (w) => withMaya(w, lineTalk(w).unsent('queued', w.number).unsent('queued', w.helps)),
    play: async (shown) => {
      await lose(shown);
      // After a minute the widget would give up hope; the picture is to stay.
      const timer = setInterval(
        () => (shown.widget.isConnected ? void lose(shown) : clearInterval(timer)),
        30_000,
      );
    },
  },
  {
    id: 'offline',
    title: 'Offline',
    says: 'The browser says so. Messages wait.',
    chat: (w) => withMaya(w, lineTalk(w).unsent('queued', w.number), { connection: { status: 'offline' } }),
  },
  {
    id: 'restored',
    title: 'Back online',
    says: 'For three seconds, with what went out.',
    chat: (w) =>
      withMaya(
        w,
        lineTalk(w)
          .guest('10:56', w.number, { delivery: 'delivered' })
          .guest('10:56', w.helps, { delivery: 'delivered' }),
        { restored: 2 },
      ),
  },
  {
    id: 'down',
    title: 'Out of reach',
    says: 'After a minute, or when only the guest can help: Retry, and what the page offers instead.',
    chat: (w) => withMaya(w, lineTalk(w).unsent('queued', w.number), { connection: { status: 'failed' } }),
  },
  {
    id: 'unsaved',
    title: 'Not kept',
    says: 'The browser keeps no messages: until the guest has seen it.',
    chat: (w) => withAi(new Talk().unsent('sending', w.footprint), { unsaved: true }),
  },
  {
    id: 'failed',
    title: 'Failed message',
    says: 'What happened and both ways out, next to the text.',
    chat: (w) =>
      withMaya(
        w,
        new Talk()
          .says(w.maya, '10:58', w.covered)
          .says(w.maya, '10:58', w.where)
          .guest('11:00', w.signature, { delivery: 'delivered' })
          .unsent('failed', w.address),
      ),
  },
  {
    id: 'closed',
    title: 'Closed conversation',
    says: 'It has ended; writing begins anew.',
    chat: (w) => ({
      answering: 'closed',
      features: AI,
      messages: new Talk()
        .guest('11:18', w.thanks, { delivery: 'read' })
        .says(w.maya, '11:20', w.sorted)
        .event('11:21', 'conversation-ended', w.maya).messages,
    }),
  },
  {
    id: 'inline',
    title: 'Inline',
    says: 'In a column of the page: no launcher, no dialog, a wider measure.',
    chat: (w) =>
      withAi(
        new Talk().guest('10:41', w.packing, { delivery: 'read' }).says(w.ai, '10:41', w.packingList, {
          sources: [{ title: w.guide, url: 'https://fernway.example/guide' }],
        }),
        { typing: [{ author: w.ai, label: w.forecast }] },
      ),
    page: () => ({ mode: 'inline' }),
  },
  {
    id: 'narrow',
    title: '320 px',
    says: 'Avatars fold away; nothing scrolls sideways.',
    chat: (w) => withMaya(w, poleTalk(w)),
    look: { width: 320 },
  },
  {
    id: 'phone',
    title: 'Phone',
    says: 'The whole of a small screen, in a window of its own.',
    chat: (w) => withMaya(w, poleTalk(w)),
    phone: true,
  },
  {
    id: 'dark',
    title: 'Dark',
    says: 'A palette of its own. Brand text is lifted, shadows become a hairline.',
    chat: (w) => withMaya(w, darkTalk(w)),
    look: { theme: 'dark' },
  },
  {
    id: 'rtl',
    title: 'Right to left, Arabic',
    says: 'All mirrors but numbers, code and the arrow of Send. Each bubble finds its own direction.',
    chat: (w) => withMaya(w, darkTalk(w)),
    look: { locale: 'ar' },
  },
];
