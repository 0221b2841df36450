/** What the assistant of the shop knows, in plain text: the widget shows no markdown yet. And how long its team takes. */
import type { QuickReply } from '../src/index.js';

/** A short queue: visitors of a demo want to see what comes after it. */
export const SHOP_TEAM = { staff: { name: 'Maya' }, position: 2, stepMs: 3000 } as const;

/** An answer, and what may be asked next. */
export interface ShopAnswer {
  text: string;
  /** Names what the assistant does while it thinks. */
  label?: string;
  actions?: QuickReply[];
}

const ask = (label: string): QuickReply => ({ label, value: label });
const PERSON: QuickReply = { label: 'Talk to a person', value: 'person' };

/** The first row whose words stand in the question has the answer. */
const KNOWN: readonly (readonly [RegExp, ShopAnswer])[] = [
  [
    /return|exchange|refund|send (?:it )?back/i,
    {
      label: 'Reading the returns policy',
      text:
        'Yes, you can. Tents come back free within 60 days, even after a night or two outside.\n\n' +
        'Pack it with its poles and pegs, put on the label from your order, and leave it at any parcel point. The refund arrives within a week.',
      actions: [ask('Where is my order?'), ask('How heavy is the tent?')],
    },
  ],
  [
    /split|broken?|torn|snapped|repair|mend/i,
    {
      label: 'Looking through the workshop book',
      text:
        'That can be mended. A split near a joint is covered for five years, and a new section takes two minutes to fit.\n\n' +
        'Somebody of the team can send you one today.',
      actions: [PERSON],
    },
  ],
  [
    /footprint|groundsheet|come with|included|in the box/i,
    {
      text:
        'The footprint is sold separately. It fits every Ridge 2 since 2022, weighs 240 g and costs €49.\n\n' +
        'In the box of the tent: flysheet, inner, two poles, twelve pegs and a repair sleeve.',
      actions: [ask('How heavy is the tent?')],
    },
  ],
  [
    /warm|cold|winter|october|season/i,
    {
      label: 'Checking the forecast',
      text:
        'For October in the valleys, yes. The Ridge 2 is made for three seasons: it stands well in wind and rain, down to about −5 °C with a warm bag.\n\n' +
        'For snow that stays, take a tent with four poles. We don’t make one, and the team knows who does.',
      actions: [ask('How heavy is the tent?')],
    },
  ],
  [
    /order|deliver|parcel|track|ship/i,
    {
      label: 'Looking up your order',
      text: 'Your parcel left our store this morning and arrives tomorrow between nine and twelve. If nobody is in, it waits at the parcel point.',
      actions: [ask('Can I still return it?')],
    },
  ],
  [
    /size|compare|choose|which|heavy|weigh|big/i,
    {
      text:
        'The Ridge 2 sleeps two with their packs and weighs 1.9 kg. Inside it is 220 cm long, 130 cm wide and 105 cm high.\n\n' +
        'If one of you is taller than 190 cm, sleep with your heads at the door end.',
      actions: [ask('Is it warm enough for October?')],
    },
  ],
  [
    /\b(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i,
    { text: 'Hello! Ask me about orders, returns or gear.' },
  ],
  [/\b(?:thanks|thank you|cheers)\b/i, { text: 'You’re welcome. Is there anything else?' }],
];

const UNKNOWN: ShopAnswer = {
  text: 'I’m not sure about that one. I know about orders, returns and gear, or I can find you a person.',
  actions: [PERSON],
};

/** What the assistant answers. */
export function shopAnswer(question: string): ShopAnswer {
  return KNOWN.find(([words]) => words.test(question))?.[1] ?? UNKNOWN;
}
