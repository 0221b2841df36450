import type { Duration, ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { TEAM, types, type TeamPace } from './team-people.js';

/** How the person's visit goes. */
export interface StaffLeavesOptions extends TeamPace {
  /** Time in the queue, in milliseconds. Default 3000. */
  queueMs?: Duration;
}

/** Maya comes and greets, then leaves in the middle of typing, without a word: her browser crashed, say. */
export function staffLeaves({
  queueMs = 3000,
  readMs = 1200,
  typeMs = 1800,
}: StaffLeavesOptions = {}): ScenarioData {
  return {
    name: 'staff-leaves',
    about: 'Ask for a person: one comes, and is gone in the middle of typing.',
    people: { maya: TEAM.maya },
    parts: {
      handover: [
        { queue: 1, to: 1, everyMs: queueMs },
        { join: 'maya' },
        ...types('maya', 'Hi, I’m Maya. How can I help?', { readMs, typeMs }),
      ],
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
