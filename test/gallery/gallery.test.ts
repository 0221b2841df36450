/** The gallery in every engine: that each state is drawn, and what DESIGN.md §2, §3, §6 and §13 say of all of them. */
import { expect } from '@open-wc/testing';
import '../../src/define.js';
import type { ChatWidget } from '../../src/index.js';
import { showGallery } from '../../demo/gallery/gallery.js';
import { readLook } from '../../demo/gallery/look.js';
import { stopTheClock } from '../../demo/gallery/moment.js';
import { STATES } from '../../demo/gallery/states.js';
import type { StillClient } from '../../demo/gallery/still-client.js';
import type { ChatMessage } from '../../src/conversation/state.js';
import { overflows } from '../elements/overflow.js';

/** Space comes in fours. What does not is said here, with its reason. */
const OFF_GRID: Readonly<Record<string, readonly string[]>> = {
  // §3: 3 px between the bubbles of a group; what is nearer or farther makes up for it, to 4 and to 8.
  '.group-body': ['rowGap 3px', 'columnGap 3px'],
  '.author': ['marginBottom 1px'],
  '.meta': ['marginTop 1px'],
  '.sources': ['marginTop 5px'],
  // §3: the field of the composer is 46 px high, with one line of 22.
  '.input': ['paddingTop 7px', 'paddingBottom 7px'],
  // The hairline of an inline panel is drawn inside of it.
  '.panel.inline': ['paddingTop 1px', 'paddingRight 1px', 'paddingBottom 1px', 'paddingLeft 1px'],
};
const SPACES = ['margin', 'padding'].flatMap((kind) =>
  (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => `${kind}${side}`),
);

/** §2, and the number of the queue, which is a picture; initials in small circles are as well. */
const TYPE = ['12/16', '13/18', '15/20', '15/22', '20/26', '28/34', '44/48'];
const PICTURES = '.avatar, .avatar *, .queue-number sup, .badge, code, code *, .md code, sup';
/** What is cut at its end, and what scrolls in its own box. */
const MAY_SCROLL = '.title, .author bdi, .table, pre, pre *';
/** What may move. The rest holds still for a moment: a bubble that leaves at once keeps the colours of one that has left. */
const MOVING = ['transform', 'opacity', 'scale', 'rotate', 'translate', 'visibility', 'all'];

let place: HTMLElement;
let shown: string | undefined;
let clock: ReturnType<typeof stopTheClock>;
const complaints: string[] = [];
const { error, warn } = console;

/** The widgets of the gallery as an address asks for it; the same ones when it was asked for last. */
async function show(search = ''): Promise<ChatWidget[]> {
  if (search !== shown) await showGallery(place, readLook(search));
  shown = search;
  const widgets = [...place.querySelectorAll('chat-widget')];
  // What is on its way is smaller than it will be.
  for (const animation of widgets.flatMap((widget) => widget.shadowRoot!.getAnimations()))
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  return widgets;
}

/** All elements in all widgets that are seen. */
function* seen(widgets: readonly ChatWidget[]): Generator<readonly [string, HTMLElement]> {
  for (const widget of widgets) {
    const { id } = widget.closest('.state')!;
    for (const element of widget.shadowRoot!.querySelectorAll<HTMLElement>('.frame *')) {
      if (!(element instanceof HTMLElement) || element.matches('.vh, .vh *, .edge')) continue;
      if (element.checkVisibility()) yield [id, element];
    }
  }
}

const nameOf = (id: string, { localName, className }: HTMLElement): string =>
  `${id}: ${localName}.${className}`;

before(() => {
  clock = stopTheClock();
  console.error = (...words: unknown[]) => void complaints.push(words.join(' '));
  console.warn = (...words: unknown[]) => {
    if (!`${words[0]}`.includes('Lit is in dev mode')) complaints.push(words.join(' '));
  };
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = new URL('../../demo/gallery/gallery.css', import.meta.url).href;
  place = document.createElement('main');
  document.body.append(styles, place);
  return new Promise((resolve) => styles.addEventListener('load', resolve));
});

after(() => {
  clock.release();
  Object.assign(console, { error, warn });
  place.replaceChildren();
});

