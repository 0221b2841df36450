/** One run of a list of steps; longer than most because each word of the format has its row here. */
import type { Answering, ServerEvent } from '../../protocol/server-event.js';
import type { Conversation } from '../host/conversation.js';
import { transfer } from '../host/transfer.js';
import type { Answer } from '../scenarios/answer.js';
import { AI, staffAuthor, type Turn } from '../turn.js';
import type { SayOptions, Voice } from '../voice.js';
import { patternOf } from './kinds.js';
import type {
  AnswerStep,
  Duration,
  QueueStep,
  SayingOptions,
  ScenarioData,
  Speaker,
  Step,
  Words,
} from './scenario-data.js';
import { pick, spoil, type Stage } from './stage.js';

const THINK_MS = 900;
const WORD_MS = 45;
const PLACE_MS = 4000;

/** The value of a quick reply that rates. */
export const RATING = /^rate:([1-5])$/;

/**
 * One run of a list of steps in one conversation. It ends early when the guest stops its reply, when its message was
 * refused, when a person it speaks for has left, and when somebody else has changed who answers.
 */
export class Play {
  readonly #turn: Turn;
  readonly #data: ScenarioData;
  readonly #stage: Stage;
  readonly #onChange: () => void;
  readonly #voices = new Map<Speaker, Voice>();
  readonly #typing = new Set<Voice>();
  #mode: Answering | undefined;
  #ended = false;
  #wake: () => void = () => {};

  /** @param onChange called when the play itself has changed who answers */
  constructor(turn: Turn, data: ScenarioData, stage: Stage, onChange: () => void) {
    this.#turn = turn;
    this.#data = data;
    this.#stage = stage;
    this.#onChange = onChange;
  }

  /** Plays steps to their end, or as far as they go. */
  async run(steps: readonly Step[]): Promise<void> {
    this.#mode = this.#conversation.mode;
    await this.#all(steps);
    if (this.#over) for (const voice of this.#typing) voice.pauses();
  }

  /** Something has happened: a play that is over needs not wait any longer. */
  check(): void {
    if (this.#over) this.#wake();
  }

  get #conversation(): Conversation {
    return this.#turn.conversation;
  }

  get #over(): boolean {
    return this.#ended || this.#turn.refused || this.#conversation.mode !== this.#mode;
  }

  async #all(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (this.#over) return;
      if (hasLeft(this.#conversation, this.#author('by' in step ? step.by : undefined).id))
        this.#ended = true;
      else {
        const waiting = this.#one(step);
        if (waiting) await waiting;
      }
    }
  }

  /** @returns a promise only where time passes, so that everything else happens at once */
  #one(step: Step): Promise<void> | void {
    if ('think' in step) return this.#think(this.#voice(step.by), step.think, step.label);
    if ('wait' in step) return this.#wait(step.wait);
    if ('say' in step) return this.#say(this.#words(step.say), step);
    if ('stream' in step)
      return this.#stream(
        piecesOf(step.stream, (words) => this.#words(words)),
        step,
      );
    if ('answer' in step) return this.#answer(step);
    if ('queue' in step) return this.#queue(step);
    if ('play' in step) return this.#all(this.#data.parts?.[step.play] ?? []);
    if ('either' in step) {
      return this.#all(step.either[Math.floor(this.#stage.chance() * step.either.length)] ?? []);
    }
    this.#act(step);
    // A step may have changed who answers; that is no reason to end this play, but to end the others.
    if (this.#conversation.mode !== this.#mode) this.#changed();
  }

