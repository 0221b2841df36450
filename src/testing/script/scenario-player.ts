import type { Conversation } from '../host/conversation.js';
import { AI, staffAuthor, type Turn } from '../turn.js';
import type { Scenario } from '../scenarios/scenario.js';
import { patternOf } from './kinds.js';
import { Play, RATING } from './play.js';
import type { PastMessage, ScenarioData, Step, TimeTrigger, Trigger } from './scenario-data.js';
import { readScenario } from './scenario-reader.js';
import { pick, type Stage } from './stage.js';

/** What one conversation has seen of a scenario. */
interface Course {
  /** What is being played. */
  readonly plays: Set<Play>;
  /** How often each trigger was met. */
  readonly met: Map<Trigger, number>;
  /** Drops the timer of a trigger. */
  readonly timers: Map<Trigger, () => void>;
  /** Resolves when everything is played that was begun. */
  tail: Promise<unknown>;
}

/**
 * Makes a scenario out of its data.
 * @throws {ScenarioError} naming everything that is wrong with it
 */
export function playScenario(data: ScenarioData, stage: Stage): Scenario {
  readScenario(data);
  const courses = new WeakMap<Conversation, Course>();
  const asks = JSON.stringify(data).includes('"rate":') || data.triggers.some(({ on }) => on === 'rate');

  const courseOf = (conversation: Conversation): Course => {
    let course = courses.get(conversation);
    if (!course) {
      course = { plays: new Set(), met: new Map(), timers: new Map(), tail: Promise.resolve() };
      courses.set(conversation, course);
    }
    return course;
  };

  const holds = (trigger: Trigger, { conversation }: Turn): boolean => {
    const { mode, idle, times = Infinity } = trigger;
    const { plays, met } = courseOf(conversation);
    if (mode !== undefined && ![mode].flat().includes(conversation.mode)) return false;
    if (trigger.with !== undefined && !isHere(data, trigger.with, conversation)) return false;
    return (!idle || plays.size === 0) && (met.get(trigger) ?? 0) < times;
  };

  const find = (turn: Turn): Trigger | undefined =>
    data.triggers.find((trigger) => fits(trigger, turn) && holds(trigger, turn));

  const start = (trigger: Trigger, turn: Turn): Promise<void> => {
    const { conversation } = turn;
    const course = courseOf(conversation);
    course.met.set(trigger, (course.met.get(trigger) ?? 0) + 1);
    if (!decides(trigger.steps, data)) turn.ack();
    const play = new Play(turn, data, stage, () => {
      for (const other of course.plays) if (other !== play) other.check();
    });
    const begin = async (): Promise<void> => {
      // What was asked of the AI is not answered by it any more once a person is there.
      if (!stands(trigger, data, conversation)) return void turn.ack();
      course.plays.add(play);
      try {
        await play.run(trigger.steps);
      } finally {
        course.plays.delete(play);
      }
    };
    // Messages are answered one after the other; everything else happens when it happens.
    const running = trigger.on === 'message' ? course.tail.then(begin) : begin();
    course.tail = Promise.all([course.tail, running.catch(() => {})]);
    return running;
  };

  const setTimer = (trigger: TimeTrigger, turn: Turn): void => {
    const { timers } = courseOf(turn.conversation);
    timers.get(trigger)?.();
    const ring = (): void => {
      const isOver = turn.conversation.mode === 'closed' && trigger.mode === undefined;
      // What a play throws is nobody's to catch: it ends as an unhandled rejection, which test runners report.
      if (!isOver && holds(trigger, turn)) void start(trigger, turn);
    };
    timers.set(trigger, stage.host.later(pick(trigger.afterMs, stage), ring));
  };

  const setTimers = (since: 'start' | 'message', turn: Turn): void => {
    for (const trigger of data.triggers) {
      if (trigger.on === 'time' && (trigger.since ?? 'start') === since) setTimer(trigger, turn);
    }
  };

  return {
    name: data.name,
    fallback: data.fallback ?? false,
    takes: (turn) => find(turn) !== undefined || (asks && ratingOf(turn) !== undefined),
    async play(turn) {
      const score = ratingOf(turn);
      const trigger = find(turn);
      if (asks && score !== undefined && turn.command.type === 'send') {
        turn.ack().conversation.change({ rating: { score } });
      }
      if (trigger) await start(trigger, turn);
    },
    begins: (conversation) => data.history?.forEach((past) => remember(past, data, conversation, stage)),
    greets(turn, resumed) {
      if (!resumed) setTimers('start', turn);
      const met = data.triggers.find(({ on }) => on === (resumed ? 'resume' : 'connect'));
      if (met && holds(met, turn)) void start(met, turn);
    },
    hears(turn) {
      for (const play of courseOf(turn.conversation).plays) play.check();
      if (turn.command.type === 'send') setTimers('message', turn);
    },
  };
}

