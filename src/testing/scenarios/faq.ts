import type { AnswerRow, Duration, ScenarioData } from '../script/scenario-data.js';
import { SHOP_ANSWERS } from './shop-answers.js';

/** What is known, and how it is told. */
export interface FaqOptions {
  /** What is known; a row without `matches` answers everything. Default: what a shop for tents knows. */
  answers?: readonly AnswerRow[];
  /** How long the AI thinks, in milliseconds. Default 900. */
  thinkMs?: Duration;
  /** Time between two words, in milliseconds. Default 45. */
  wordMs?: Duration;
}

/** The AI answers what it knows by content, and leaves everything else to other scenarios. */
export function faq({
  answers = SHOP_ANSWERS.filter(({ matches }) => matches !== undefined),
  thinkMs = 900,
  wordMs = 45,
}: FaqOptions = {}): ScenarioData {
  return {
    name: 'faq',
    about: 'The AI answers what it knows by content.',
    triggers: answers.map((row) => ({
      on: 'message',
      mode: 'ai',
      ...(row.matches !== undefined && { matches: row.matches }),
      steps: [{ receipt: 'read' }, { answer: [row], thinkMs, wordMs }],
    })),
  };
}
