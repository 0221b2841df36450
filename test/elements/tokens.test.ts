import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.js';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import { contrast } from './contrast-of.js';
import { fakeClient } from './fake-client.js';
import { paint } from './painted.js';

/** The colours of the design, light and dark. */
const COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  brand: ['#0b6a73', '#0b6a73'],
  surface: ['#fff', '#15191c'],
  'surface-sunken': ['#f5f7f7', '#101315'],
  'surface-raised': ['#fff', '#1e2428'],
  text: ['#14191c', '#e9eef0'],
  'text-muted': ['#566168', '#9ba7ad'],
  line: ['#e3e8ea', '#2b3237'],
  'line-strong': ['#7b868d', '#6d7a82'],
  'staff-bg': ['#f6efe4', '#2b2620'],
  'staff-text': ['#2b2419', '#f3eadb'],
  'staff-line': ['#e8dcc8', '#40382d'],
  'staff-accent': ['#8a5a14', '#e9b872'],
  danger: ['#b3261e', '#ff9d94'],
  'danger-soft': ['#fdf0ee', '#331c1a'],
  warning: ['#7a4a00', '#f2c078'],
  'warning-soft': ['#fff6e3', '#2e2414'],
  success: ['#186b3f', '#7ed0a2'],
  'success-soft': ['#ecf7f0', '#15281e'],
  badge: ['#c4281c', '#c4281c'],
};

const DERIVED = ['brand-fill', 'on-brand', 'brand-hover', 'brand-text', 'brand-soft', 'brand-line', 'focus'];

/** Colours of tokens as a widget paints them. */
async function look(theme: 'light' | 'dark' | 'auto', style = '') {
  const widget = await fixture<ChatWidget>(
    html`<chat-widget .client=${fakeClient()} open theme=${theme}></chat-widget>`,
  );
  widget.style.cssText = style;
  const swatch = widget.shadowRoot!.querySelector('.frame')!.appendChild(document.createElement('i'));
  return (name: string) => {
    swatch.style.color = `var(--chat-${name})`;
    return paint([[getComputedStyle(swatch).color]])[0]!;
  };
}

describe('tokens', () => {
  for (const [i, theme] of (['light', 'dark'] as const).entries()) {
    it(`are the colours of the design, ${theme}`, async () => {
      const colour = await look(theme);
      for (const [name, values] of Object.entries(COLOURS)) {
        expect(colour(name), name).to.deep.equal(paint([[values[i]!]])[0]);
      }
    });

    it(`derive from the brand, or are what the page says, ${theme}`, async () => {
      const usual = await look(theme);
      const other = await look(theme, '--chat-brand: #ff6b3d');
      for (const name of DERIVED) {
        if (name !== 'on-brand') expect(other(name), name).not.to.deep.equal(usual(name));
        const set = await look(theme, `--chat-${name}: rgb(1 2 3)`);
        expect(set(name), name).to.deep.equal([1, 2, 3]);
      }
    });

    it(`keep white and black brands visible, ${theme}`, async () => {
      for (const brand of ['#fff', '#000']) {
        const colour = await look(theme, `--chat-brand: ${brand}`);
        expect(contrast(colour('brand-fill'), colour('surface')), brand).to.be.above(1.3);
      }
    });
  }

  it('follow the theme, and each other', async () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const auto = await look('auto');
    expect(auto('surface')).to.deep.equal(paint([[COLOURS['surface']![dark ? 1 : 0]]])[0]);
    // What follows from a derived one follows it too.
    const colour = await look('light', '--chat-brand-fill: #fff; --chat-brand-text: #123456');
    expect(colour('on-brand')).to.deep.equal([0, 0, 0]);
    expect(colour('focus')).to.deep.equal([0x12, 0x34, 0x56]);
    // A page's own pair of colours follows the theme of the widget, not that of the page.
    for (const [theme, value] of [
      ['light', [1, 2, 3]],
      ['dark', [4, 5, 6]],
    ] as const) {
      const own = await look(theme, '--chat-surface: light-dark(rgb(1 2 3), rgb(4 5 6))');
      expect(own('surface')).to.deep.equal(value);
    }
  });
});
