/**
 * Decides what of a conversation is read out, and in what words. It is longer than other files because the rules, one
 * per kind of news, stand side by side.
 */
import { onlyReplyGrew, staffPresent, streamingReply } from '../../conversation/select.js';
import type { ChatMessage, ChatState } from '../../conversation/state.js';
import { loadFeature, type Feature } from '../../features/load.js';
import type { Language } from '../../i18n/language.js';
import type { StringKey } from '../../i18n/strings.js';
import { systemClock, Timer, type Clock } from '../../platform/clock.js';
import type { Author, Role } from '../../protocol/message.js';
import { authorName } from '../author-name.js';
import type { ClientHandle } from '../client-handle.js';
import { lineText } from '../line-text.js';
import { LineWatch, PATIENCE_MS, QUIET_MS } from '../line.js';
import { isRichText } from '../rich-text.js';
import { systemWords } from '../system-words.js';
import type { Announcer } from './announcer.js';
import { shortened } from './shortened.js';

/** An answer that is there within this time needs no word before it, in milliseconds. */
const REPLYING_MS = 1_000;
/** Somebody who types for less than this is not told of, in milliseconds. */
const TYPING_MS = 300;
/** The place in line is told at most this often, in milliseconds. */
const PLACE_MS = 30_000;

/** What a narrator works with. */
export interface NarratorOptions {
  /** The conversation to tell of. */
  readonly client: ClientHandle;
  /** Says it. */
  readonly announcer: Announcer;
  /** Speaks to the reader at the moment. */
  language(): Language;
  /** The page's clock by default. */
  readonly clock?: Clock;
  /** Brings what reads Markdown; by default it is fetched when it is needed. */
  readonly markdown?: () => Promise<Feature<'speech'>>;
}

/** Watches a conversation and has its news read out: what was said, who writes, the place in line, how the line is. */
export class Narrator {
  readonly #client: ClientHandle;
  readonly #announcer: Announcer;
  readonly #language: () => Language;
  readonly #clock: Clock;
  readonly #markdown: () => Promise<Feature<'speech'>>;
  readonly #ends: (() => void)[];
  /** What is said is said in its order, also when some of it has to be worked out. */
  #order: Promise<void> = Promise.resolve();
  /** What comes now is history: the thread was not loaded before. */
  #old: boolean;
  /** Who writes and was not told of yet. */
  readonly #writing = new Map<string, Timer>();
  /** Who was told to be writing, and whether the guest has said something since: then the next time is another turn. */
  readonly #toldWriting = new Map<string, boolean>();
  /** People who were told to have joined. */
  readonly #joined = new Set<string>();
  readonly #placeTimer: Timer;
  #place: number | undefined;
  #toldPlace: number | undefined;
  readonly #line = new LineWatch();
  readonly #lineTimer: Timer;
  #toldLine = 'calm';

