import type { Diagnosis, DiagnosisAttempt } from './diagnosis.js';

/** A diagnosis as a person reads it, several lines in English. */
export function reportOf(diagnosis: Omit<Diagnosis, 'toString'>): string {
  const { at, status, reason, provider, channel, attempts, checks, ignored, faults, hints } = diagnosis;
  const { traits, queued, skewMs, follows } = diagnosis;
  const row = (name: string, value: string | undefined): string[] =>
    value ? [`${name.padEnd(10)}${value}`] : [];
  const list = (title: string, items: readonly string[]): string[] =>
    items.length ? ['', title, ...items.map((item) => `  ${item}`)] : [];
  return [
    `Chat diagnosis of ${new Date(at).toISOString()}`,
    ...row('status', status + (reason ? ` (${reason})` : '')),
    ...row('provider', (provider ?? 'none') + (channel ? `, channel ${channel}` : '')),
    ...row('tab', follows ? 'follows another one, which has the line' : undefined),
    ...row('waiting', queued ? `${queued} message${queued === 1 ? '' : 's'}` : undefined),
    ...row(
      'clock',
      skewMs === undefined ? undefined : `server ${skewMs >= 0 ? '+' : ''}${Math.round(skewMs)} ms`,
    ),
    ...row(
      'backend',
      traits &&
        Object.entries(traits)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', '),
    ),
    ...list(
      'What to do',
      hints.map((hint) => `- ${hint}`),
    ),
    ...list('Attempts', attempts.map(attemptLine)),
    ...list(
      'Asked once more, just now',
      checks.map(({ url, outcome, status: answered }) => `${url}  ${answered ?? outcome}`),
    ),
    ...list(
      'Frames that meant nothing',
      ignored.map(({ event, count }) => `${event}  ${count} ×`),
    ),
    ...list('What else went wrong', faults),
  ].join('\n');
}

function attemptLine({ at, transport, url, outcome, code, reason, ms, ended }: DiagnosisAttempt): string {
  return [
    new Date(at).toISOString().slice(11, 23),
    transport,
    url,
    ended ? `open for ${ms} ms, then ${outcome}` : `${outcome} after ${ms} ms`,
    code === undefined ? undefined : String(code),
    reason && `“${reason}”`,
  ]
    .filter(Boolean)
    .join('  ');
}
