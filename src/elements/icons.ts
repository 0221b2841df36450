import { html, type TemplateResult } from 'lit';

/** One path per icon on a field of 20 by 20, drawn with a round pen. `spark` and `stop` are filled by the styles. */
const PATHS = {
  chat: 'M10 3.2c4.2 0 7.2 2.7 7.2 6.3s-3 6.3-7.2 6.3c-.9 0-1.7-.1-2.5-.3-.9.8-2.2 1.4-3.9 1.5.6-.8 1-1.7 1-2.6-1.1-1.2-1.8-2.9-1.8-4.9 0-3.6 3-6.3 7.2-6.3ZM7.1 10.3c.7 1 1.7 1.5 2.9 1.5s2.2-.5 2.9-1.5',
  min: 'm5 8 5 5 5-5',
  down: 'M10 4v11m-4.5-4.5L10 15l4.5-4.5',
  send: 'M10 16V4.5M5.2 9.3 10 4.5l4.8 4.8',
  stop: 'M6.5 6.5h7v7h-7Z',
  spark:
    'M9.5 3.2c.5 3.7 2.3 5.5 6 6-3.7.5-5.5 2.3-6 6-.5-3.7-2.3-5.5-6-6 3.7-.5 5.5-2.3 6-6ZM15.7 13.6c.2 1.3.8 1.9 2.1 2.1-1.3.2-1.9.8-2.1 2.1-.2-1.3-.8-1.9-2.1-2.1 1.3-.2 1.9-.8 2.1-2.1Z',
  headset:
    'M3.5 11v-1a6.5 6.5 0 0 1 13 0v1M4.3 10.8h.4c.8 0 1.5.7 1.5 1.5v2c0 .8-.7 1.5-1.5 1.5h-.4c-.8 0-1.5-.7-1.5-1.5v-2c0-.8.7-1.5 1.5-1.5ZM15.3 10.8h.4c.8 0 1.5.7 1.5 1.5v2c0 .8-.7 1.5-1.5 1.5h-.4c-.8 0-1.5-.7-1.5-1.5v-2c0-.8.7-1.5 1.5-1.5ZM15.5 15.8c0 1.3-1.3 2-3.3 2',
  clock: 'M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6ZM10 6.2V10l2.5 1.7',
  check: 'm5 10.5 3.3 3.3L15 6.5',
  checks: 'm2.5 10.5 3.3 3.3 6.7-7.3M9.8 13.8l6.7-7.3',
  alert: 'M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6ZM10 6.6v4.2M10 13.4v.01',
  retry: 'M15.8 8.2a6.2 6.2 0 1 0 .2 3.3M16.2 4.3v4h-4',
  offline:
    'M3 7.6a10.5 10.5 0 0 1 3.6-2.2M9.5 4.7A10.5 10.5 0 0 1 17 7.6M5.6 10.6a6.7 6.7 0 0 1 2.6-1.6M12 9.1a6.7 6.7 0 0 1 2.4 1.5M8.2 13.3a3 3 0 0 1 3.6 0M10 16v.01M3.5 3.5l13 13',
  sync: 'M4 9a6.2 6.2 0 0 1 10.8-3l1.4 1.6M16.3 4.2v3.5h-3.5M16 11a6.2 6.2 0 0 1-10.8 3l-1.4-1.6M3.7 15.8v-3.5h3.5',
  next: 'm8 5 5 5-5 5',
  plug: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0V7ZM10 15v3',
};

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon. It says nothing to screen readers: the words beside it do. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class=${name} viewBox="0 0 20 20" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
