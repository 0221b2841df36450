import { readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- performance:begin -->';
const END = '<!-- performance:end -->';

/**
 * Puts the report between its markers; what else the page says stays.
 * @throws when they are not there
 */
export function between(page: string, report: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`there is no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${page.slice(end)}`;
}

/** Writes the report into a page that has the markers. */
export function writeReport(file: URL, report: string): void {
  writeFileSync(file, between(readFileSync(file, 'utf8'), report));
}
