/**
 * Random stories of bad weather, on a simulated network and clock: whatever happens between them, a guest and a server have
 * the same conversation in the end. A story that fails is shrunk, and told in words that can be read.
 */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { Weather, type Mishap } from './weather.js';

/** One thing that happens, in words. */
type Happening =
  | { do: 'says' | 'cut' | 'storm' | 'sun' }
  | { do: 'send' | 'reload' | 'crash' | 'freeze' | 'thaw'; tab: number }
  | { do: Mishap; event: 'ack' | 'message' }
  | { do: 'wait'; ms: number };

/** As one line that names who does what. */
const told = (happening: Happening): string =>
  [
    happening.do,
    ...('tab' in happening ? [`in tab ${happening.tab}`] : []),
    ...('event' in happening ? [happening.event] : []),
    ...('ms' in happening ? [`${happening.ms} ms`] : []),
  ].join(' ');

/** Stories in a number of tabs. */
function stories(tabs: number): fc.Arbitrary<Happening[]> {
  const tab = fc.nat(tabs - 1);
  const inTab = (...deeds: ('send' | 'reload' | 'crash' | 'freeze' | 'thaw')[]): fc.Arbitrary<Happening> =>
    fc.record({ do: fc.constantFrom(...deeds), tab });
  const happening = fc.oneof(
    { weight: 4, arbitrary: inTab('send') },
    { weight: 3, arbitrary: fc.constant<Happening>({ do: 'says' }) },
    { weight: 2, arbitrary: fc.constantFrom<Happening>({ do: 'cut' }, { do: 'storm' }, { do: 'sun' }) },
    {
      weight: 1,
      arbitrary: tabs > 1 ? inTab('reload', 'crash', 'freeze', 'thaw') : inTab('reload', 'crash'),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom<Mishap>('swallow', 'double', 'delay'),
        event: fc.constantFrom('ack', 'message'),
      }) as fc.Arbitrary<Happening>,
    },
    { weight: 5, arbitrary: fc.nat(3000).map((ms): Happening => ({ do: 'wait', ms })) },
  );
  return fc.array(happening, { minLength: 1, maxLength: 25 });
}

async function live(
  tabs: number,
  story: readonly Happening[],
): Promise<{ weather: Weather; written: string[][] }> {
  const weather = new Weather(tabs);
  const written: string[][] = weather.pages.map(() => []);
  for (const [index, event] of story.entries()) {
    switch (event.do) {
      case 'send': {
        const text = `guest ${index} in tab ${event.tab}`;
        if (weather.send(event.tab, text)) written[event.tab]!.push(text);
        await weather.clock.settle();
        break;
      }
      case 'says':
        weather.says(`ai ${index}`);
        break;
      case 'swallow':
      case 'double':
      case 'delay':
        weather.befalls(event.do, event.event);
        break;
      case 'wait':
        await weather.clock.advance(event.ms);
        break;
      case 'reload':
      case 'crash':
        await weather[event.do](event.tab);
        break;
      case 'freeze':
      case 'thaw':
        weather[event.do](event.tab);
        break;
      default:
        weather[event.do]();
    }
  }
  weather.sun();
  weather.pages.forEach((_page, tab) => weather.thaw(tab));
  await weather.clock.advance(60_000);
  // A message that was swallowed on a living line shows as a gap when the next one comes, or after a reconnect.
  weather.cut();
  await weather.clock.advance(60_000);
  return { weather, written };
}

async function check(tabs: number, story: readonly Happening[]): Promise<void> {
  const { weather, written } = await live(tabs, story);
  try {
    const { truth } = weather;
    expect(weather.errors).to.deep.equal([]);
    // Everything once, and in each tab in the order of writing.
    expect(truth.filter((text) => text.startsWith('guest'))).to.have.length(written.flat().length);
    written.forEach((texts, tab) =>
      expect(truth.filter((text) => text.endsWith(`in tab ${tab}`))).to.deep.equal(texts),
    );
    weather.pages.forEach(({ client, inbound }, tab) => {
      // A tab that has nothing to do with the chat knows nothing of it.
      if (client.state.connection.status === 'idle') return;
      expect(weather.seen(tab)).to.deep.equal(truth);
      expect(client.state.messages.filter(({ delivery }) => delivery === 'queued')).to.deep.equal([]);
      expect(new Set(inbound).size).to.equal(inbound.length);
    });
  } finally {
    weather.end();
  }
}

/** How many stories are lived, by the number of tabs. By hand, many more: the figures are in docs/reliability.md. */
const STORIES: Readonly<Record<number, number>> = { 1: 200, 2: 120, 3: 60 };

const inWords = {
  reporter(details: fc.RunDetails<[Happening[]]>) {
    if (!details.failed) return;
    const story = (details.counterexample?.[0] ?? []).map(told).join('\n  ');
    throw new Error(
      `seed ${details.seed}, path ${details.counterexamplePath}:\n  ${story}\n${String(details.errorInstance)}`,
    );
  },
};

describe('in bad weather', () => {
  for (const tabs of [1, 2, 3]) {
    it(`nothing is lost, nothing comes twice and nothing out of order, either way, in ${tabs} ${tabs > 1 ? 'tabs' : 'tab'}`, async function () {
      this.timeout(600_000);
      await fc.assert(
        fc.asyncProperty(stories(tabs), (story) => check(tabs, story)),
        { ...inWords, numRuns: STORIES[tabs] },
      );
    });
  }
});
