import type { AnswerRow } from '../script/scenario-data.js';

const PERSON = { label: 'Talk to a person', value: 'person' };

/** What the assistant of Fernway, a shop for tents, knows; the last row is for everything else. */
export const SHOP_ANSWERS: readonly AnswerRow[] = [
  {
    matches: String.raw`\b(?:hi|hello|hey|good (?:morning|afternoon|evening))\b`,
    text: 'Hello! I can help with **orders**, **returns** and **choosing gear**. What would you like to know?',
    actions: [
      { label: 'Where is my order?', value: 'order' },
      { label: 'Start a return', value: 'return' },
      PERSON,
    ],
  },
  {
    matches: String.raw`\b(?:return|exchange|refund|send (?:it )?back)`,
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
  {
    matches: String.raw`\b(?:order|deliver|delivery|parcel|track|shipping|ship)`,
    label: 'Looking up your order',
    text:
      'Your parcel **left our Kendal store this morning** and arrives tomorrow between 9:00 and 12:00.\n\n' +
      'If nobody is in, the courier leaves it at the parcel shop.',
    sources: [{ title: 'Delivery', url: 'https://fernway.example/help/delivery' }],
    actions: [{ label: 'Change the delivery day', value: 'delivery-day' }, PERSON],
  },
  {
    matches: String.raw`\b(?:weather|forecast|rain|wet|pack|weekend)`,
    label: 'Checking the forecast',
    text:
      'For two wet days, keep it short:\n\n' +
      '- **Layers**: one waterproof jacket, one fleece, one dry base layer in a sealed bag.\n' +
      '- **Shelter**: the Ridge 2 with its footprint; pitch the inner last to keep it dry.\n' +
      '- **Feet**: two pairs of wool socks, and gaiters for the boggy stretch.\n\n' +
      'Aim for under nine kilos.',
    sources: [{ title: 'Packing lists', url: 'https://fernway.example/guides/packing' }],
  },
  {
    matches: String.raw`\b(?:size|compare|tents?|ridge|which)\b`,
    text:
      '| Tent | Sleeps | Weight |\n| --- | --- | --- |\n' +
      '| Ridge 1 | 1 | 1.1 kg |\n| Ridge 2 | 2 | 1.6 kg |\n| Fell 4 | 4 | 3.9 kg |\n\n' +
      'The **Ridge 2** is the one most people take for two.',
  },
  {
    matches: String.raw`\b(?:code|api|label|number)\b`,
    text: 'Check the code on the flysheet tag:\n\n```\nRDG2-2024-FLY\n```\n\n`RDG2` is the model.',
  },
  { matches: String.raw`\b(?:thanks|thank you|cheers)\b`, text: 'You’re welcome! Is there anything else?' },
  {
    text: 'I’m not sure about that one. I know about **orders**, **returns** and **gear**, or I can find you a person.',
    actions: [PERSON],
  },
];
