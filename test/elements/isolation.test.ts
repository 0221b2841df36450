import { expect, waitUntil } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import type { ChatState } from '../../src/conversation/state.js';
import { aiSays, guestSays, MAYA, staffSays, system } from './fake-client.js';
import { laidOut, openWidget, type Opened } from './open-widget.js';

/** What pages do, on purpose or not, that must not be seen in the widget. */
const PAGES: Readonly<Record<string, string>> = {
  'a root of 62.5 %': 'html { font-size: 62.5% } body { font-size: 1.6rem }',
  'a root of 30 px': 'html { font-size: 30px; line-height: 3 }',
  'everything unset': '* { all: unset !important }',
  'everything initial': '*, ::before, ::after { all: initial !important; display: block !important }',
  'everything reverted': '* { all: revert !important }',
  'rules for everything': `*, *::before, *::after {
    box-sizing: content-box !important; margin: 11px !important; padding: 7px !important; border: 3px solid red !important;
    font: italic 900 31px/2 fantasy !important; color: red !important; background: yellow !important;
    letter-spacing: 9px !important; word-spacing: 9px !important; text-transform: uppercase !important;
    text-align: center !important; text-indent: 40px !important; text-decoration: line-through !important;
    text-shadow: 0 0 9px red !important; white-space: nowrap !important; word-break: break-all !important;
    visibility: hidden !important; pointer-events: none !important; cursor: none !important;
    list-style: square !important; line-height: 3 !important; opacity: 0.2 !important; float: left !important;
    position: relative !important; overflow: hidden !important; width: 13px !important; height: 13px !important;
    animation: none !important; transition: all 3s !important; z-index: -1 !important;
    writing-mode: vertical-rl !important;
  }`,
  'rules for what is in the widget': `button, textarea, svg, p, h2, h3, span, div, time, a, ul, li, code, pre, table {
    all: unset !important; font-size: 50px !important }
    .panel, .bubble, .launcher, .frame, [part] { display: none !important }`,
  // In their own words, what the two most used style sheets begin with.
  'resets as of Bootstrap': `*, *::before, *::after { box-sizing: border-box }
    body { margin: 0; font: 400 1rem/1.5 Georgia, serif; color: #212529; background: #fff; text-size-adjust: 100% }
    h2, h3 { margin: 0 0 0.5rem; font-weight: 500; line-height: 1.2; font-size: 2rem } p { margin: 0 0 1rem }
    button, input, textarea { margin: 0; font-family: inherit; font-size: inherit; line-height: inherit }
    img, svg { vertical-align: middle } button { border-radius: 0 } textarea { resize: vertical }
    a { color: #0d6efd } code { color: #d63384; font-size: 0.875em } [hidden] { display: none !important }`,
  'resets as of Tailwind': `*, ::after, ::before, ::backdrop { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid }
    html, :host { line-height: 1.5; tab-size: 4; font-family: Georgia, serif; -webkit-tap-highlight-color: transparent }
    h2, h3 { font-size: inherit; font-weight: inherit } a { color: inherit; text-decoration: inherit }
    ol, ul, menu { list-style: none } img, svg, video { display: block; vertical-align: middle; max-width: 100%; height: auto }
    button, textarea { font: inherit; color: inherit; background: transparent; border-radius: 0; opacity: 1 }
    [hidden]:where(:not([hidden='until-found'])) { display: none !important }`,
  'a dark page': ':root { color-scheme: dark; background: #000; color: #fff }',
  'a page with words of its own': `:root { --_xs: 90px; --_sm: 90px; --_md: 90px; --_side: 90px; --_foot: 90px; --chat-unit: 9px;
    --_on: 0; --chat-brand: red; --chat-surface: red }`,
  'a page that is laid out in another way': `html { display: grid; writing-mode: vertical-rl } body { display: flex; columns: 3;
    text-align: right; hyphens: auto; quotes: none; font-variant: small-caps; user-select: none; text-wrap: balance }`,
};

