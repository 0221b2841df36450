import type { AnswerStep, Duration, ScenarioData, Step, Trigger } from '../script/scenario-data.js';
import type { StaffProfile } from '../turn.js';
import { ASKS_FOR_PERSON, SAYS_GOODBYE, TEAM_ANSWERS } from './team-answers.js';

/** How the team takes over. */
export interface StaffEscalationOptions {
  /** Who comes. Default Maya. */
  staff?: StaffProfile;
  /** First place in the queue. Default 3. */
  position?: number;
  /** Expected wait per place, in seconds. Default 40. */
  secondsPerPlace?: number;
  /** Time in each place, in milliseconds. Default 4000. */
  stepMs?: Duration;
  /** Time until something is read, in milliseconds. Default 1200. */
  readMs?: Duration;
  /** Time a message takes to type, in milliseconds. Default 1800. */
  typeMs?: Duration;
  /** First words. */
  greeting?: string;
  /** Last words, said before leaving. */
  farewell?: string;
  /** What is answered to a message: rows by content, or a function. */
  answer?: AnswerStep['answer'];
}

/**
 * The guest asks for a person, by the button or in words: a queue that moves, a person who comes, types, answers each
 * message and leaves after a goodbye. Leaving the queue is possible at any time.
 */
export function staffEscalation({
  staff = { name: 'Maya' },
  position = 3,
  secondsPerPlace = 40,
  stepMs = 4000,
  readMs = 1200,
  typeMs = 1800,
  greeting = `Hi, I’m ${staff.name}. I’ve read the chat. How can I help?`,
  farewell = 'All sorted. Have a good day!',
  answer = TEAM_ANSWERS,
}: StaffEscalationOptions = {}): ScenarioData {
  const looks: Step[] = [{ wait: readMs }, { receipt: 'read', by: 'person' }];
  return {
    name: 'staff-escalation',
    about: 'Ask for a person: a queue, somebody who answers, and goes after a goodbye.',
    people: { person: staff },
    parts: {
      handover: [
        { queue: position, to: 1, everyMs: stepMs, secondsPerPlace },
        { join: 'person' },
        ...looks,
        { think: typeMs, by: 'person' },
        { say: greeting, by: 'person' },
      ],
    },
    triggers: [
      ...askingForPerson([{ play: 'handover' }]),
      {
        on: 'message',
        with: 'person',
        matches: SAYS_GOODBYE,
        steps: [
          ...looks,
          { think: typeMs, by: 'person' },
          { say: farewell, by: 'person' },
          { wait: readMs },
          { leave: 'person' },
        ],
      },
      { on: 'message', with: 'person', steps: [...looks, { answer, by: 'person', thinkMs: typeMs }] },
    ],
  };
}

/**
 * The triggers of whoever asks for a person, by the button or in words, and of whoever leaves the queue again. While a
 * guest waits, messages are kept for the person who comes. A queue that stood before a restart of the server goes on.
 */
export function askingForPerson(steps: readonly Step[]): readonly Trigger[] {
  return [
    { on: 'escalate', mode: 'ai', steps },
    { on: 'escalate', mode: 'queued', idle: true, steps },
    { on: 'escalate', steps: [] },
    { on: 'cancel', steps: [{ dequeue: true }] },
    { on: 'message', mode: 'ai', action: 'person', steps },
    { on: 'message', mode: 'ai', matches: ASKS_FOR_PERSON, steps },
    { on: 'message', mode: 'queued', steps: [] },
  ];
}
