import type { NackCode } from '../../protocol/server-event.js';
import {
  duration,
  fields,
  flag,
  isRecord,
  kind,
  listOf,
  mapOf,
  milliseconds,
  name,
  object,
  oneOf,
  own,
  pattern,
  pieces,
  text,
  whole,
  words,
  yes,
  type Fields,
  type Kind,
} from './kinds.js';
import { isNear, ScenarioComplaints, ScenarioError } from './scenario-complaints.js';
import { FAULTS, type ScenarioData } from './scenario-data.js';

const MODES = ['ai', 'queued', 'staff', 'closed'] as const;
const EVENTS = [
  'conversation-started',
  'escalated',
  'queue-left',
  'staff-joined',
  'staff-left',
  'staff-transferred',
  'conversation-ended',
] as const;
const NACKS: readonly NackCode[] = [
  'too-long',
  'rate-limited',
  'closed',
  'forbidden',
  'invalid',
  'internal',
  'behind',
];
/** Speakers that every scenario has. */
const VOICES = ['ai', 'guest', 'system'];

const format = oneOf('plain', 'markdown');
const actions = listOf(
  fields('a quick reply', { label: name, value: text }, ['label', 'value']),
  'a list of quick replies',
);
const sources = listOf(fields('a source', { title: text, url: name }, ['title', 'url']), 'a list of sources');
const attachments = listOf(object, 'a list of attachments');
const saying: Fields = { by: text, format, actions, sources, attachments };
const row = fields('an answer', { matches: pattern, text, label: text, sources, actions }, ['text']);
const rows = listOf(row, 'a list of answers');
const modes: Kind = (value, path, complaints) =>
  (Array.isArray(value) ? listOf(oneOf(...MODES), '') : oneOf(...MODES))(value, path, complaints);
const nack = kind(`a code such as ${NACKS.join(', ')}`, (value) => typeof value === 'string' && value !== '');

/** Steps by their first word, with what else each may say. */
const STEPS: Readonly<Record<string, Fields>> = {
  think: { think: duration, by: text, label: text },
  wait: { wait: duration },
  stream: { stream: pieces, wordMs: duration, ...saying },
  say: { say: words, ...saying },
  answer: {
    answer: (value, path, complaints) =>
      typeof value === 'function' ? undefined : rows(value, path, complaints),
    thinkMs: duration,
    wordMs: duration,
    by: text,
    format,
  },
  typing: { typing: flag, by: text, label: text },
  receipt: { receipt: oneOf('delivered', 'read'), by: text },
  react: { react: name, by: text },
  queue: { queue: whole(1), to: whole(1), everyMs: duration, secondsPerPlace: whole(0) },
  dequeue: { dequeue: yes },
  join: { join: name },
  leave: { leave: name },
  transfer: { transfer: name, from: name },
  mode: { mode: oneOf(...MODES) },
  report: { report: oneOf(...EVENTS), by: text },
  close: { close: yes, by: text },
  rate: { rate: words, by: text },
  ack: { ack: yes },
  nack: { nack, retryAfterMs: milliseconds, message: text },
  fault: { fault: oneOf(...FAULTS), ms: milliseconds, count: whole(1), code: whole(1000, 4999) },
  frame: { frame: fieldsWithType },
  play: { play: name },
  either: { either: listOf(stepsKind, 'a list of lists of steps') },
};

const conditions: Fields = { mode: modes, with: name, idle: yes, times: whole(1), steps: stepsKind };
const deed: Fields = { on: text, ...conditions };

/** Triggers by what they wait for. */
const TRIGGERS: Readonly<Record<string, Fields>> = {
  message: { ...deed, text, matches: pattern, action: text, nth: whole(1) },
  escalate: deed,
  cancel: deed,
  end: deed,
  stop: deed,
  react: deed,
  identify: deed,
  rate: { ...deed, atLeast: whole(1, 5), atMost: whole(1, 5) },
  connect: deed,
  resume: deed,
  time: { ...deed, afterMs: duration, since: oneOf('start', 'message') },
};

const person = fields('a person', { id: name, name, avatarUrl: name }, ['name']);
const past = fields(
  'a message',
  { by: text, text, format, event: oneOf(...EVENTS), minutesAgo: milliseconds },
  ['text'],
);
const scenario = fields(
  'a scenario',
  {
    name,
    about: text,
    fallback: flag,
    people: mapOf(person, 'people by keys'),
    history: listOf(past, 'a list of messages'),
    parts: mapOf(stepsKind, 'lists of steps by keys'),
    triggers: listOf(triggerKind, 'a list of triggers'),
    $schema: text,
  },
  ['name', 'triggers'],
);

function fieldsWithType(value: unknown, path: string, complaints: ScenarioComplaints): void {
  if (!isRecord(value) || typeof value['type'] !== 'string') {
    complaints.expected(path, 'an event, an object with a "type"', value);
  }
}

function stepsKind(value: unknown, path: string, complaints: ScenarioComplaints): void {
  listOf(stepKind, 'a list of steps')(value, path, complaints);
}

