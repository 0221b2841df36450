import type { Duration, ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { TEAM, types, type TeamPace } from './team-people.js';
import { TEAM_ANSWERS } from './team-answers.js';

/** How the handing over goes. */
export interface TransferOptions extends TeamPace {
  /** Time in the queue, in milliseconds. Default 3000. */
  queueMs?: Duration;
}

/** Maya comes, hears what it is about, and hands over to Sam, who knows more and answers from then on. */
export function transfer({
  queueMs = 3000,
  readMs = 1200,
  typeMs = 1800,
}: TransferOptions = {}): ScenarioData {
  const pace = { readMs, typeMs };
  return {
    name: 'transfer',
    about: 'Ask for a person: one comes, and hands over to another.',
    people: TEAM,
    parts: {
      handover: [
        { queue: 1, to: 1, everyMs: queueMs },
        { join: 'maya' },
        ...types('maya', 'Hi, I’m Maya. What is it about?', pace),
      ],
    },
    triggers: [
      ...askingForPerson([{ play: 'handover' }]),
      {
        on: 'message',
        with: 'maya',
        steps: [
          ...types('maya', 'That is one for our workshop. I’ll hand you over to Sam.', pace),
          { transfer: 'sam', from: 'maya' },
          ...types('sam', 'Hello, Sam here. I’ve read everything so far; give me a second.', pace),
        ],
      },
      {
        on: 'message',
        with: 'sam',
        steps: [
          { receipt: 'read', by: 'sam' },
          { answer: TEAM_ANSWERS, by: 'sam', thinkMs: typeMs },
        ],
      },
    ],
  };
}
