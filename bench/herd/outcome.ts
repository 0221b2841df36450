import type { ClientKind } from './client-model.js';
import type { Scenario } from './scenarios.js';
import { simulate } from './simulation.js';
import type { Tally } from './tally.js';

/** The size of it all; the command line may change it. */
export interface Setting {
  clients: number;
  perSecond: number;
  backlog: number;
  seed: number;
}

/** How one kind of client fared in one scenario. */
export interface Outcome {
  scenario: Scenario;
  kind: ClientKind;
  backlog: number;
  tally: Tally;
}

/** Runs a scenario with every kind, first against the server with its backlog, then against the one without. */
export function play(scenario: Scenario, { clients, perSecond, backlog, seed }: Setting): Outcome[] {
  return [...new Set([backlog, 0])].flatMap((room) =>
    scenario.kinds.map((kind) => ({
      scenario,
      kind,
      backlog: room,
      tally: simulate(kind, scenario.incident, { clients, server: { perSecond, backlog: room }, seed }),
    })),
  );
}
