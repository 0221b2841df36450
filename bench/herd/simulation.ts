import { seeded } from '../../src/testing/seed.js';
import type { ClientKind, Ending } from './client-model.js';
import { ServerModel, type ServerLimits } from './server-model.js';
import { Tally } from './tally.js';
import { Timetable } from './timetable.js';
import { VirtualClock } from './virtual-clock.js';

/** What happens to everybody. */
export interface Incident {
  ending: Ending;
  /** How long nobody listens, in milliseconds. */
  downMs: number;
}

/** How many are in it, with what server, by which dice. */
export interface Herd {
  clients: number;
  server: ServerLimits;
  seed: number;
}

/** Shortest way between a client and the server, in milliseconds; each trip takes another time. */
export const TRIP_MIN_MS = 10;
/** Longest way, in milliseconds. */
export const TRIP_MAX_MS = 100;

/** Who is not back by then is not waited for, in milliseconds. */
const HORIZON_MS = 600_000;

const START = 0;
const ARRIVE = 1;
const REFUSED = 2;
const TIME_OUT = 3;

/**
 * Lets a herd of one kind lose its server and come back, millisecond by millisecond. The news of the loss, every attempt
 * and every refusal take a trip through the network; otherwise clients without jitter would stay in step forever, which
 * no real herd does. A client counts as back when the server has accepted it, and stays.
 */
export function simulate(
  kind: ClientKind,
  incident: Incident,
  { clients, server: limits, seed }: Herd,
): Tally {
  const clock = new VirtualClock(seeded(seed));
  const network = seeded(seed + 1);
  const trip = (): number => TRIP_MIN_MS + network() * (TRIP_MAX_MS - TRIP_MIN_MS);
  const server = new ServerModel(limits);
  const tally = new Tally(clients, HORIZON_MS);
  const timetable = new Timetable(clients, HORIZON_MS);
  const models = Array.from({ length: clients }, () => kind.create(clock));
  const attempts = new Uint32Array(clients);
  const startedAt = new Float64Array(clients);
  const isBack = new Uint8Array(clients);

  const accept = (client: number, attempt: number): void => {
    // Somebody who gave up meanwhile has begun another attempt, or is back by one.
    if (isBack[client] || attempts[client] !== attempt) return;
    isBack[client] = 1;
    tally.back(clock.time);
  };
  const arrive = (client: number): void => {
    tally.attempt(client, clock.time);
    const answer = server.connect(client, attempts[client]!);
    if (answer === 'accepted') accept(client, attempts[client]!);
    else if (answer === 'refused') timetable.enter(client, REFUSED, clock.time + trip());
    else timetable.enter(client, TIME_OUT, startedAt[client]! + kind.openTimeoutMs);
  };
  const due = (client: number, step: number): void => {
    // Who was accepted has no patience to lose any more.
    if (isBack[client]) return;
    const model = models[client]!;
    if (step === START) {
      model.started();
      startedAt[client] = clock.time;
      timetable.enter(client, ARRIVE, clock.time + trip());
    } else if (step === ARRIVE) {
      arrive(client);
    } else {
      // From here on what waits in the backlog is nobody's.
      attempts[client]!++;
      timetable.enter(client, START, clock.time + model.failed(step === TIME_OUT ? 'late' : 'refused'));
    }
  };

  for (let client = 0; client < clients; client++) {
    clock.time = trip();
    timetable.enter(client, START, clock.time + models[client]!.lost(incident.ending));
  }
  for (let ms = 0; ms < HORIZON_MS && !tally.complete; ms++) {
    clock.time = ms;
    if (ms === incident.downMs) server.start();
    timetable.run(ms, due);
    server.tick(accept);
  }
  return tally;
}
