import { html, type TemplateResult } from 'lit';

/**
 * An icon: one path on a field of 20 by 20, drawn with a round pen. It says nothing to screen readers: the words beside
 * it do. Icons that come with a part of the widget are in that part's file.
 * @param name class of its own, for an icon that is drawn unlike others
 */
export function icon(path: string, name = ''): TemplateResult {
  return html`<svg class=${name} viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;
}

/** A speech balloon. */
export const CHAT =
  'M10 3.2c4.2 0 7.2 2.7 7.2 6.3s-3 6.3-7.2 6.3c-.9 0-1.7-.1-2.5-.3-.9.8-2.2 1.4-3.9 1.5.6-.8 1-1.7 1-2.6-1.1-1.2-1.8-2.9-1.8-4.9 0-3.6 3-6.3 7.2-6.3ZM7.1 10.3c.7 1 1.7 1.5 2.9 1.5s2.2-.5 2.9-1.5';
/** A roof upside down: closes. */
export const MIN = 'm5 8 5 5 5-5';
