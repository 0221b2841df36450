/** In the page: does what bench/performance asks for, with the contestant that the page was opened for. */
import type { Contestant } from './contestant.js';
import { answer, history, said } from './conversation.js';
import { watchNodes } from './node-watch.js';
import { takeUpdates, watchUpdates } from './update-watch.js';

declare global {
  /** How Node reaches the page. */
  var bench: typeof commands;
  /** The adapter of this page's contestant. */
  var contestant: Contestant;
}

/** A pause in which a growing answer is painted; the longest wait of a contestant before that is 50 ms, ours. */
const PAINT_MS = 60;
/** Three of these make up the settling; the longest wait for anything is 300 ms, until ours asks about an answer. */
const SETTLING_MS = 120;

const channel = new MessageChannel();
/** The next task. */
const task = (): Promise<unknown> =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  });
const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
const pause = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));

let tokens: readonly string[] = [];
let sent = 0;
let seq = 0;

const commands = {
  load: (): Promise<void> => contestant.load(),

  /** Waits until what has come in is painted. */
  async settle(): Promise<void> {
    for (let i = 0; i < 3; i++) {
      await frame();
      await pause(SETTLING_MS);
    }
    await frame();
    await task();
  },

  async prepare(count: number): Promise<void> {
    seq = count;
    await contestant.prepare(history(count));
  },

  show: (): Promise<void> => contestant.show(),
  showClosed: (): Promise<void> => contestant.showClosed!(),
  hasLauncher: (): boolean => contestant.showClosed !== undefined,

  /** Everything once, so that no code is fetched or run for the first time in what is measured. */
  async warm(): Promise<void> {
    await commands.prepare(4);
    await commands.show();
    await commands.settle();
    await commands.receive(2, 'frame');
    await commands.settle();
    await commands.destroy();
  },

  async destroy(): Promise<void> {
    contestant.destroy();
    await task();
    await frame();
  },

  /**
   * Messages come in, each in a task of its own, or one a frame.
   * @param budgetMs no further one after this time
   * @returns how many came
   */
  async receive(count: number, each: 'task' | 'frame', budgetMs = Infinity): Promise<number> {
    const begun = performance.now();
    for (let i = 1; i <= count; i++) {
      contestant.receive(said(++seq, 'ai'));
      await (each === 'task' ? task() : frame());
      if (performance.now() - begun > budgetMs) return i;
    }
    return count;
  },

  /** Many come in at once, in this one task. */
  burst(count: number): void {
    for (let i = 0; i < count; i++) contestant.receive(said(++seq, 'ai'));
  },

  async ask(total: number): Promise<void> {
    tokens = answer(total);
    sent = 0;
    await contestant.ask();
  },

  /** The answer goes on up to this many tokens, each in a task of its own. */
  async stream(upTo: number): Promise<void> {
    while (sent < upTo) {
      contestant.token(tokens[sent++]!);
      await task();
    }
  },

  /** The answer goes on up to this many tokens, some at once, and not before these are painted. */
  async streamPainted(upTo: number, atOnce: number): Promise<void> {
    while (sent < upTo) {
      for (let i = 0; i < atOnce && sent < upTo; i++) contestant.token(tokens[sent++]!);
      await pause(PAINT_MS);
      await frame();
    }
  },

  finish: (): void => contestant.finish(),

  /** Mounts, talks and goes, this many times. */
  async live(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      await commands.prepare(0);
      await contestant.show();
      await frame();
      await commands.receive(1, 'frame');
      await commands.ask(4);
      await commands.stream(4);
      contestant.finish();
      await frame();
      await frame();
      await commands.destroy();
    }
    await commands.settle();
  },

  focus: (): void => contestant.input().focus(),
  typed: (): string => {
    const input = contestant.input();
    return input instanceof HTMLTextAreaElement ? input.value : (input.textContent ?? '');
  },

  /** Begins to count what is added to and taken from the contestant's elements. */
  watch: (within = '', texts = ''): void =>
    watchNodes(within ? contestant.root().querySelector(within)! : contestant.root(), texts),
  /** What was counted since it was last asked. */
  watched: (): ReturnType<typeof watchNodes.take> => watchNodes.take(),

  /** Nodes of the contestant, shadow roots included. */
  nodes: (): number => watchNodes.count(contestant.root()),

  /** Whether a text is among what the contestant shows. */
  shows: (text: string): boolean => watchNodes.text(contestant.root()).includes(text.replace(/\s/g, '')),
  lastSeq: (): number => seq,

  /** Begins to count renders, and tells those since it was last asked. */
  watchUpdates: (tag: string): void => watchUpdates(document.querySelector(tag)!),
  updates: takeUpdates,

  /** Sum of the layout shifts of the page so far, whoever caused them. */
  shifts: (): Promise<number> =>
    new Promise((resolve) => {
      const observer = new PerformanceObserver(() => {});
      observer.observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => {
        const shifts = observer.takeRecords() as (PerformanceEntry & { value: number })[];
        observer.disconnect();
        resolve(shifts.reduce((sum, { value }) => sum + value, 0));
      });
    }),
};

globalThis.bench = commands;