  constructor({
    client,
    announcer,
    language,
    clock = systemClock,
    markdown = () => loadFeature('speech'),
  }: NarratorOptions) {
    this.#client = client;
    this.#announcer = announcer;
    this.#language = language;
    this.#clock = clock;
    this.#markdown = markdown;
    this.#placeTimer = new Timer(clock);
    this.#lineTimer = new Timer(clock);
    const { state } = client;
    this.#old = !state.loaded;
    this.#watchPlace(state, true);
    this.#watchPeople(state, state, true);
    this.#watchLine(state);
    this.#ends = [
      announcer.open(),
      client.subscribe((now, before) => this.#changed(now, before)),
      client.on('message', ({ message, direction }) => {
        if (direction === 'in') return this.#arrived(message);
        for (const key of this.#toldWriting.keys()) this.#toldWriting.set(key, true);
        this.#watchWriting(client.state);
      }),
      client.on('delivery', ({ state: delivery }) => {
        if (delivery === 'failed') this.#interrupt('status.failed');
      }),
    ];
  }

  /** Ends it. */
  end(): void {
    for (const end of this.#ends.splice(0)) end();
    for (const timer of [this.#placeTimer, this.#lineTimer, ...this.#writing.values()]) timer.clear();
  }

  #changed(state: ChatState, before: ChatState): void {
    if (onlyReplyGrew(state, before)) return;
    this.#old = !before.loaded;
    this.#watchWriting(state);
    if (state.messages !== before.messages) this.#watchStop(state, before);
    this.#watchPeople(state, before, this.#old);
    this.#watchPlace(state, this.#old || !state.open);
    this.#watchLine(state);
  }

  /** A message is there in full: from others word by word; to who has closed the panel, only that it came. */
  #arrived(message: ChatMessage): void {
    if (this.#old || message.stopped) return;
    const { open } = this.#client.state;
    const { role, author, event } = message;
    const language = this.#language();
    if (role === 'system') {
      if (event === 'staff-joined' && author) this.#tellJoined(author);
      else if (open) this.#say(systemWords(message, language));
      return;
    }
    const name = authorName(role, author, language);
    if (open) this.#say(this.#speech(message, language).then((text) => `${name}: ${text}`));
    else this.#say(language.text('log.notice', { name }));
  }

  /** The assistant that lets one wait, and people who type: once until the guest says something. */
  #watchWriting(state: ChatState): void {
    const reply = streamingReply(state);
    const writers = new Map<string, { role: Role; author?: Author }>();
    if (state.open) {
      for (const { author } of state.typing)
        writers.set(writerKey(author.role, author), { ...author, author });
      if (reply) writers.set(writerKey(reply.role, reply.author), reply);
    }
    for (const [key, timer] of this.#writing) {
      if (writers.has(key)) continue;
      timer.clear();
      this.#writing.delete(key);
    }
    for (const [key, over] of this.#toldWriting) {
      if (over && !writers.has(key)) this.#toldWriting.delete(key);
    }
    for (const [key, { role, author }] of writers) {
      if (this.#writing.has(key) || this.#toldWriting.has(key)) continue;
      const timer = new Timer(this.#clock);
      this.#writing.set(key, timer);
      timer.set(role === 'ai' ? REPLYING_MS : TYPING_MS, () => {
        this.#writing.delete(key);
        this.#toldWriting.set(key, false);
        const language = this.#language();
        const name = authorName(role, author, language);
        this.#say(language.text(role === 'ai' ? 'ai.replying' : 'log.typing', { name }));
      });
    }
  }

  #watchStop(state: ChatState, before: ChatState): void {
    const growing = streamingReply(before);
    const now = growing && state.messages.findLast(({ id }) => id === growing.id);
    if (now?.stopped && !growing!.stopped && state.open) this.#say(this.#language().text('ai.stopped'));
  }

  /** Not every backend has a line in the thread for who joins. */
  #watchPeople(state: ChatState, before: ChatState, quietly: boolean): void {
    const present = staffPresent(state);
    if (!present) {
      if (staffPresent(before)) this.#joined.clear();
    } else if (quietly) this.#joined.add(present.id);
    else this.#tellJoined(present);
  }

  #tellJoined({ id, name }: Author): void {
    if (this.#joined.has(id)) return;
    this.#joined.add(id);
    const language = this.#language();
    this.#say(language.text('person.joined', { name: name || language.text('log.staff') }));
  }

  /** A place never gets worse, as on screen. */
  #watchPlace({ answering, position = Infinity }: ChatState, quietly: boolean): void {
    if (answering !== 'queued') {
      this.#placeTimer.clear();
      this.#place = this.#toldPlace = undefined;
      return;
    }
    this.#place = Math.min(position, this.#place ?? Infinity);
    if (quietly) this.#toldPlace = this.#place;
    else if (this.#place !== this.#toldPlace && !this.#placeTimer.pending) this.#tellPlace();
  }

  #tellPlace(): void {
    const language = this.#language();
    const { waitSeconds } = this.#client.state;
    const place = this.#place!;
    this.#toldPlace = place;
    if (place === Infinity) this.#say(language.text('header.finding'));
    else {
      const nth = language.text('person.nth', { n: place }, 'ordinal');
      const wait = waitSeconds ? `, ${language.text('person.wait', { n: Math.ceil(waitSeconds / 60) })}` : '';
      this.#say(`${language.text('person.place')}: ${nth}${wait}`);
    }
    // A place that was not known is no news worth waiting for.
    if (place < Infinity) {
      this.#placeTimer.set(PLACE_MS, () => this.#watchPlace(this.#client.state, !this.#client.state.open));
    }
  }

  /** What the panel shows of the line is read out when it begins to show it. */
  #watchLine(state: ChatState): void {
    const line = this.#line.look(state, this.#clock.now(), this.#clock.date());
    const { lostFor = Infinity } = this.#line;
    const next = [QUIET_MS, PATIENCE_MS].find((ms) => ms > lostFor);
    if (next === undefined || lostFor === Infinity) this.#lineTimer.clear();
    else this.#lineTimer.set(next - lostFor, () => this.#watchLine(this.#client.state));
    if (!state.open || line.kind === this.#toldLine) return;
    // Who knows to be offline is told again when it is over.
    if (line.kind === 'reconnecting' && this.#toldLine === 'offline') return;
    this.#toldLine = line.kind;
    const [first, rest] = lineText(line, this.#language()) ?? ['', ''];
    // Seconds are over before they are said.
    this.#say(line.kind === 'reconnecting' ? first : first + rest);
  }

  /** What a message says, without what is only to be seen, and not too long to be listened to. */
  async #speech(message: ChatMessage, language: Language): Promise<string> {
    let { text } = message;
    if (isRichText(message)) {
      const words = {
        code: language.text('md.code'),
        table: (n: number) => language.text('md.rows', { n }),
      };
      // Signs that are read out are better than nothing.
      text = await this.#markdown().then(
        ({ speechOf }) => speechOf(text, words),
        () => text,
      );
    }
    return shortened(text, language.text('ai.long'), language.locale);
  }

  #say(words: string | Promise<string>): void {
    this.#order = this.#order.then(async () => {
      const text = await words;
      if (this.#ends.length > 0) this.#announcer.say(text, { lang: this.#language().tongue });
    });
  }

  #interrupt(key: StringKey): void {
    const language = this.#language();
    this.#announcer.say(language.text(key), { urgent: true, lang: language.tongue });
  }
}

/** There is one assistant, whatever it is called in what. */
const writerKey = (role: Role, author: Author | undefined): string =>
  role === 'ai' ? role : (author?.id ?? role);
