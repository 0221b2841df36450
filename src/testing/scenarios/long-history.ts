import type { PastMessage, ScenarioData } from '../script/scenario-data.js';

/** What was said, in turn; a number is added, so that each message can be found again. */
const SAID = [
  ['guest', 'Which tent is right for two people and a dog?'],
  ['ai', 'The **Ridge 2** sleeps two with their packs; a dog fits into the porch.'],
  ['guest', 'And in the rain?'],
  ['ai', 'It stays dry:\n\n- the flysheet holds 3000 mm\n- pitch the inner last'],
] as const;

/** A conversation of `count` messages is there when the guest comes; a minute lies between two of them. Default 1000. */
export function longHistory(count = 1000): ScenarioData {
  const history: PastMessage[] = Array.from({ length: count }, (_, index) => {
    const [by, text] = SAID[index % SAID.length]!;
    return { by, text: `(${index + 1}) ${text}`, minutesAgo: count - index };
  });
  return {
    name: 'long-history',
    about: `A conversation of ${count} messages goes on.`,
    history,
    triggers: [],
  };
}
