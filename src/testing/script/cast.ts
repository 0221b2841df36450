import type { Conversation } from '../host/conversation.js';
import { choose, type Scenario } from '../scenarios/scenario.js';
import type { Turn } from '../turn.js';
import type { ScenarioData } from './scenario-data.js';
import { playScenario } from './scenario-player.js';
import type { Stage } from './stage.js';

/** A scenario: as data, in code, or a function of the library that makes one with its defaults. */
export type Playable = ScenarioData | Scenario | (() => ScenarioData);

/** The scenarios of a server, in code and as data. */
export class Cast {
  readonly #stage: Stage;
  readonly #scenarios: Scenario[] = [];

  constructor(scenarios: readonly Playable[], stage: Stage) {
    this.#stage = stage;
    this.add(scenarios);
  }

  /**
   * Adds scenarios behind those that are there.
   * @throws {ScenarioError} for data that cannot be played
   */
  add(scenarios: readonly Playable[]): void {
    for (const given of scenarios) {
      const each = typeof given === 'function' ? given() : given;
      this.#scenarios.push('triggers' in each ? playScenario(each, this.#stage) : each);
    }
  }

  /** A conversation begins. */
  begins(conversation: Conversation): void {
    for (const scenario of this.#scenarios) scenario.begins?.(conversation);
  }

  /** A line is open. */
  greets(turn: Turn, resumed: boolean): void {
    for (const scenario of this.#scenarios) scenario.greets?.(turn, resumed);
  }

  /** A guest did something, whoever takes it. */
  hears(turn: Turn): void {
    for (const scenario of this.#scenarios) scenario.hears?.(turn);
  }

  /** The scenario that answers, if one does. */
  taker(turn: Turn): Scenario | undefined {
    return choose(this.#scenarios, turn);
  }
}
