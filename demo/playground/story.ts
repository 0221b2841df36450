import {
  aiReply,
  readScenario,
  scenarioProblems,
  scenariosFor,
  type ScenarioData,
} from '../../src/testing/index.js';
import type { Configuration } from './configuration.js';

/** Name of the scenario that is the visitor's own. */
export const OWN = 'own';

/** A story to begin with. */
export const FIRST_STORY = `{
  "name": "parcel",
  "about": "The AI looks for a parcel; Maya comes when she is asked for.",
  "people": { "maya": { "name": "Maya" } },
  "triggers": [
    {
      "on": "message",
      "mode": "ai",
      "matches": "parcel|order",
      "steps": [
        { "think": [600, 1200], "label": "Looking up your order" },
        { "stream": "It **left our store** this morning." }
      ]
    },
    {
      "on": "escalate",
      "steps": [
        { "queue": 2, "to": 1, "everyMs": 3000 },
        { "join": "maya" },
        { "think": 1500, "by": "maya" },
        { "say": "Hi, how can I help?", "by": "maya" }
      ]
    },
    { "on": "cancel", "steps": [{ "dequeue": true }] }
  ]
}`;

/** What keeps a story from being played, each with the path to it; nothing when it can be. */
export function problemsOf(story: string): readonly string[] {
  let data: unknown;
  try {
    data = JSON.parse(story);
  } catch (error) {
    return [story.trim() === '' ? 'Nothing is written yet.' : `This is no JSON. ${(error as Error).message}`];
  }
  return scenarioProblems(data);
}

/** What the server plays: an own story that has problems is left out, and the AI answers alone. */
export function scenariosOf({ scenario, story }: Configuration): readonly ScenarioData[] {
  if (scenario !== OWN) return scenariosFor(scenario);
  return problemsOf(story).length > 0 ? [aiReply()] : [readScenario(JSON.parse(story)), aiReply()];
}
