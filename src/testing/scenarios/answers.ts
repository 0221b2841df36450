import type { QuickReply, Source } from '../../protocol/message.js';

/** What a scripted AI or person answers. */
export interface Answer {
  /** What is said. */
  text: string;
  /** Names a step while it thinks, such as "Looking up your order". */
  label?: string;
  /** Pages it was drawn from. */
  sources?: readonly Source[];
  /** Quick replies that go with it. */
  actions?: readonly QuickReply[];
}

const PERSON: QuickReply = { label: 'Talk to a person', value: 'person' };

/** What Fernway's assistant knows: the first row whose words are in the text. */
const KNOWN: readonly (readonly [RegExp, Answer])[] = [
  [
    /\b(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i,
    {
      text: 'Hello! I can help with **orders**, **returns** and **choosing gear**. What would you like to know?',
      actions: [
        { label: 'Where is my order?', value: 'order' },
        { label: 'Start a return', value: 'return' },
        PERSON,
      ],
    },
  ],
  [
    /\b(?:return|exchange|refund|send (?:it )?back)/i,
    {
      label: 'Reading the returns policy',
      text:
        'Tents come back free within **60 days**:\n\n' +
        '1. Pack the tent with its poles and pegs.\n' +
        '2. Print the label from [your orders](https://fernway.example/orders).\n' +
        '3. Drop it at any parcel point.\n\n' +
        'The refund arrives two days after we have it.',
      sources: [{ title: 'Returns', url: 'https://fernway.example/help/returns' }],
      actions: [{ label: 'Where is the nearest parcel point?', value: 'parcel-point' }, PERSON],
    },
  ],
  [
    /\b(?:order|deliver|delivery|parcel|track|shipping|ship)/i,
    {
      label: 'Looking up your order',
      text:
        'Your parcel **left our Kendal store this morning** and arrives tomorrow between 9:00 and 12:00.\n\n' +
        'If nobody is in, the courier leaves it at the parcel shop.',
      sources: [{ title: 'Delivery', url: 'https://fernway.example/help/delivery' }],
      actions: [{ label: 'Change the delivery day', value: 'delivery-day' }, PERSON],
    },
  ],
  [
    /\b(?:weather|forecast|rain|wet|pack|weekend)/i,
    {
      label: 'Checking the forecast',
      text:
        'For two wet days, keep it short:\n\n' +
        '- **Layers**: one waterproof jacket, one fleece, one dry base layer in a sealed bag.\n' +
        '- **Shelter**: the Ridge 2 with its footprint; pitch the inner last to keep it dry.\n' +
        '- **Feet**: two pairs of wool socks, and gaiters for the boggy stretch.\n\n' +
        'Aim for under nine kilos.',
      sources: [{ title: 'Packing lists', url: 'https://fernway.example/guides/packing' }],
    },
  ],
  [
    /\b(?:size|compare|tents?|ridge|which)\b/i,
    {
      text:
        '| Tent | Sleeps | Weight |\n| --- | --- | --- |\n' +
        '| Ridge 1 | 1 | 1.1 kg |\n| Ridge 2 | 2 | 1.6 kg |\n| Fell 4 | 4 | 3.9 kg |\n\n' +
        'The **Ridge 2** is the one most people take for two.',
    },
  ],
  [
    /\b(?:code|api|label|number)\b/i,
    { text: 'Check the code on the flysheet tag:\n\n```\nRDG2-2024-FLY\n```\n\n`RDG2` is the model.' },
  ],
  [/\b(?:thanks|thank you|cheers)\b/i, { text: 'You’re welcome! Is there anything else?' }],
];

const UNKNOWN: Answer = {
  text: 'I’m not sure about that one. I know about **orders**, **returns** and **gear**, or I can find you a person.',
  actions: [PERSON],
};

/** What the assistant answers to a text. */
export function knownAnswer(text: string): Answer {
  return KNOWN.find(([words]) => words.test(text))?.[1] ?? UNKNOWN;
}

/** Whether a text asks for a person. */
export function asksForPerson(text: string): boolean {
  return /\b(?:person|human|agent|staff|somebody|someone|operator|representative)\b/i.test(text);
}

/** Whether a text says goodbye. */
export function saysGoodbye(text: string): boolean {
  return /\b(?:bye|goodbye|that[’']?s (?:all|it)|that is all|see you)\b/i.test(text);
}

/** What a person of the team answers to a text. */
export function staffAnswer(text: string): Answer {
  if (/\b(?:pole|broken?|split|torn|damaged?)\b/i.test(text)) {
    return { text: 'Sorry about that! That’s covered, I’ll send a new one today.' };
  }
  if (/\b(?:address|deliver|delivery|order|parcel)\b/i.test(text)) {
    return { text: 'Done. You’ll get a text in the morning.' };
  }
  if (/\b(?:thanks|thank you|great|perfect)\b/i.test(text)) {
    return { text: 'My pleasure. Anything else?' };
  }
  return { text: 'Let me look into that for you. Could you tell me a little more?' };
}
