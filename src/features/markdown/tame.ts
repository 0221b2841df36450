/**
 * Makes a text that is still growing look finished: what has been opened is closed, what may yet become syntax is held
 * back. It changes only what belongs to the last block, and never what is settled.
 */

/** Quotes and list signs at the beginning of a line. */
const SIGNS = /^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))*/;
/** A line that is nothing but syntax so far, or a number that may become one of a list. */
const ONLY_SYNTAX = /^[-*_=+~`#:|\s>[\]!<\\]*$/;
const NUMBER = /^\s*\d{1,9}[.)]?$/;
/** `[x` of a task. */
const TASK = /^\s*\[[ xX]?\]?\s*$/;
const FENCE = /^\s*(?:`{3,}[^`]*|~{3,}.*)$/;
const DEFINITION = /^ {0,3}\[[^\]]+\]:/;
const DELIMITER_ROW = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
/** A block begins on such a line, so that what is open above does not reach it. */
const BEGINS = /^\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|\|)/;

/** A growing text as it may be shown. */
export interface Tamed {
  readonly text: string;
  /** A table was taken for granted whose second line is not there yet. */
  readonly guessed: boolean;
}

/** @param source the part of a growing text that is not settled */
export function tame(source: string): Tamed {
  const lines = source.split('\n');
  const end = lines.length - 1;
  const inCode = openFence(lines);
  const line = lines[end]!;
  const [signs] = SIGNS.exec(line)!;
  const rest = line.slice(signs.length);
  if (inCode) {
    if (/^\s*(?:`+|~+)$/.test(rest)) lines[end] = '';
    return { text: lines.join('\n'), guessed: false };
  }
  const held =
    rest && (ONLY_SYNTAX.test(rest) || (NUMBER.test(rest) && !signs) || TASK.test(rest) || FENCE.test(rest));
  // A list sign with nothing behind it is held back too: it could just as well underline what is above it.
  if (held || DEFINITION.test(line) || (signs && !rest.trim())) lines[end] = '';
  const at = lines.findLastIndex((text) => text.trim());
  // What an empty line has ended is as it is.
  if (at < 0 || at < end - 1) return { text: lines.join('\n'), guessed: false };
  const guessed = isTableHead(lines, at);
  const start = beginOf(lines, at);
  const above = lines.slice(0, start);
  const open = lines.slice(start, at + 1).join('\n');
  const isRow = guessed || open.trimStart().startsWith('|');
  // At the end of a complete line nothing has only begun, such as `[ ]` as the text of a link.
  const closed = isRow ? closeRow(open) : close(at < end && !open.endsWith('\\') ? `${open}\n` : open);
  const text = [...above, closed, ...(guessed ? [delimiterRow(open)] : [])].join('\n');
  return { text: at < end && !guessed ? `${text}\n` : text, guessed };
}