/** Whether a trigger waits for what the guest did. */
function fits(trigger: Trigger, turn: Turn): boolean {
  const { command } = turn;
  switch (trigger.on) {
    case 'message':
      return command.type === 'send' && !turn.refused && ratingOf(turn) === undefined && says(trigger, turn);
    case 'rate': {
      const score = ratingOf(turn) ?? 0;
      return score >= (trigger.atLeast ?? 1) && score <= (trigger.atMost ?? 5);
    }
    case 'escalate':
      return command.type === 'escalate' && !command.cancel;
    case 'cancel':
      return command.type === 'escalate' && command.cancel === true;
    case 'connect':
    case 'resume':
    case 'time':
      return false;
    default:
      return command.type === trigger.on;
  }
}

function says({ text, matches, action, nth }: Trigger & { on: 'message' }, turn: Turn): boolean {
  const plain = (words: string): string => words.trim().toLowerCase();
  if (text !== undefined && plain(text) !== plain(turn.text)) return false;
  if (matches !== undefined && !patternOf(matches).test(turn.text)) return false;
  if (action !== undefined && turn.action?.value !== action) return false;
  if (nth === undefined) return true;
  const before = turn.conversation.messages.filter(
    ({ role, clientId }) => role === 'guest' && clientId !== turn.clientId,
  );
  return before.length + 1 === nth;
}

/** The score that the guest gave, by the command or by a quick reply. */
function ratingOf({ command }: Turn): number | undefined {
  if (command.type === 'rate') return command.score;
  const score = command.type === 'send' ? RATING.exec(command.action?.value ?? '')?.[1] : undefined;
  return score === undefined ? undefined : Number(score);
}

/** Whether a trigger still holds when its turn has come. */
function stands({ mode, with: person }: Trigger, data: ScenarioData, conversation: Conversation): boolean {
  if (mode !== undefined && ![mode].flat().includes(conversation.mode)) return false;
  return person === undefined || isHere(data, person, conversation);
}

function isHere({ people }: ScenarioData, key: string, { participants }: Conversation): boolean {
  const { id } = staffAuthor(people?.[key] ?? { name: key });
  return participants.some((person) => person.id === id);
}

/** Whether steps say themselves whether the message is stored. */
function decides(steps: readonly Step[], data: ScenarioData): boolean {
  return steps.some((step) => {
    if ('play' in step) return decides(data.parts?.[step.play] ?? [], data);
    if ('either' in step) return step.either.some((way) => decides(way, data));
    return 'ack' in step || 'nack' in step;
  });
}

function remember(
  { by = 'ai', text, format, event, minutesAgo = 0 }: PastMessage,
  { people }: ScenarioData,
  conversation: Conversation,
  { host }: Stage,
): void {
  const sentAt = new Date(host.clock.date() - minutesAgo * 60_000).toISOString();
  const person = people?.[by];
  const author = person ? staffAuthor(person) : by === 'guest' ? conversation.guest : AI;
  const role = by === 'system' ? 'system' : author.role;
  const written = format ?? (role === 'ai' ? 'markdown' : undefined);
  conversation.store({
    role,
    text,
    sentAt,
    ...(role !== 'system' && { author }),
    ...(written && { format: written }),
    ...(event && { event }),
  });
}
