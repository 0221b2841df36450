import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { Weather } from './weather.js';

/** One thing that happens, in words, so that a failing story can be read. */
type Happening =
  | { do: 'send' | 'says' | 'cut' | 'storm' | 'sun' | 'reload' }
  | { do: 'swallow'; event: 'ack' | 'message' }
  | { do: 'wait'; ms: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Happening>({ do: 'send' }, { do: 'says' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Happening>({ do: 'cut' }, { do: 'storm' }, { do: 'sun' }, { do: 'reload' }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('ack', 'message').map((event): Happening => ({ do: 'swallow', event })),
  },
  { weight: 5, arbitrary: fc.nat(3000).map((ms): Happening => ({ do: 'wait', ms })) },
);

async function live(story: readonly Happening[]): Promise<{ weather: Weather; written: string[] }> {
  const weather = new Weather();
  const written: string[] = [];
  for (const [index, event] of story.entries()) {
    switch (event.do) {
      case 'send':
        written.push(`guest ${index}`);
        weather.send(`guest ${index}`);
        await weather.clock.settle();
        break;
      case 'says':
        weather.says(`ai ${index}`);
        break;
      case 'swallow':
        weather.swallow(event.event);
        break;
      case 'wait':
        await weather.clock.advance(event.ms);
        break;
      case 'reload':
        await weather.reload();
        break;
      default:
        weather[event.do]();
    }
  }
  weather.sun();
  await weather.clock.advance(60_000);
  // A message that was swallowed on a living line shows as a gap when the next one comes, or after a reconnect.
  weather.cut();
  await weather.clock.advance(60_000);
  return { weather, written };
}

describe('in bad weather', () => {
  it('nothing is lost, nothing comes twice and nothing out of order, either way', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 25 }), async (story) => {
        const { weather, written } = await live(story);
        try {
          expect(weather.errors).to.deep.equal([]);
          expect(weather.truth.filter((text) => text.startsWith('guest'))).to.deep.equal(written);
          if (written.length) expect(weather.seen).to.deep.equal(weather.truth);
          expect(weather.client.state.messages.filter(({ delivery }) => delivery === 'queued')).to.deep.equal(
            [],
          );
          expect(new Set(weather.inbound).size).to.equal(weather.inbound.length);
        } finally {
          weather.client.destroy();
          sessionStorage.clear();
        }
      }),
      { numRuns: 200 },
    );
  });
});
