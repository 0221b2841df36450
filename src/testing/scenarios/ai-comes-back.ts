import type { ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { mayaComes, TEAM, types, type TeamVisit } from './team-people.js';

/** How the person's visit goes. */
export type AiComesBackOptions = TeamVisit;

/** Maya comes, answers one message and leaves with a word; the AI says that it is back. */
export function aiComesBack({
  readMs = 1200,
  typeMs = 1800,
  ...visit
}: AiComesBackOptions = {}): ScenarioData {
  const pace = { readMs, typeMs };
  return {
    name: 'ai-comes-back',
    about: 'Ask for a person: one comes, answers once and goes, and the AI takes over again.',
    people: { maya: TEAM.maya },
    parts: {
      handover: mayaComes('Hi, I’m Maya. How can I help?', { ...visit, readMs, typeMs }),
    },
    triggers: [
      ...askingForPerson([{ play: 'handover' }]),
      {
        on: 'message',
        with: 'maya',
        steps: [
          ...types(
            'maya',
            'That is done. The assistant takes over again; ask for me whenever you like.',
            pace,
          ),
          { leave: 'maya' },
          { think: typeMs },
          { stream: 'I’m back! Is there anything else?' },
        ],
      },
    ],
  };
}