describe('gallery', function () {
  this.timeout(30_000);

  it('draws every state, and says nothing into the console', async () => {
    const faults: string[] = [];
    place.addEventListener('chat-error', (event) => faults.push(event.type), true);
    await show();
    expect([...place.children].map(({ id }) => id)).to.deep.equal(STATES.map(({ id }) => id));
    const sizes = STATES.map(({ id, page, phone }) => {
      const stage = place.querySelector(`#${id} > .stage`)!;
      const root = phone
        ? stage.querySelector('iframe')!.contentDocument!.querySelector('chat-widget')!.shadowRoot!
        : stage.querySelector('chat-widget')!.shadowRoot!;
      const closed = page?.({ starters: [] } as never).open === false;
      const { width, height } = root.querySelector(closed ? '.launcher' : '.panel')!.getBoundingClientRect();
      return `${id} ${width >= (closed ? 56 : 320) && height >= (closed ? 56 : 400) ? 'is there' : `${width} × ${height}`}`;
    });
    expect(sizes).to.deep.equal(STATES.map(({ id }) => `${id} is there`));
    expect([...complaints, ...faults]).to.deep.equal([]);
  });

  it('keeps to the grid of 4 px', async () => {
    const found = new Set<string>();
    for (const [id, element] of seen(await show())) {
      const style = getComputedStyle(element);
      const allowed = Object.entries(OFF_GRID).flatMap(([fits, spaces]) =>
        element.matches(fits) ? spaces : [],
      );
      const gaps =
        style.display.includes('flex') || style.display.includes('grid') ? ['rowGap', 'columnGap'] : [];
      for (const property of [...SPACES, ...gaps]) {
        const space = style[property as 'marginTop'];
        // A percentage or what is left over between boxes is no space of ours.
        if (element.matches('.messages, .empty, .next, .copy, .jump') && property.startsWith('margin'))
          continue;
        if (parseFloat(space) % 4 === 0 || space === 'normal') continue;
        if (!allowed.includes(`${property} ${space}`))
          found.add(`${nameOf(id, element)} ${property} ${space}`);
      }
    }
    expect([...found]).to.deep.equal([]);
  });

  it('keeps to its sizes of type, in the fonts of the system', async () => {
    const found = new Set<string>();
    const widgets = await show();
    for (const [id, element] of seen(widgets)) {
      const speaks = [...element.childNodes].some(
        ({ nodeType, data }: ChildNode & { data?: string }) => nodeType === 3 && data!.trim(),
      );
      if (!speaks || element.matches(PICTURES)) continue;
      const { fontSize, lineHeight } = getComputedStyle(element);
      const type = `${parseFloat(fontSize)}/${parseFloat(lineHeight)}`;
      if (!TYPE.includes(type)) found.add(`${nameOf(id, element)} ${type}`);
    }
    for (const { shadowRoot } of widgets) {
      for (const { cssRules } of shadowRoot!.adoptedStyleSheets)
        for (const { cssText } of cssRules) if (cssText.startsWith('@font-face')) found.add(cssText);
    }
    expect([...found]).to.deep.equal([]);
  });

  it('moves by transform and opacity alone', async () => {
    const found = new Set<string>();
    const widgets = await show();
    for (const [id, element] of seen(widgets)) {
      const { transitionProperty, transitionDuration } = getComputedStyle(element);
      for (const property of transitionProperty.split(', '))
        if (!MOVING.includes(property) || (property === 'all' && parseFloat(transitionDuration) > 0))
          found.add(`${nameOf(id, element)} ${property}`);
    }
    for (const { shadowRoot } of widgets) {
      for (const { cssRules } of shadowRoot!.adoptedStyleSheets)
        for (const rule of cssRules) {
          if (!(rule instanceof CSSKeyframesRule) || rule.name === 'cw-leaving') continue;
          for (const { style } of rule.cssRules as unknown as Iterable<CSSKeyframeRule>)
            for (const property of style)
              if (!MOVING.includes(property)) found.add(`${rule.name} ${property}`);
        }
    }
    expect([...found]).to.deep.equal([]);
  });

  it('tells four roles apart without colour', async () => {
    await show('?state=system');
    expect(place.querySelector('chat-widget')!.shadowRoot!.querySelector('.system .bubble')).to.equal(null);
    await show('?state=dark');
    const root = place.querySelector('chat-widget')!.shadowRoot!;
    const { left, right } = root.querySelector('.messages')!.getBoundingClientRect();
    const form = (role: string): Record<string, unknown> => {
      const bubble = root.querySelector(`.bubble.${role}`)!;
      const picture = root.querySelector(`.group > .avatar.${role}`);
      const box = bubble.getBoundingClientRect();
      return {
        side: right - box.right < box.left - left ? 'end' : 'start',
        tag: root.querySelector(`.role-tag.${role}`)?.textContent,
        picture: picture && getComputedStyle(picture).borderTopLeftRadius,
        framed: getComputedStyle(bubble).borderTopColor !== 'rgba(0, 0, 0, 0)',
      };
    };
    expect(form('guest')).to.deep.equal({ side: 'end', tag: undefined, picture: null, framed: false });
    expect(form('staff')).to.deep.equal({ side: 'start', tag: 'Support', picture: '50%', framed: true });
    const ai = form('ai');
    expect(ai).to.deep.equal({ ...ai, tag: 'AI', picture: '9px', framed: true });
  });

  it('does not jump when a reply ends: the caret takes no room, wherever the text breaks', async () => {
    const [widget] = await show('?state=streaming');
    const client = widget!.client as StillClient;
    const [question, reply] = client.state.messages;
    const height = async (change: Partial<ChatMessage>): Promise<number> => {
      client.set({ messages: [question!, { ...reply!, ...change }] });
      // A growing reply is painted at most every 50 ms, and the widget waits for that.
      await widget!.updateComplete;
      return widget!.shadowRoot!.querySelector<HTMLElement>('.bubble.ai')!.offsetHeight;
    };
    const words = 'What **you** need for it is in the box with the poles and pegs'.split(' ');
    for (let n = 4; n <= words.length; n += 1) {
      const text = words.slice(0, n).join(' ');
      const growing = await height({ text, id: `r${n}` });
      expect(await height({ text, id: `r${n}`, streaming: false, format: 'markdown' }), text).to.equal(
        growing,
      );
    }
  });

  for (const locale of ['en-GB', 'de', 'ar']) {
    it(`does not scroll sideways at 320 px: ${locale}`, async () => {
      const found: string[] = [];
      for (const widget of await show(`?width=320&locale=${locale}`)) {
        if (widget.mode === 'inline') continue;
        const root = widget.shadowRoot!;
        const all = (selector: string): never[] => [...root.querySelectorAll<never>(selector)];
        found.push(
          ...overflows({ widget, all, find: (selector) => all(selector)[0]! }, MAY_SCROLL).map(
            (text) => `${widget.closest('.state')!.id}: ${text}`,
          ),
        );
      }
      expect(found).to.deep.equal([]);
    });
  }
});
