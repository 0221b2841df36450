import type { Said } from './contestant.js';

/** When the conversation began, in milliseconds since 1970. */
const BEGAN = Date.UTC(2026, 0, 5, 8);
/** Between two messages, in milliseconds: some follow at once and share a group, others do not. */
const GAPS = [20_000, 40_000, 400_000] as const;
const CYCLE = GAPS.reduce((sum, gap) => sum + gap, 0);

const QUESTIONS = [
  'Hello, is the blue jacket still there in size M?',
  'And how long does the delivery take?',
  'Thank you. I also have a question about an order from last week, which has not arrived yet. Where can I see where it is?',
  'Great!',
] as const;
const ANSWERS = [
  'Yes, there are **three** left in size M. Shall I put one aside for you?',
  'Usually **two to three** working days. With `EXPRESS` at the checkout it is there tomorrow.',
  'Of course. Under **My orders** every parcel has a number; the link beside it shows where it is right now. If it has not moved for three days, tell me and I ask the carrier.',
  'You are welcome. Is there *anything else* I can do?',
] as const;

/** The message with this number, the first being 1: always the same one. */
export function said(seq: number, role: Said['role'] = seq % 2 ? 'guest' : 'ai'): Said {
  const i = seq - 1;
  const texts = role === 'guest' ? QUESTIONS : ANSWERS;
  const into = GAPS.slice(0, i % GAPS.length).reduce((sum, gap) => sum + gap, 0);
  return {
    id: `m${seq}`,
    seq,
    role,
    text: `${texts[(i >> 1) % texts.length]!} (${seq})`,
    sentAt: new Date(BEGAN + Math.floor(i / GAPS.length) * CYCLE + into).toISOString(),
  };
}

/** The first messages of the conversation. */
export const history = (count: number): Said[] => Array.from({ length: count }, (_, i) => said(i + 1));

const SECTION = `## Washing and care

A *waxed* jacket is **not** washed like other clothes: heat and soap take the wax out of the cloth. What helps against
dirt is a \`soft brush\` and cold water, as [our guide](https://shop.example/care) explains in more detail.

- Brush off the **dry** dirt first, along the seams
- Wipe with a sponge and cold water, no soap
- Let it dry on a hanger, away from the *heating*

1. Warm the tin of wax in a bowl of hot water
2. Rub it in with a cloth, thinly, seam by seam
3. Blow it warm with a dryer until the cloth is even

| Part | How often | With what |
|---|---|---|
| Cloth | once a year | wax |
| Collar | twice a year | soft brush |
| Zip | when it sticks | \`beeswax\` |

> After the first rain, drops should run off. Where they do not, some more wax is wanted.

\`\`\`js
const due = jackets.filter((jacket) => jacket.waxedAt < lastYear);
for (const jacket of due) remind(jacket.owner, 'wax');
\`\`\`

If it is torn, we mend it: bring it to any shop, or send it in. Small tears take **a week**, a new lining about
three, and you hear from us before anything costs money.

`;

/** An answer in Markdown of so many tokens, each about four characters, as models write them. */
export function answer(tokens: number): string[] {
  const pieces: string[] = [];
  for (let section = 1; pieces.length < tokens; section++) {
    pieces.push(...SECTION.replace('care', `care, part ${section}`).match(/\s*\S{1,5}|\s+/g)!);
  }
  return pieces.slice(0, tokens);
}
