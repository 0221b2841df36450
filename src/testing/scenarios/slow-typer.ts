import type { AnswerStep, Duration, ScenarioData } from '../script/scenario-data.js';
import { SHOP_ANSWERS } from './shop-answers.js';

/** How slow it is. */
export interface SlowTyperOptions {
  /** What is answered: rows by content, or a function. Default: what a shop for tents knows. */
  answer?: AnswerStep['answer'];
  /** How long each stretch of thinking takes, in milliseconds. Default from 4000 to 8000. */
  thinkMs?: Duration;
  /** Time between two words, in milliseconds. Default from 300 to 900. */
  wordMs?: Duration;
}

/** The AI starts to type, stops, starts again, and then says one word at a time with long pauses. */
export function slowTyper({
  answer = SHOP_ANSWERS,
  thinkMs = [4000, 8000],
  wordMs = [300, 900],
}: SlowTyperOptions = {}): ScenarioData {
  return {
    name: 'slow-typer',
    about: 'The AI takes its time: it starts, stops, starts again, and pauses between words.',
    fallback: true,
    triggers: [
      {
        on: 'message',
        mode: 'ai',
        steps: [
          { receipt: 'read' },
          { think: thinkMs },
          { typing: false },
          { wait: [1000, 3000] },
          { answer, thinkMs, wordMs },
        ],
      },
    ],
  };
}