  /** What takes no time. */
  #act(
    step: Exclude<
      Step,
      | { think: unknown }
      | { wait: unknown }
      | { say: unknown }
      | { stream: unknown }
      | { answer: unknown }
      | { queue: unknown }
      | { play: unknown }
      | { either: unknown }
    >,
  ): void {
    const turn = this.#turn;
    if ('typing' in step) {
      const voice = this.#voice(step.by);
      if (step.typing) voice.types(step.label);
      else voice.pauses();
    } else if ('receipt' in step) {
      const voice = this.#voice(step.by);
      if (step.receipt === 'read') voice.reads();
      else voice.receives();
    } else if ('react' in step) this.#voice(step.by).reacts(step.react);
    else if ('dequeue' in step) turn.leaveQueue();
    else if ('join' in step) this.#voice(step.join).joins();
    else if ('leave' in step) this.#voice(step.leave).leaves();
    else if ('transfer' in step) {
      turn.ack();
      transfer(this.#conversation, this.#author(step.transfer), step.from && this.#author(step.from).id);
    } else if ('mode' in step) turn.mode(step.mode);
    else if ('report' in step) turn.reports(step.report, step.by && this.#author(step.by));
    else if ('close' in step) this.#voice(step.by).closes();
    else if ('rate' in step) {
      const actions = [1, 2, 3, 4, 5].map((score) => ({ label: `${score}`, value: `rate:${score}` }));
      this.#say(this.#words(step.rate), { by: step.by, actions });
    } else if ('ack' in step) turn.ack();
    else if ('nack' in step) {
      const { nack, retryAfterMs, message } = step;
      turn.nack(nack, { ...(retryAfterMs !== undefined && { retryAfterMs }), ...(message && { message }) });
    } else if ('fault' in step) spoil(step, this.#stage, this.#conversation);
    // What no server should say has no type.
    else this.#conversation.broadcast(step.frame as unknown as ServerEvent);
  }

  async #think(voice: Voice, duration: Duration, label?: string): Promise<void> {
    this.#typing.add(voice.types(label));
    await this.#wait(duration);
  }

  #say(text: string, { by, ...options }: SayingOptions): void {
    const voice = this.#voice(by);
    voice.says(text, sayOptions(options));
    this.#typing.delete(voice);
  }

  async #stream(
    pieces: readonly string[],
    { by, wordMs = WORD_MS, ...options }: SayingOptions & { wordMs?: Duration | undefined },
  ): Promise<void> {
    const voice = this.#voice(by);
    if (!isTyped(voice)) return this.#say(pieces.join(''), { by, ...options });
    for (const piece of pieces) {
      voice.streams(piece);
      this.#typing.delete(voice);
      await this.#wait(wordMs);
      if (voice.stopped) this.#ended = true;
      if (this.#over) break;
    }
    voice.ends('', sayOptions(options));
  }

  async #answer({ answer, thinkMs = THINK_MS, wordMs, by, format }: AnswerStep): Promise<void> {
    const { text: guestText } = this.#turn;
    const found =
      typeof answer === 'function'
        ? answer(guestText, this.#turn)
        : answer.find(({ matches }) => matches === undefined || patternOf(matches).test(guestText));
    if (found === undefined) return;
    const { text, label, sources, actions }: Answer = typeof found === 'string' ? { text: found } : found;
    const voice = this.#voice(by);
    await this.#think(voice, thinkMs, label);
    if (this.#over || hasLeft(this.#conversation, voice.author.id)) return;
    const options = { by, format, sources, actions };
    if (voice.author.role === 'ai') await this.#stream(wordsOf(this.#filled(text)), { ...options, wordMs });
    else this.#say(this.#filled(text), options);
  }

  async #queue({ queue, to, everyMs = PLACE_MS, secondsPerPlace }: QueueStep): Promise<void> {
    const { record } = this.#conversation;
    // Who stands in the queue already goes on from there.
    const first = record.mode === 'queued' ? Math.min(queue, record.position ?? queue) : queue;
    for (let place = to === undefined ? queue : first; place >= (to ?? queue); place--) {
      const waitSeconds = secondsPerPlace === undefined ? {} : { waitSeconds: place * secondsPerPlace };
      this.#turn.escalate({ position: place, ...waitSeconds });
      this.#changed();
      if (to === undefined) return;
      await this.#wait(everyMs);
      if (this.#over) return;
    }
  }

  #changed(): void {
    this.#mode = this.#conversation.mode;
    this.#onChange();
  }

  async #wait(duration: Duration): Promise<void> {
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([this.#stage.host.wait(pick(duration, this.#stage)), woken]);
  }

  #author(speaker: Speaker = 'ai') {
    if (speaker === 'ai') return AI;
    if (speaker === 'guest') return this.#conversation.guest;
    if (speaker === 'system') return { id: 'system', role: 'system' } as const;
    return staffAuthor(this.#data.people?.[speaker] ?? { name: speaker });
  }

  /** Kept, because a voice knows the reply it has begun. */
  #voice(speaker: Speaker = 'ai'): Voice {
    let voice = this.#voices.get(speaker);
    if (!voice) this.#voices.set(speaker, (voice = this.#turn.voice(this.#author(speaker))));
    return voice;
  }

  #words(words: Words): string {
    return typeof words === 'function' ? words(this.#turn) : this.#filled(words);
  }

  #filled(text: string): string {
    const { name = '' } = this.#conversation.record.guest;
    return text.replaceAll('{{text}}', () => this.#turn.text).replaceAll('{{name}}', () => name);
  }
}

/** Whether somebody was in the conversation and is no longer. */
function hasLeft({ messages, participants }: Conversation, id: string): boolean {
  if (participants.some((person) => person.id === id)) return false;
  const came = ({ event, author }: Conversation['messages'][number]): boolean =>
    author?.id === id && (event === 'staff-joined' || event === 'staff-transferred');
  return messages.some(came);
}

function isTyped({ author }: Voice): boolean {
  return author.role === 'ai' || author.role === 'staff';
}

function sayOptions({ format, actions, sources, attachments }: SayingOptions): SayOptions {
  return {
    ...(format && { format }),
    ...(actions && { actions }),
    ...(sources && { sources }),
    ...(attachments && { attachments }),
  };
}

function piecesOf(stream: Words | readonly string[], fill: (words: Words) => string): readonly string[] {
  return typeof stream === 'object' ? stream.map(fill) : wordsOf(fill(stream));
}

/** A text in the pieces in which an AI says it. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [text];
}