function stepKind(value: unknown, path: string, complaints: ScenarioComplaints): void {
  if (!isRecord(value)) return complaints.expected(path, 'a step such as {"say": "Hello"}', value);
  const keys = Object.keys(value);
  const verbs = keys.filter((key) => own(STEPS, key) && !isOption(key, keys));
  const [verb, second] = verbs;
  if (second) return complaints.say(path, `one step does one thing; "${verb}" and "${second}" are two steps`);
  if (verb) return fields(`"${verb}"`, STEPS[verb]!, [verb])(value, path, complaints);
  const known = Object.keys(STEPS);
  const close = keys.flatMap((key) => known.filter((each) => isNear(each, key)))[0];
  const hint = close ? `did you mean "${close}"?` : `the first is one of ${known.join(', ')}`;
  const what = keys[0] === undefined ? 'a step has no words' : `no step is called "${keys[0]}"`;
  complaints.say(path, `${what}; ${hint}`);
}

/** Whether a word that could be a step belongs to another one. */
function isOption(key: string, keys: readonly string[]): boolean {
  return keys.some((other) => other !== key && own(own(STEPS, other) ?? {}, key));
}

function triggerKind(value: unknown, path: string, complaints: ScenarioComplaints): void {
  if (!isRecord(value))
    return complaints.expected(path, 'a trigger such as {"on": "message", "steps": []}', value);
  const { on } = value;
  const known = typeof on === 'string' ? own(TRIGGERS, on) : undefined;
  if (!known) return complaints.expected(`${path}.on`, `one of ${Object.keys(TRIGGERS).join(', ')}`, on);
  const needed = on === 'time' ? ['afterMs', 'steps'] : ['steps'];
  fields(`a trigger on "${String(on)}"`, known, needed)(value, path, complaints);
}

/** People and parts that are named and not there, and parts that never come to an end. */
function checkNames(data: ScenarioData, complaints: ScenarioComplaints): void {
  const people = Object.keys(data.people ?? {});
  const parts = data.parts ?? {};
  const demand = (path: string, key: unknown, keys: readonly string[], of: string): void => {
    if (typeof key !== 'string' || keys.includes(key)) return;
    const there =
      keys.length > 0 ? `there ${keys.length === 1 ? 'is' : 'are'} ${keys.join(', ')}` : 'there are none';
    complaints.say(path, `"${key}" is not in ${of}; ${there}`);
  };
  const visit = (steps: unknown, path: string, trail: readonly string[]): void => {
    if (!Array.isArray(steps)) return;
    steps.forEach((step: unknown, index) => {
      if (!isRecord(step)) return;
      const at = `${path}[${index}]`;
      demand(`${at}.by`, step['by'], [...VOICES, ...people], 'people');
      for (const key of ['join', 'leave', 'transfer', 'from'])
        demand(`${at}.${key}`, step[key], people, 'people');
      demand(`${at}.play`, step['play'], Object.keys(parts), 'parts');
      if (Array.isArray(step['either'])) {
        step['either'].forEach((way, number) => visit(way, `${at}.either[${number}]`, trail));
      }
      const { play } = step;
      if (typeof play !== 'string' || !own(parts, play)) return;
      if (trail.includes(play)) complaints.say(`${at}.play`, `"${play}" plays itself without an end`);
      else if (trail.length > 0) visit(parts[play], `parts.${play}`, [...trail, play]);
    });
  };
  for (const key of Object.keys(parts)) {
    // Only the trail that began here is told of here: a part within a part has its own turn.
    visit(parts[key], `parts.${key}`, [key]);
  }
  if (!Array.isArray(data.triggers)) return;
  data.triggers.forEach((trigger: unknown, index) => {
    if (!isRecord(trigger)) return;
    demand(`triggers[${index}].with`, trigger['with'], people, 'people');
    visit(trigger['steps'], `triggers[${index}].steps`, []);
  });
  if (Array.isArray(data.history)) {
    data.history.forEach(({ by }, index) =>
      demand(`history[${index}].by`, by, [...VOICES, ...people], 'people'),
    );
  }
}

/**
 * Everything that is wrong with a scenario, each with the path to it:
 * `triggers[2].steps[0].stream: expected a text, got 12`.
 * @returns nothing for one that can be played
 */
export function scenarioProblems(data: unknown): readonly string[] {
  const complaints = new ScenarioComplaints();
  scenario(data, '', complaints);
  if (isRecord(data)) checkNames(data as unknown as ScenarioData, complaints);
  return [...new Set(complaints.problems)];
}

/**
 * Reads a scenario, for example from a JSON file.
 * @throws {ScenarioError} naming everything that is wrong with it
 */
export function readScenario(data: unknown): ScenarioData {
  const problems = scenarioProblems(data);
  if (problems.length === 0) return data as ScenarioData;
  throw new ScenarioError(
    isRecord(data) && typeof data['name'] === 'string' ? data['name'] : 'scenario',
    problems,
  );
}
