import { expect, html, waitUntil } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import type { ChatState } from '../../src/conversation/state.js';
import { aiSays, guestSays, MAYA, SPARK, staffSays, system } from './fake-client.js';
import { laidOut, openWidget, type Opened } from './open-widget.js';

interface Scene {
  /** What a page's rules can reach in it. */
  readonly parts: string;
  readonly state?: Partial<ChatState>;
  readonly properties?: Partial<ChatWidget>;
  /** Brings about what is not there from the beginning. */
  readonly arrange?: (opened: Opened) => Promise<void>;
}

const rich = `\`\`\`js
const price = 249;
\`\`\`

![A tent](https://pictures.test/tent.jpg)`;

const sources = [{ title: 'Size guide', url: 'https://shop.test/sizes' }];
const older = '2020-01-01T10:00:00.000Z';

/** All parts of the design that exist, where they are first seen. */
const SCENES: Readonly<Record<string, Scene>> = {
  launcher: {
    parts: 'launcher badge',
    properties: { open: false },
    state: { messages: [staffSays('Hello'), staffSays('There?')] },
  },
  welcome: {
    parts: 'panel hero avatar title icon-button card row composer input send footnote',
    properties: { suggestions: ['Where is my order?'] },
  },
  conversation: {
    parts: `panel header title subtitle presence icon-button transcript messages day group author role-tag bubble meta
      system avatar guest ai staff first last sent delivered read queued sending failed streaming typing md codeblock
      picture sources source quick-replies quick-reply button escalate`,
    state: {
      messages: [
        guestSays('Is it waterproof?', { delivery: 'read' }),
        aiSays(rich, { format: 'markdown', sources }),
        guestSays('And?', { delivery: 'delivered', sentAt: older }),
        system('staff-joined', { author: MAYA }),
        staffSays('Hello, this is Maya.'),
        ...(['sent', 'queued', 'sending', 'failed'] as const).map((delivery) => guestSays('…', { delivery })),
        aiSays('Let me', { streaming: true }),
        aiSays('Well?', { actions: [{ label: 'Yes', value: 'yes' }] }),
      ],
      typing: [{ author: SPARK }, { author: MAYA }],
    },
    async arrange({ all }) {
      await waitUntil(
        () => ['.md', '.codeblock', '.source'].every((found) => all(found).length > 0),
        'formatted',
        {
          timeout: 8_000,
        },
      );
    },
  },
  'waiting for a person': { parts: 'queue card avatar button', state: { answering: 'queued', position: 2 } },
  'news of the line': {
    parts: 'banner banner-action',
    state: { messages: [guestSays('Hi')], unsaved: true },
  },
  'what is new': {
    parts: 'unread-line jump',
    state: {
      unreadFrom: 0,
      messages: Array.from({ length: 20 }, (_, i) => staffSays('More', { seq: i + 1 })),
    },
    async arrange({ find, client, drawn }) {
      await laidOut();
      find('.transcript').scrollTop = 0;
      await laidOut();
      client.add(staffSays('Below'));
      await drawn();
    },
  },
  loading: { parts: 'skeleton', state: { conversationId: 'c', loaded: false } },
  'nothing to show': {
    parts: 'empty button',
    state: { conversationId: 'c', loaded: false, connection: { status: 'failed', reason: 'refused' } },
  },
};

const words = (text: string): string[] => text.trim().split(/\s+/);

describe('parts', function () {
  this.timeout(20_000);
  let style: HTMLStyleElement;
  beforeEach(() => (style = document.head.appendChild(document.createElement('style'))));
  afterEach(() => style.remove());

  for (const [name, { parts, state, properties, arrange }] of Object.entries(SCENES)) {
    it(`can be dressed by the page: ${name}`, async () => {
      const opened = await openWidget(state, properties);
      await arrange?.(opened);
      await opened.drawn();
      const dressed = words(parts).filter((part) => {
        style.textContent = `chat-widget::part(${part}) { outline: 7px solid rgb(1, 2, 3) }`;
        return opened.all('*').some((element) => getComputedStyle(element).outlineWidth === '7px');
      });
      expect(dressed).to.deep.equal(words(parts));
    });
  }

  it('role and state narrow them', async () => {
    const { all } = await openWidget({
      messages: [guestSays('One'), guestSays('Two', { delivery: 'failed' }), aiSays('Three')],
    });
    style.textContent = `chat-widget::part(bubble guest failed) { border-start-start-radius: 1px }
      chat-widget::part(bubble ai) { border-start-start-radius: 2px }`;
    expect(all('.bubble').map((bubble) => getComputedStyle(bubble).borderStartStartRadius)).to.deep.equal([
      '18px',
      '1px',
      '2px',
    ]);
  });
});

describe('slots', () => {
  const picture = (slot: string) =>
    html`<svg slot=${slot} viewBox="0 0 24 24"><circle cx="12" cy="12" r="12" /></svg>`;
  const size = (element: Element): string => {
    const { width, height } = element.getBoundingClientRect();
    return `${width} × ${height}`;
  };

  it('take what the page puts into them, in a size that fits', async () => {
    const { widget, find, drawn } = await openWidget(
      { messages: [] },
      { open: false },
      html`${picture('launcher-icon')}${picture('header-avatar')}
        <p slot="welcome">Come in.</p>
        <small slot="footer">No cookies.</small>`,
    );
    const [icon, avatar] = widget.querySelectorAll('svg');
    expect(size(icon!)).to.equal('28 × 28');
    expect(size(find('.launcher'))).to.equal('56 × 56');
    widget.open = true;
    await drawn();
    for (const animation of widget.shadowRoot!.getAnimations()) animation.finish();
    expect(size(avatar!)).to.equal('40 × 40');
    const [welcome, footer] = ['welcome', 'footer'].map((slot) => widget.querySelector(`[slot=${slot}]`)!);
    expect(find('.hero').contains(welcome!.assignedSlot)).to.equal(true);
    expect(find('.composer').contains(footer!.assignedSlot)).to.equal(true);
    expect(welcome!.checkVisibility() && footer!.checkVisibility()).to.equal(true);
    // The greeting of the house is gone; the way out is not.
    expect(find('.hero-title').checkVisibility()).to.equal(false);
    expect(find('.icon-button').checkVisibility()).to.equal(true);
  });

  it('leave the page the last word on their size', async () => {
    const { widget } = await openWidget(
      {},
      { open: false },
      html`<svg slot="launcher-icon" style="inline-size: 20px; block-size: 24px"></svg>`,
    );
    expect(size(widget.querySelector('svg')!)).to.equal('20 × 24');
  });
});
