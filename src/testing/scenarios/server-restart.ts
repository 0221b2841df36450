import type { Duration, ScenarioData } from '../script/scenario-data.js';

/** When the server restarts. */
export interface ServerRestartOptions {
  /** So long after the guest wrote, in milliseconds. Default 1500: in the middle of an answer. */
  afterMs?: Duration;
  /** Guests are told to come back after so long, in milliseconds. Default 1000. */
  backAfterMs?: number;
  /** How often in a conversation. Default 1. */
  times?: number;
}

/** The server says goodbye and restarts while it answers. Put another scenario beside it to answer. */
export function serverRestart({
  afterMs = 1500,
  backAfterMs = 1000,
  times = 1,
}: ServerRestartOptions = {}): ScenarioData {
  return {
    name: 'server-restart',
    about: 'The server restarts in the middle of an answer.',
    triggers: [
      { on: 'time', since: 'message', afterMs, times, steps: [{ fault: 'restart', ms: backAfterMs }] },
    ],
  };
}
