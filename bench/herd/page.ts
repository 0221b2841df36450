import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- herd:begin -->';
const END = '<!-- herd:end -->';

/** What the page begins with where there is none. */
const EMPTY_PAGE = `# Reliability\n\n## A herd comes back\n\n${BEGIN}\n${END}\n`;

/** Puts the report between its markers; what else the page says stays. */
export function writePage(file: URL, report: string): void {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : EMPTY_PAGE;
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file.pathname}: no ${BEGIN} … ${END}`);
  writeFileSync(file, `${page.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${page.slice(end)}`);
}