/** Whether the last line stands in a code block that stands in a list or a quote. */
function openFence(lines: readonly string[]): boolean {
  let fence = '';
  for (const line of lines.slice(0, -1)) {
    const [, marks = ''] = /^\s*(`{3,}|~{3,})/.exec(line.replace(SIGNS, '')) ?? [];
    if (!fence) fence = marks;
    else if (marks.startsWith(fence)) fence = '';
  }
  return fence !== '';
}

/** Whether a line may be the first of a table: it begins like one, and nothing says yet that it is none. */
function isTableHead(lines: readonly string[], at: number): boolean {
  const [line, above = ''] = [lines[at]!, lines[at - 1]];
  return /^ {0,3}\|[^|]/.test(line) && !above.trimStart().startsWith('|') && !DELIMITER_ROW.test(line);
}

const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\|/, '')
    .split(/(?<!\\)\|/);

function delimiterRow(head: string): string {
  const cells = cellsOf(head);
  const count = cells.length > 1 && !cells.at(-1)!.trim() ? cells.length - 1 : cells.length;
  return `|${'-|'.repeat(count)}`;
}

/** Closes what is open in the last cell, and the row. */
function closeRow(row: string): string {
  const cells = cellsOf(row);
  const last = cells.pop()!;
  return `|${[...cells, ...(last.trim() || cells.length === 0 ? [` ${close(last.trim())} `] : [])].join('|')}|`;
}

/** Where the paragraph begins that a line belongs to. */
function beginOf(lines: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && !BEGINS.test(lines[start]!)) {
    const above = lines[start - 1]!;
    if (!above.replace(/^[\s>]+/, '') || /^\s*(?:#{1,6}\s|\|)/.test(above)) break;
    start -= 1;
  }
  return start;
}

/** An opened emphasis: which mark, and how many of it are still open. */
interface Opened {
  readonly mark: string;
  count: number;
  readonly at: number;
}

const isSpace = (text: string): boolean => text === '' || /\s/.test(text);
const isPunctuation = (text: string): boolean => /[\p{P}\p{S}]/u.test(text);
const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Closes emphasis, code and links that are open at the end of a paragraph, and holds back what is not even opened. */
function close(text: string): string {
  const opened: Opened[] = [];
  const brackets: number[] = [];
  let end = text.replace(/&#?\w{0,31}$/, '');
  let tail = '';
  let i = 0;
  while (i < end.length) {
    const character = end[i]!;
    if (character === '\\') {
      if (i + 1 === end.length) end = end.slice(0, i);
      i += 2;
    } else if (character === '`') {
      const [ticks] = /^`+/.exec(end.slice(i))!;
      const stop = tickEnd(end, i + ticks.length, ticks.length);
      if (stop < 0) {
        const code = end.slice(i + ticks.length).replace(/\s*`*$/, '');
        end = end.slice(0, i);
        tail = code.trim() ? ticks + code + ticks : '';
        break;
      }
      i = stop;
    } else if (character === '<') {
      const [tag] = /^<[a-z/!?][^<>]*>/i.exec(end.slice(i)) ?? [''];
      if (!tag && isAddress(end.slice(i + 1))) end = end.slice(0, i) + end.slice(i + 1);
      i += tag.length || 1;
    } else if (character === '[') {
      brackets.push(i);
      i += 1;
    } else if (character === ']' && brackets.length > 0) {
      const from = brackets.pop()!;
      const length = destination(end.slice(i + 1));
      if (length < 0) {
        end = withoutLink(end, from, i);
        break;
      }
      i += 1 + length;
    } else if ('*_~'.includes(character)) {
      const [marks] = /^(\*+|_+|~+)/.exec(end.slice(i))!;
      if (i + marks.length === end.length) {
        // It ends what is open, or begins what is not there yet.
        end = end.slice(0, i);
        const last = opened.findLast(({ mark }) => mark === character);
        if (last && !isSpace(end.slice(-1)) && marks.length >= last.count) {
          opened.length = opened.indexOf(last);
          tail = character.repeat(last.count);
        }
        break;
      }
      emphasis(opened, marks, end[i - 1] ?? '', end[i + marks.length]!, i);
      i += marks.length;
    } else i += 1;
  }
  for (const from of brackets.toReversed()) {
    if (!tail && end.length - from < 200) end = withoutLink(end, from, end.length);
  }
  // Nobody opens so much: it is no emphasis.
  if (opened.length > 16) return text;
  const closers = opened.map(({ mark, count }) => mark.repeat(count)).toReversed();
  return (end + tail).trimEnd() + closers.join('');
}

/** Where code ends that began with so many ticks, or -1. */
function tickEnd(text: string, from: number, ticks: number): number {
  for (const { 0: run, index } of text.slice(from).matchAll(/`+/g)) {
    if (run.length === ticks) return from + index + run.length;
  }
  return -1;
}

/** Whether this may be an address between angle brackets, as far as it has come. */
function isAddress(rest: string): boolean {
  const schemes = ['https:', 'http:', 'mailto:', 'tel:'];
  return !/[\s<>]/.test(rest) && schemes.some((scheme) => scheme.startsWith(rest) || rest.startsWith(scheme));
}

/** Length of what follows the text of a link: its address, its name, or nothing. -1 when it has only begun. */
function destination(rest: string): number {
  if (rest === '') return -1;
  if (rest.startsWith('(')) {
    const [whole] = /^\((?:<[^<>\n]*>|[^\s()\\]|\\.|\([^\s()]*\)|\s+|"[^"]*")*\)/.exec(rest) ?? [];
    if (whole) return whole.length;
    // A line that has gone on after a space that no address has is no link.
    return /^\([^()]*$|^\([^()]*\([^()]*\)?[^()]*$/.test(rest) && !/^\(\S*\s+[^"'(\s]/.test(rest) ? -1 : 0;
  }
  if (!rest.startsWith('[')) return 0;
  return rest.indexOf(']') < 0 ? -1 : rest.indexOf(']') + 1;
}

/** A link without what makes it one; of a picture nothing. */
function withoutLink(text: string, from: number, to: number): string {
  if (text[from - 1] === '!') return text.slice(0, from - 1);
  // What would begin a block without the bracket keeps it.
  const begins = /^(?:>|~~~|```)/.test(text.slice(from + 1)) || BEGINS.test(text.slice(from + 1));
  return text.slice(0, from) + text.slice(begins ? from : from + 1, to);
}

/** Marks within the text: they close what is open, or open. */
function emphasis(opened: Opened[], marks: string, before: string, after: string, at: number): void {
  const mark = marks[0]!;
  if (mark === '~' && marks.length !== 2) return;
  const left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  const inWord = mark === '_' && isWord(before) && isWord(after);
  let count = marks.length;
  for (;;) {
    const last = right && !inWord ? opened.findLastIndex((entry) => entry.mark === mark) : -1;
    if (last < 0 || count === 0) break;
    opened.length = last + 1;
    const used = Math.min(count, opened[last]!.count);
    count -= used;
    opened[last]!.count -= used;
    if (opened[last]!.count === 0) opened.pop();
  }
  // A star within a word is a sign of arithmetic until it is closed.
  const arithmetic = mark === '*' && count === 1 && isWord(before) && isWord(after);
  if (count > 0 && left && !inWord && !arithmetic) opened.push({ mark, count, at });
}
