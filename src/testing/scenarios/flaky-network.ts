import type { Duration, ScenarioData } from '../script/scenario-data.js';

/** How bad the line is. */
export interface FlakyNetworkOptions {
  /** The line is cut so long after the guest wrote, in milliseconds: in the middle of an answer. Default from 300 to 2500. */
  cutAfterMs?: Duration;
  /** How often. Default every time. */
  times?: number;
}

/**
 * The line is cut after each message of the guest, and each new line has another fault: it is slow, says everything twice,
 * is refused once more, loses a frame, or is sound. Put another scenario beside it to answer.
 */
export function flakyNetwork({ cutAfterMs = [300, 2500], times }: FlakyNetworkOptions = {}): ScenarioData {
  return {
    name: 'flaky-network',
    about: 'The line is cut again and again, and is slow or noisy in between. Nothing may be lost.',
    triggers: [
      {
        on: 'time',
        since: 'message',
        afterMs: cutAfterMs,
        ...(times !== undefined && { times }),
        steps: [
          { fault: 'recover' },
          {
            either: [
              [{ fault: 'drop' }],
              [{ fault: 'refuse', count: 1 }, { fault: 'drop' }],
              [{ fault: 'close', code: 1011 }],
            ],
          },
        ],
      },
      {
        on: 'resume',
        steps: [
          {
            either: [[], [{ fault: 'delay', ms: 300 }], [{ fault: 'duplicate' }], [{ fault: 'corrupt' }]],
          },
        ],
      },
    ],
  };
}
