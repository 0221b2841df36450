import type { Duration, ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { TEAM, types, type TeamPace } from './team-people.js';

/** How the person's visit goes. */
export interface AiComesBackOptions extends TeamPace {
  /** Time in the queue, in milliseconds. Default 3000. */
  queueMs?: Duration;
}

/** Maya comes, answers one message and leaves with a word; the AI says that it is back. */
export function aiComesBack({
  queueMs = 3000,
  readMs = 1200,
  typeMs = 1800,
}: AiComesBackOptions = {}): ScenarioData {
  const pace = { readMs, typeMs };
  return {
    name: 'ai-comes-back',
    about: 'Ask for a person: one comes, answers once and goes, and the AI takes over again.',
    people: { maya: TEAM.maya },
    parts: {
      handover: [
        { queue: 1, to: 1, everyMs: queueMs },
        { join: 'maya' },
        ...types('maya', 'Hi, I’m Maya. How can I help?', pace),
      ],
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
