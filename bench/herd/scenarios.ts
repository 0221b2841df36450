import type { ClientKind, Ending } from './client-model.js';
import { partySocket } from './partysocket-client.js';
import { phoenix } from './phoenix-client.js';
import type { Incident } from './simulation.js';
import { socketIo } from './socket-io-client.js';
import { hiddenWidget, proxiedWidget, widget } from './widget-client.js';

/** Ours first, then who it is compared with. */
export const KINDS: readonly ClientKind[] = [widget, socketIo, phoenix, partySocket];

/** The server asks for a spread this much wider than it could bear at best. */
const SPREAD_MARGIN = 1.2;

/** One incident, told. */
export interface Scenario {
  id: 'hint' | 'hint-late' | 'killed' | 'plain-restart';
  title: string;
  incident: Incident;
  kinds: readonly ClientKind[];
}

/** What a herd of this size goes through. The server knows its own size and asks for a spread that fits. */
export function scenariosFor(clients: number, perSecond: number): Scenario[] {
  const spreadMs = Math.round((SPREAD_MARGIN * 1000 * clients) / perSecond);
  const hint: Ending = { code: 1012, bye: { retryAfterMs: 0, spreadMs } };
  return [
    {
      id: 'hint',
      title: `Planned restart: \`bye {retryAfterMs: 0, spreadMs: ${spreadMs}}\`, 1012, back at once`,
      incident: { ending: hint, downMs: 0 },
      kinds: KINDS,
    },
    {
      id: 'hint-late',
      title: `Planned restart: \`bye {retryAfterMs: 1000, spreadMs: ${spreadMs}}\`, 1012, back after 1 s`,
      incident: { ending: { code: 1012, bye: { retryAfterMs: 1000, spreadMs } }, downMs: 1000 },
      kinds: KINDS,
    },
    {
      id: 'killed',
      title: 'Killed without a word (1006), back after 10 s',
      incident: { ending: { code: 1006 }, downMs: 10_000 },
      kinds: [widget, hiddenWidget, proxiedWidget(hint), ...KINDS.slice(1)],
    },
    {
      id: 'plain-restart',
      title: 'Restart without a hint: 1012 alone, back at once',
      incident: { ending: { code: 1012 }, downMs: 0 },
      kinds: KINDS,
    },
  ];
}
