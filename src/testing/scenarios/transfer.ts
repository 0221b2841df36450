import type { ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { mayaComes, TEAM, types, type TeamVisit } from './team-people.js';
import { TEAM_ANSWERS } from './team-answers.js';

/** How the handing over goes. */
export type TransferOptions = TeamVisit;

/** Maya comes, hears what it is about, and hands over to Sam, who knows more and answers from then on. */
export function transfer({ readMs = 1200, typeMs = 1800, ...visit }: TransferOptions = {}): ScenarioData {
  const pace = { readMs, typeMs };
  return {
    name: 'transfer',
    about: 'Ask for a person: one comes, and hands over to another.',
    people: TEAM,
    parts: {
      handover: mayaComes('Hi, I’m Maya. What is it about?', { ...visit, readMs, typeMs }),
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
