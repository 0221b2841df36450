/** The scenario format; longer than most because it is one vocabulary, each word with what it means. */
import type { Attachment, QuickReply, Source, SystemEvent } from '../../protocol/message.js';
import type { Answering, NackCode } from '../../protocol/server-event.js';
import type { Answer } from '../scenarios/answer.js';
import type { StaffProfile, Turn } from '../turn.js';

/** Milliseconds of the server's clock; a pair is a span, out of which the server's seed picks. */
export type Duration = number | readonly [from: number, to: number];

/** Who says or does a step: `ai`, `guest` (another device of theirs), `system`, or a key of `people`. */
export type Speaker = 'ai' | 'guest' | 'system' | (string & {});

/** Words to say. `{{text}}` in them is what the guest wrote, `{{name}}` how they are called. In TypeScript a function, too. */
export type Words = string | ((turn: Turn) => string);

/** One row of answers by content. */
export interface AnswerRow extends Answer {
  /** A regular expression, case-insensitive; the first row that fits answers. A row without one fits always. */
  matches?: string;
}

/** What a message may have beside its words. */
export interface SayingOptions {
  /** Default `ai`. */
  by?: Speaker;
  /** Default `markdown` for the AI, `plain` for everybody else. */
  format?: 'plain' | 'markdown';
  /** Quick replies. */
  actions?: readonly QuickReply[];
  /** Pages it was drawn from. */
  sources?: readonly Source[];
  /** Files. */
  attachments?: readonly Attachment[];
}

/** Types for a while. The typing goes on until the same speaker says something or stops. */
export interface ThinkStep {
  /** How long. */
  think: Duration;
  /** Default `ai`. */
  by?: Speaker;
  /** Names a step, such as "Checking the forecast". */
  label?: string;
}

/** Lets time pass. */
export interface WaitStep {
  /** How long. */
  wait: Duration;
}

/** Says something word by word, or in the pieces of a list; obeys the guest's stop, which ends the play. */
export interface StreamStep extends SayingOptions {
  /** The text, or the pieces in which it comes. */
  stream: Words | readonly string[];
  /** Time between two pieces. Default 45. */
  wordMs?: Duration;
}

/** Says something at once. */
export interface SayStep extends SayingOptions {
  /** The text. */
  say: Words;
}

/** Finds the answer by content, thinks with its label, and says it: the AI word by word, a person at once. */
export interface AnswerStep extends Pick<SayingOptions, 'by' | 'format'> {
  /** Rows; in TypeScript also a function. When no row fits, nothing is said. */
  answer: readonly AnswerRow[] | ((text: string, turn: Turn) => Answer | string);
  /** Default 900. */
  thinkMs?: Duration;
  /** Default 45. */
  wordMs?: Duration;
}

/** Starts or stops typing. */
export interface TypingStep {
  /** Whether they type from now on. */
  typing: boolean;
  /** Default `ai`. */
  by?: Speaker;
  /** Names a step. */
  label?: string;
}

/** Got or has read everything the guest wrote. */
export interface ReceiptStep {
  /** How far the messages have come. */
  receipt: 'delivered' | 'read';
  /** Default `ai`. */
  by?: Speaker;
}

/** Reacts to the last message of the guest. */
export interface ReactStep {
  /** An emoji. */
  react: string;
  /** Default `ai`. */
  by?: Speaker;
}

/** Puts the guest into the queue, with its line in the thread, or moves their place; who stands there already goes on from there. */
export interface QueueStep {
  /** Place, from 1. */
  queue: number;
  /** Last place: the queue moves there, one place after the other, each for `everyMs`. Default: it stays. */
  to?: number;
  /** Default 4000; only with `to`. */
  everyMs?: Duration;
  /** Expected wait per place, in seconds. Default: nothing is said of it. */
  secondsPerPlace?: number;
}

/** Takes the guest out of the queue, with its line in the thread. */
export interface DequeueStep {
  /** Always true. */
  dequeue: true;
}

/** A person comes: the line in the thread, the header, mode `staff`. */
export interface JoinStep {
  /** A key of `people`. */
  join: string;
}

/** A person leaves; when it was the last, the AI answers again. */
export interface LeaveStep {
  /** A key of `people`. */
  leave: string;
}

/** One person hands over to another: `staff-transferred`, and the other is there instead. */
export interface TransferStep {
  /** Who takes over, a key of `people`. */
  transfer: string;
  /** Who hands over, a key of `people`. Default: everybody who is there. */
  from?: string;
}

/** Changes who answers, without a line in the thread. */
export interface ModeStep {
  /** Who answers from now on. */
  mode: Answering;
}

/** Writes the line in the thread that says what happened, and nothing else. */
export interface ReportStep {
  /** What happened. */
  report: SystemEvent;
  /** Whom it is about. Default nobody. */
  by?: Speaker;
}

/** Ends the conversation. */
export interface CloseStep {
  /** Always true. */
  close: true;
  /** Default `ai`. */
  by?: Speaker;
}

/** Asks for a rating, with the quick replies 1 to 5; what the guest chooses counts as their rating. */
export interface RateStep {
  /** The question. */
  rate: Words;
  /** Default `ai`. */
  by?: Speaker;
}

/** Stores the guest's message now; without this or `nack` in a trigger it is stored as it arrives. */
export interface AckStep {
  /** Always true. */
  ack: true;
}

