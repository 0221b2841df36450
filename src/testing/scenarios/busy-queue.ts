import type { Duration, ScenarioData } from '../script/scenario-data.js';
import { askingForPerson } from './staff-escalation.js';
import { TEAM, types, type TeamPace } from './team-people.js';
import { TEAM_ANSWERS } from './team-answers.js';

/** How busy the team is. */
export interface BusyQueueOptions extends TeamPace {
  /** First place in the queue; at least 2. Default 12. */
  position?: number;
  /** Time in each place, in milliseconds. Default from 3000 to 6000. */
  stepMs?: Duration;
  /** Expected wait per place, in seconds. Default 90. */
  secondsPerPlace?: number;
}

/** The guest asks for a person and waits long, with a word of comfort half-way; then Maya comes and answers. */
export function busyQueue({
  position = 12,
  stepMs = [3000, 6000],
  secondsPerPlace = 90,
  readMs = 1200,
  typeMs = 1800,
}: BusyQueueOptions = {}): ScenarioData {
  const half = Math.ceil(position / 2);
  const moves = { everyMs: stepMs, secondsPerPlace };
  return {
    name: 'busy-queue',
    about: 'Ask for a person: the queue is long, and moves.',
    people: { maya: TEAM.maya },
    parts: {
      queue: [
        { queue: position, to: half + 1, ...moves },
        { say: 'Thank you for waiting. Everybody is talking to somebody at the moment; your place is kept.' },
        { queue: half, to: 1, ...moves },
        { join: 'maya' },
        ...types('maya', 'Hi, I’m Maya. Sorry for the wait! How can I help?', { readMs, typeMs }),
      ],
    },
    triggers: [
      ...askingForPerson([{ play: 'queue' }]),
      { on: 'message', with: 'maya', steps: [{ answer: TEAM_ANSWERS, by: 'maya', thinkMs: typeMs }] },
    ],
  };
}