/** Everything that is computed for each element, and where it stands. */
function look({ all }: Opened): Map<string, string> {
  const seen = new Map<string, string>();
  all('*').forEach((element, i) => {
    const name = `${i} ${element.localName}.${element.getAttribute('class') ?? ''}`;
    const style = getComputedStyle(element);
    for (const property of style) {
      // Words of the page that nobody listens to are inherited too.
      if (!property.startsWith('--')) seen.set(`${name} ${property}`, style.getPropertyValue(property));
    }
    const { x, y, width, height } = element.getBoundingClientRect();
    seen.set(`${name} box`, [x, y, width, height].map((value) => value.toFixed(2)).join(' '));
  });
  return seen;
}

/** What is not as before, in words; the first few. */
function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  expect(after.size).to.equal(before.size);
  return [...before]
    .filter(([key, value]) => after.get(key) !== value)
    .map(([key, value]) => `${key}: ${value} → ${after.get(key)}`)
    .slice(0, 12);
}

/** What moves everything inside an element, wherever that stands: of this only the top layer is free. */
const AROUND = `* { transform: rotate(9deg) !important; filter: blur(4px) !important; opacity: 0.2 !important;
  display: block !important; overflow: hidden !important; width: 9px !important; height: 9px !important;
  clip-path: inset(50%) !important; perspective: 9px !important; contain: strict !important; zoom: 1 !important }`;

const SCENES: Readonly<Record<string, readonly [Partial<ChatState>, Partial<ChatWidget>]>> = {
  welcome: [{}, { suggestions: ['Where is my order?'] }],
  conversation: [
    {
      messages: [
        guestSays('Is it waterproof?', { delivery: 'read' }),
        aiSays('**Yes**, up to 3,000 mm:\n\n- the fly\n- the floor\n\n`ridge-2`', { format: 'markdown' }),
        system('staff-joined', { author: MAYA }),
        staffSays('Hello, this is Maya.'),
        guestSays('Thanks', { delivery: 'failed', seq: undefined }),
      ],
      answering: 'queued',
      position: 2,
      unsaved: true,
    },
    {},
  ],
};

for (const [scene, [state, properties]] of Object.entries(SCENES)) {
  describe(`a page cannot be seen in the ${scene}`, function () {
    this.timeout(20_000);
    let opened: Opened;
    let plain: Map<string, string>;
    let style: HTMLStyleElement;

    beforeEach(async () => {
      // What a page shows when nothing is hidden any more may need scroll bars, which make the window smaller.
      document.documentElement.style.setProperty('overflow', 'hidden', 'important');
      style = document.head.appendChild(document.createElement('style'));
      opened = await openWidget(state, { theme: 'light', ...properties });
      if (scene === 'conversation')
        await waitUntil(() => opened.all('.md').length > 0, 'formatted', { timeout: 8_000 });
      await opened.drawn();
      await still();
      plain = look(opened);
    });
    afterEach(() => {
      style.remove();
      document.documentElement.removeAttribute('style');
    });

    /** Waits for the page's rules to be worked out, and ends what they have set in motion. */
    async function still(): Promise<void> {
      await laidOut();
      for (const animation of opened.widget.shadowRoot!.getAnimations()) {
        if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
        else animation.cancel();
      }
      await laidOut();
    }

    for (const [name, rules] of Object.entries(PAGES)) {
      it(name, async () => {
        style.textContent = rules;
        await still();
        expect(differences(plain, look(opened))).to.deep.equal([]);
      });
    }

    it('what it does to everything around, from the top layer', async () => {
      opened.widget.layer = 'top';
      await opened.drawn();
      await still();
      plain = look(opened);
      style.textContent = AROUND;
      await still();
      expect(differences(plain, look(opened))).to.deep.equal([]);
    });

    it('which is not because nothing is looked at', async () => {
      style.textContent = 'chat-widget { --chat-brand: red; --chat-radius-panel: 3px }';
      await still();
      expect(differences(plain, look(opened))).not.to.deep.equal([]);
    });
  });
}
