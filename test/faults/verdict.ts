import type { Side } from './side.js';
import type { Visitor } from './visitor.js';

/** What became of the messages of a scenario. */
export interface Verdict {
  /** How many were written and said. */
  written: number;
  said: number;
  lostOut: number;
  lostIn: number;
  duplicated: number;
  disordered: number;
  /** Lost messages of the guest of which nobody was told that they failed. */
  silent: number;
  /** Called failed, although they arrived. */
  falseAlarms: number;
  /** Shown, but never told by an event in any page. */
  untold: number;
  pageErrors: number;
}

/** The counts, without those of what was sent. */
export const COUNTS = [
  'lostOut',
  'lostIn',
  'duplicated',
  'disordered',
  'silent',
  'falseAlarms',
  'untold',
  'pageErrors',
] as const satisfies readonly (keyof Verdict)[];

/** Nothing yet. */
export function blank(): Verdict {
  return {
    written: 0,
    said: 0,
    lostOut: 0,
    lostIn: 0,
    duplicated: 0,
    disordered: 0,
    silent: 0,
    falseAlarms: 0,
    untold: 0,
    pageErrors: 0,
  };
}

/** Adds one verdict to another. */
export function add(sum: Verdict, more: Verdict): Verdict {
  for (const key of Object.keys(sum) as (keyof Verdict)[]) sum[key] += more[key];
  return sum;
}

/** Whether everything has come that was written and said. */
export async function complete(side: Side, visitor: Visitor, said: readonly string[]): Promise<boolean> {
  if (visitor.written.some(({ text }) => !side.heard.includes(text))) return false;
  for (const tab of visitor.tabs) {
    const known = await received(visitor, tab);
    if (said.some((text) => !known.has(text))) return false;
  }
  return true;
}

/** Compares what each side knows in the end. */
export async function judge(side: Side, visitor: Visitor, said: readonly string[]): Promise<Verdict> {
  await visitor.collect();
  const { heard } = side;
  const verdict = blank();
  const texts = visitor.written.map(({ text }) => text);
  const failed = new Set(visitor.told.filter(({ kind }) => kind === 'failed').map(({ text }) => text));
  const lost = texts.filter((text) => !heard.includes(text));
  Object.assign(verdict, {
    written: texts.length,
    said: said.length,
    lostOut: lost.length,
    silent: lost.filter((text) => !failed.has(text)).length,
    falseAlarms: [...failed].filter((text) => heard.includes(text)).length,
    duplicated: repeated(heard),
    pageErrors: visitor.pageErrors.length,
  });
  // A page that begins later shows what another was told: only what no page was told counts.
  const told = new Set(visitor.told.filter(({ kind }) => kind === 'in').map(({ text }) => text));
  for (const tab of visitor.tabs) {
    const own = visitor.written.filter((one) => one.tab === tab).map(({ text }) => text);
    verdict.disordered += disorder(
      own,
      heard.filter((text) => own.includes(text)),
    );
    const shown = (await visitor.shown(tab)).filter((text) => said.includes(text));
    const known = await received(visitor, tab);
    verdict.lostIn += said.filter((text) => !known.has(text)).length;
    verdict.untold += shown.filter((text) => !told.has(text)).length;
    verdict.duplicated += repeated(shown);
    verdict.disordered += disorder(said, shown);
    for (const life of toldIn(visitor, tab)) {
      verdict.duplicated += repeated(life);
      verdict.disordered += disorder(said, life);
    }
  }
  return verdict;
}

async function received(visitor: Visitor, tab: string): Promise<Set<string>> {
  return new Set([...toldIn(visitor, tab).flat(), ...(await visitor.shown(tab))]);
}

/** What was told in a tab, by the pages it had. */
function toldIn({ told }: Visitor, tab: string): string[][] {
  const lives = new Map<string, string[]>();
  for (const one of told) {
    if (one.tab !== tab || one.kind !== 'in') continue;
    lives.set(one.life, [...(lives.get(one.life) ?? []), one.text]);
  }
  return [...lives.values()];
}

function repeated(texts: readonly string[]): number {
  return texts.length - new Set(texts).size;
}

/** How many stand behind one that should come later. */
function disorder(order: readonly string[], texts: readonly string[]): number {
  const places = [...new Set(texts)].map((text) => order.indexOf(text));
  return places.filter((place, index) => index > 0 && place < places[index - 1]!).length;
}