/** Refuses the guest's message: for good, or with `retryAfterMs` for a moment. The play ends. */
export interface NackStep {
  /** Why, as docs/protocol.md names it. */
  nack: NackCode | (string & {});
  /** Milliseconds. */
  retryAfterMs?: number;
  /** Words for developers. */
  message?: string;
}

/** What can go wrong, by the names of `server.network`; `restart` is a planned one, `lose-history` a data loss. */
export const FAULTS = [
  'drop',
  'refuse',
  'delay',
  'duplicate',
  'reorder',
  'blackhole',
  'close',
  'corrupt',
  'recover',
  'restart',
  'lose-history',
] as const;

/** Something goes wrong, for everybody on this server, and holds until `recover` unless it says otherwise. */
export interface FaultStep {
  /** What goes wrong. */
  fault: (typeof FAULTS)[number];
  /** `delay`: how long. `reorder`: within which time. `restart`: come back after. Milliseconds. */
  ms?: number;
  /** `refuse`: how many attempts, default all. `corrupt`: how many frames, default 1. */
  count?: number;
  /** `close`: close code, default 1011. */
  code?: number;
}

/** Sends the guest any event, also one that no server should say. */
export interface FrameStep {
  /** The event with its fields, as docs/protocol.md writes them or not. */
  frame: { readonly type: string; readonly [field: string]: unknown };
}

/** Plays a part of the scenario. */
export interface PlayStep {
  /** A key of `parts`. */
  play: string;
}

/** Plays one of several, which the server's seed picks. */
export interface EitherStep {
  /** The ways it can go. */
  either: readonly (readonly Step[])[];
}

/** One thing that happens. Its first word says what. */
export type Step =
  | ThinkStep
  | WaitStep
  | StreamStep
  | SayStep
  | AnswerStep
  | TypingStep
  | ReceiptStep
  | ReactStep
  | QueueStep
  | DequeueStep
  | JoinStep
  | LeaveStep
  | TransferStep
  | ModeStep
  | ReportStep
  | CloseStep
  | RateStep
  | AckStep
  | NackStep
  | FaultStep
  | FrameStep
  | PlayStep
  | EitherStep;

/** What every trigger may say. */
export interface TriggerConditions {
  /** Only while this answers, or one of these does. */
  mode?: Answering | readonly Answering[];
  /** Only while this person, a key of `people`, is in the conversation. */
  with?: string;
  /** Only while nothing else of this scenario is being played in the conversation. */
  idle?: true;
  /** At most so often in each conversation. Default any number. */
  times?: number;
  /** What happens. An empty list takes it and does nothing more. */
  steps: readonly Step[];
}

/** A message of the guest. Everything given must hold; a trigger that gives nothing takes any message. */
export interface MessageTrigger extends TriggerConditions {
  /** The guest wrote. */
  on: 'message';
  /** The whole text, whatever its case and the space around it. */
  text?: string;
  /** A regular expression, case-insensitive. */
  matches?: string;
  /** The `value` of the quick reply that was chosen. */
  action?: string;
  /** The number of the message among the guest's own of this conversation, from 1. */
  nth?: number;
}

/** Something the guest did beside writing; `cancel` leaves the queue. */
export interface DeedTrigger extends TriggerConditions {
  /** What they did. */
  on: 'escalate' | 'cancel' | 'end' | 'stop' | 'react' | 'identify';
}

/** The guest rated the conversation. */
export interface RateTrigger extends TriggerConditions {
  /** The guest rated. */
  on: 'rate';
  /** Score from 1 to 5. Default 1. */
  atLeast?: number;
  /** Score from 1 to 5. Default 5. */
  atMost?: number;
}

/** A line is open: the first of a conversation (`connect`), or any later one (`resume`). */
export interface LineTrigger extends TriggerConditions {
  /** Which line. */
  on: 'connect' | 'resume';
}

/** Time has passed, once. */
export interface TimeTrigger extends TriggerConditions {
  /** Time has passed. */
  on: 'time';
  /** How long. */
  afterMs: Duration;
  /** Since the first line of the conversation was open, or since the guest wrote last. Default `start`. */
  since?: 'start' | 'message';
}

/** When something happens, and what. */
export type Trigger = MessageTrigger | DeedTrigger | RateTrigger | LineTrigger | TimeTrigger;

/** A message that is there when the conversation begins. */
export interface PastMessage {
  /** Default `ai`. */
  by?: Speaker;
  /** What was said. */
  text: string;
  /** Default `markdown` for the AI, `plain` for everybody else. */
  format?: 'plain' | 'markdown';
  /** What happened, for a line of the system. */
  event?: SystemEvent;
  /** How long before the conversation begins. Default 0. */
  minutesAgo?: number;
}

/**
 * A story that the server tells, as data: plain JSON, except where a function is given in TypeScript. Hand it to
 * `MockChatServer` among its `scenarios`. docs/testing/scenarios.md tells how it is played.
 */
export interface ScenarioData {
  /** Short name, for reports. */
  name: string;
  /** What is told, for whoever chooses one. */
  about?: string;
  /** Takes only what no other scenario takes, wherever it stands among them. */
  fallback?: boolean;
  /** The team, by keys of your own. */
  people?: Readonly<Record<string, StaffProfile>>;
  /** What was said before; it is there when the conversation begins. Oldest first. */
  history?: readonly PastMessage[];
  /** Steps that several triggers share, by keys of your own; see `play`. */
  parts?: Readonly<Record<string, readonly Step[]>>;
  /** The first that fits is the only one. */
  triggers: readonly Trigger[];
}
