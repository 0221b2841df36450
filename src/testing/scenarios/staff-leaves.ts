import type { ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { mayaComes, TEAM, type TeamVisit } from './team-people.js';

/** How the person's visit goes. */
export type StaffLeavesOptions = TeamVisit;

/** Maya comes and greets, then leaves in the middle of typing, without a word: her browser crashed, say. */
export function staffLeaves({
  readMs = 1200,
  typeMs = 1800,
  ...visit
}: StaffLeavesOptions = {}): ScenarioData {
  return {
    name: 'staff-leaves',
    about: 'Ask for a person: one comes, and is gone in the middle of typing.',
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
          { wait: readMs },
          { receipt: 'read', by: 'maya' },
          { think: typeMs, by: 'maya' },
          { leave: 'maya' },
        ],
      },
    ],
  };
}
