import type { ScenarioData } from '../script/scenario-data.js';
import { aiComesBack } from './ai-comes-back.js';
import { aiReply } from './ai-reply.js';
import { busyQueue } from './busy-queue.js';
import { faq } from './faq.js';
import { flakyNetwork } from './flaky-network.js';
import { hostile } from './hostile.js';
import { longAnswer } from './long-answer.js';
import { longHistory } from './long-history.js';
import { nobodyAvailable } from './nobody-available.js';
import { serverRestart } from './server-restart.js';
import { slowTyper } from './slow-typer.js';
import { staffEscalation } from './staff-escalation.js';
import { staffLeaves } from './staff-leaves.js';
import { transfer } from './transfer.js';

const STORIES = [
  aiReply,
  faq,
  staffEscalation,
  busyQueue,
  nobodyAvailable,
  transfer,
  aiComesBack,
  staffLeaves,
  slowTyper,
  flakyNetwork,
  serverRestart,
  longHistory,
  longAnswer,
  hostile,
].map((story) => [story().name, () => story()] as const);

/** The library: what makes each scenario with its defaults, by name (`staff-escalation`). */
export const scenarioLibrary: ReadonlyMap<string, () => ScenarioData> = new Map(STORIES);

/**
 * A scenario of the library with everything it needs to be a whole chat: `aiReply()` answers what the story leaves.
 * @throws {RangeError} when there is none of this name; it names those that there are
 */
export function scenariosFor(name: string): readonly ScenarioData[] {
  const make = scenarioLibrary.get(name);
  if (!make) {
    throw new RangeError(
      `no scenario is called "${name}"; there are ${[...scenarioLibrary.keys()].join(', ')}`,
    );
  }
  const story = make();
  return story.name === 'ai-reply' ? [story] : [story, aiReply()];
}
