import { expect } from '@open-wc/testing';
import { badge } from '../../src/elements/styles/badge.js';
import { palette } from '../../src/elements/styles/palette.js';
import { tokens } from '../../src/elements/styles/tokens.js';
import { contrast } from './contrast-of.js';
import { paint } from './painted.js';

/** What is read on what; the tokens without `--chat-`. A ground of several layers begins with the lowest. */
type Pair = readonly [front: string, ...ground: string[]];

/** Text that follows the brand. */
const BRAND_TEXTS: readonly Pair[] = [
  ['on-brand', 'brand-fill'],
  ['on-brand', 'brand-hover'],
  ['brand-text', 'surface'],
  ['brand-text', 'surface-raised'],
  ['brand-text', 'surface-sunken'],
  ['brand-text', 'brand-soft'],
  ['text', 'brand-soft'],
];

/** Rings, outlines and signs that follow it. */
const BRAND_CONTROLS: readonly Pair[] = [
  ['focus', 'surface'],
  ['focus', 'surface-raised'],
  ['focus', 'surface-sunken'],
  ['focus', 'staff-bg'],
  ['focus', 'brand-soft'],
];

/** Text whose colours are the same for every brand. */
const TEXTS: readonly Pair[] = [
  ...['surface', 'surface-raised', 'surface-sunken'].flatMap((ground): Pair[] => [
    ['text', ground],
    ['text-muted', ground],
  ]),
  ['staff-text', 'staff-bg'],
  ['staff-accent', 'staff-bg'],
  ['text', 'staff-bg'],
  ['surface', 'text'],
  ['danger', 'surface'],
  ['text', 'danger-soft'],
  ['text', 'warning-soft'],
  ['text', 'success-soft'],
  ...['danger', 'warning', 'success'].flatMap((tone): Pair[] => [
    [tone, `${tone}-soft`],
    // The button in the band.
    [tone, `${tone}-soft`, `color-mix(in oklab, var(--chat-${tone}) 10%, transparent)`],
  ]),
  // Code in a line of text.
  ['text', 'surface-raised', 'color-mix(in oklab, var(--chat-text) 7%, transparent)'],
  ['staff-text', 'staff-bg', 'color-mix(in oklab, var(--chat-staff-text) 7%, transparent)'],
  // A button without a fill of its own, under the pointer.
  ['text-muted', 'surface', 'color-mix(in oklab, var(--chat-text) 6%, transparent)'],
  ['#fff', 'badge'],
];

/** Signs and outlines that are the same for every brand. */
const CONTROLS: readonly Pair[] = [
  ['line-strong', 'surface'],
  ['line-strong', 'surface-sunken'],
  ['line-strong', 'surface-raised'],
  ['success', 'surface'],
  ['danger', 'surface'],
];

const NAMED = ['#ffffff', '#000000', '#ffd23f', '#ff6b3d', '#2f3bd6', '#0b6a73'];

/** Colours that a page may come with, as far apart as there are steps. */
const grid = (steps: number): string[] => {
  const parts = Array.from({ length: steps }, (_, i) =>
    Math.round((255 * i) / (steps - 1))
      .toString(16)
      .padStart(2, '0'),
  );
  return parts.flatMap((red) => parts.flatMap((green) => parts.map((blue) => `#${red}${green}${blue}`)));
};

/** 4,096 colours in one engine, 216 in the others, whose drivers allow less time. */
const GRID = grid(navigator.userAgent.includes('Chrome/') ? 16 : 6);

/** Brands whose colours are worked out in one go. */
const BATCH = 256;

/**
 * What tokens are for each brand, as the browser works them out: on elements that wear what a widget wears, since with
 * thousands of widgets the rest of them would be most of the work.
 */
function colours(theme: 'light' | 'dark', brands: readonly string[], names: readonly string[]) {
  const stage = document.body.appendChild(document.createElement('div'));
  const values = Array.from({ length: Math.ceil(brands.length / BATCH) }, (_, batch) => {
    const hosts = brands.slice(batch * BATCH, (batch + 1) * BATCH).map((brand) => {
      const host = document.createElement('div');
      host.style.setProperty('--chat-brand', brand);
      host.style.colorScheme = theme;
      const root = host.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [tokens, badge, palette].map(({ styleSheet }) => styleSheet!);
      for (const name of names) {
        const swatch = root.appendChild(document.createElement('i'));
        swatch.style.color = /^[a-z-]+$/.test(name) ? `var(--chat-${name})` : name;
      }
      return host;
    });
    stage.replaceChildren(...hosts);
    return hosts.map((host) => {
      const swatches = [...host.shadowRoot!.children];
      return new Map(swatches.map((swatch, i) => [names[i]!, getComputedStyle(swatch).color]));
    });
  });
  stage.remove();
  return values.flat();
}

/** The contrast of each pair for each brand. */
function measure(theme: 'light' | 'dark', brands: readonly string[], pairs: readonly Pair[]): number[][] {
  const looks = colours(theme, brands, [...new Set(pairs.flat())]);
  const stacks = looks.flatMap((colour) =>
    pairs.flatMap(([front, ...ground]) => {
      const layers = ground.map((name) => colour.get(name)!);
      return [layers, [...layers, colour.get(front)!]];
    }),
  );
  const keys = stacks.map((layers) => layers.join());
  const unlike = new Map(stacks.map((layers, i) => [keys[i]!, layers]));
  const painted = paint([...unlike.values()]);
  const seen = new Map([...unlike.keys()].map((key, i) => [key, painted[i]!]));
  let i = 0;
  return brands.map(() => pairs.map(() => contrast(seen.get(keys[i++]!)!, seen.get(keys[i++]!)!)));
}

/** What is below its least contrast, the worst of each pair, in words. */
function faults(theme: 'light' | 'dark', brands: readonly string[], least: readonly [Pair, number][]) {
  const ratios = measure(
    theme,
    brands,
    least.map(([pair]) => pair),
  );
  return least.flatMap(([[front, ...ground], wanted], i) => {
    const all = ratios.map((ofBrand) => ofBrand[i]!);
    const worst = Math.min(...all);
    const bad = all.filter((ratio) => ratio < wanted).length;
    const name = `${front} on ${ground.join(' + ')}`;
    return bad > 0
      ? [`${name}: ${worst.toFixed(2)} for ${brands[all.indexOf(worst)]}, too little for ${bad} brands`]
      : [];
  });
}

const atLeast = (ratio: number, pairs: readonly Pair[]): [Pair, number][] =>
  pairs.map((pair) => [pair, ratio]);

for (const theme of ['light', 'dark'] as const) {
  describe(`contrast, ${theme}`, () => {
    const BRAND = [...atLeast(4.5, BRAND_TEXTS), ...atLeast(3, BRAND_CONTROLS)];

    it(`is exact for ${GRID.length} brands`, function () {
      this.timeout(60_000);
      expect(faults(theme, GRID, BRAND)).to.deep.equal([]);
    });

    for (const brand of NAMED) {
      it(`is exact for ${brand}`, () => {
        expect(faults(theme, [brand], BRAND)).to.deep.equal([]);
      });
    }

    it('is enough between all colours that no brand changes', () => {
      const least = [...atLeast(4.5, TEXTS), ...atLeast(3, CONTROLS)];
      expect(faults(theme, ['#0b6a73'], least)).to.deep.equal([]);
    });
  });
}
