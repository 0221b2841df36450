import type { ScenarioData } from '../script/scenario-data.js';

/** One round of the answer: every kind of block that a long answer has. */
const ROUND = `## Section

Packing for a week in the hills is mostly a matter of **what stays at home**. Take one set of clothes to walk in and one to
sleep in, and nothing for _just in case_.

- a tent with its footprint
- a mat, and a bag that is warm enough
- food for one day more

| Item | Weight |
| --- | --- |
| Tent | 1.6 kg |
| Bag | 0.9 kg |

\`\`\`
total = tent + bag + food
\`\`\`

`;

/** Every message is answered with `tokens` words of Markdown, one after the other and fast. Default 2000. */
export function longAnswer(tokens = 2000): ScenarioData {
  const round = ROUND.match(/\S+\s*/g) ?? [];
  const stream = Array.from({ length: tokens }, (_, index) => round[index % round.length]!);
  return {
    name: 'long-answer',
    about: `The AI answers with ${tokens} words.`,
    triggers: [{ on: 'message', mode: 'ai', steps: [{ receipt: 'read' }, { stream, wordMs: 8 }] }],
  };
}
