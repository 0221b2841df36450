import type { AnswerRow } from '../script/scenario-data.js';

/** How a guest asks for a person. */
export const ASKS_FOR_PERSON = String.raw`\b(?:person|human|agent|staff|somebody|someone|operator|representative)\b`;

/** How a guest says goodbye. */
export const SAYS_GOODBYE = String.raw`\b(?:bye|goodbye|that[’']?s (?:all|it)|that is all|see you)\b`;

/** What a person of the team answers; the last row is for everything else. */
export const TEAM_ANSWERS: readonly AnswerRow[] = [
  {
    matches: String.raw`\b(?:pole|broken?|split|torn|damaged?)\b`,
    text: 'Sorry about that! That’s covered, I’ll send a new one today.',
  },
  {
    matches: String.raw`\b(?:address|deliver|delivery|order|parcel)\b`,
    text: 'Done. You’ll get a text in the morning.',
  },
  { matches: String.raw`\b(?:thanks|thank you|great|perfect)\b`, text: 'My pleasure. Anything else?' },
  { text: 'Let me look into that for you. Could you tell me a little more?' },
];

/** Whether a text asks for a person. */
export function asksForPerson(text: string): boolean {
  return new RegExp(ASKS_FOR_PERSON, 'i').test(text);
}
