import type { Duration, ScenarioData } from '../script/scenario-data.js';
import { ASKS_FOR_PERSON } from './team-answers.js';

/** What is said when nobody is there. */
export interface NobodyAvailableOptions {
  /** How long is looked for somebody, in milliseconds. Default 2500. */
  lookMs?: Duration;
  /** What is said then. */
  sorry?: string;
  /** What is said to whoever leaves an address; `{{text}}` is what they wrote. */
  thanks?: string;
}

/** The guest asks for a person, and nobody is there: the AI says so, asks for an address, and goes on answering. */
export function nobodyAvailable({
  lookMs = 2500,
  sorry = 'Nobody of the team is here at the moment. Leave your e-mail address, and somebody writes to you tomorrow morning.',
  thanks = 'Thank you! Somebody writes to {{text}} tomorrow morning.',
}: NobodyAvailableOptions = {}): ScenarioData {
  return {
    name: 'nobody-available',
    about: 'Ask for a person: nobody is there.',
    parts: { look: [{ queue: 1 }, { wait: lookMs }, { mode: 'ai' }, { say: sorry }] },
    triggers: [
      { on: 'escalate', mode: 'ai', steps: [{ play: 'look' }] },
      { on: 'escalate', mode: 'queued', idle: true, steps: [{ play: 'look' }] },
      { on: 'escalate', steps: [] },
      { on: 'cancel', steps: [{ dequeue: true }] },
      {
        on: 'message',
        mode: 'ai',
        matches: String.raw`\S@\S+\.\S`,
        steps: [{ say: thanks, format: 'plain' }],
      },
      { on: 'message', mode: 'ai', action: 'person', steps: [{ play: 'look' }] },
      { on: 'message', mode: 'ai', matches: ASKS_FOR_PERSON, steps: [{ play: 'look' }] },
      { on: 'message', mode: 'queued', steps: [] },
    ],
  };
}
