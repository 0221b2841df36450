import type { AnswerStep, Duration, ScenarioData } from '../script/scenario-data.js';
import { SHOP_ANSWERS } from './shop-answers.js';

/** How the AI answers. */
export interface AiReplyOptions {
  /** What it answers: rows by content, or a function. Default: what a shop for tents knows. */
  answer?: AnswerStep['answer'];
  /** How long it thinks before the first word, in milliseconds. Default 900. */
  thinkMs?: Duration;
  /** Time between two words, in milliseconds. Default 45. */
  wordMs?: Duration;
  /** How the answer is written. Default `markdown`. */
  format?: 'plain' | 'markdown';
}

/** The AI answers every message word by word, as long as nobody of the team is there or asked for. It obeys `stop`. */
export function aiReply({
  answer = SHOP_ANSWERS,
  thinkMs = 900,
  wordMs = 45,
  format = 'markdown',
}: AiReplyOptions = {}): ScenarioData {
  return {
    name: 'ai-reply',
    about: 'The AI answers every message, word by word.',
    fallback: true,
    triggers: [
      {
        on: 'message',
        mode: 'ai',
        steps: [{ receipt: 'read' }, { answer, thinkMs, wordMs, format }],
      },
    ],
  };
}
