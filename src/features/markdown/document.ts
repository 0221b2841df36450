/**
 * A text in Markdown that may be growing, as blocks. It is longer than other files because everything that decides what
 * is settled stands side by side.
 */
import type { Token, Tokens } from 'marked';
import { plainCharacters } from './characters.js';
import type { Growing } from './growing.js';
import { BoundedLexer, MAX_BLOCK, MAX_LINES, weightOf } from './lexer.js';
import { tame } from './tame.js';

/** A block that is drawn as one. */
export interface Flow {
  readonly type: 'flow';
  readonly token: Token;
}

/** A list, item by item. */
export interface List {
  readonly type: 'list';
  readonly ordered: boolean;
  /** Number of the first item. */
  readonly start: number;
  readonly items: Growing<Tokens.ListItem>;
}

/** A table, row by row. */
export interface Table {
  readonly type: 'table';
  readonly header: readonly Tokens.TableCell[];
  readonly rows: Growing<readonly Tokens.TableCell[]>;
}

/** A code block. */
export interface Code {
  readonly type: 'code';
  /** Name of the language as it is written after the fence, or nothing. */
  readonly language: string;
  /** Some lines each; between two pieces there is a line end. */
  readonly pieces: Growing<string>;
}

/** A block at the top of a document. */
export type Block = Flow | List | Table | Code;

interface Writable<T> {
  items: T[];
  settled: number;
}

/** A tail that is longer than this is one block that does not end; it is read again only when it has grown noticeably. */
const LONG = 4_096;
/** How much it has to grow, as a part of its length. The work for a text stays in proportion to its length. */
const NOTICEABLE = 1 / 16;
/** So much is read at once. */
const PIECE = 512;
/** Longer messages are not given a form at all. */
const MAX_LENGTH = 400_000;
/** Lines of code that are drawn as one. */
const PIECE_LINES = 24;

const FENCE = /^( {0,3})(`{3,}|~{3,})([^\n]*)\n/;
/** An empty line after one of these is its end; lists and indented code may go on after it. */
const ENDS_AT_EMPTY_LINE: readonly string[] = ['paragraph', 'heading', 'hr', 'table', 'blockquote'];

const settledList = <T>(items: T[]): Writable<T> => ({ items, settled: items.length });
const rawOf = (tokens: readonly { raw: string }[]): string => tokens.map(({ raw }) => raw).join('');
const isFenced = (token: Token): boolean => token.type === 'code' && FENCE.test(`${token.raw}\n`);

/**
 * Reads a text that grows, and gives it out as blocks. What can no longer change is settled: neither read nor drawn
 * again. Each piece of text is read a bounded number of times, so a long answer costs as much per word as a short one.
 */
export class MarkdownDocument {
  #lexer = new BoundedLexer();
  #blocks: Writable<Block> = { items: [], settled: 0 };
  /** All text so far, as it was given. */
  #text = '';
  /** What is not settled yet. */
  #tail = '';
  /** What has come and is not in the tail yet. */
  #coming = '';
  /** How much of the text has been taken. */
  #taken = 0;
  /** The last block, if some of it is settled and it may go on. */
  #open: List | Table | undefined;
  /** The first two lines of the open table; its rows mean nothing without them. */
  #head = '';
  #fence: { readonly end: RegExp; readonly indent: string; readonly code: Code; lines: string[] } | undefined;
  #lastRead = 0;
  #ended = false;
  /** Something settled may refer to a definition that came later. */
  #late = false;
  #past = 0;
  /** Items, rows and blocks that are settled. */
  #units = 0;

  /** The blocks. The same object as long as text is only added. */
  get blocks(): Growing<Block> {
    return this.#blocks;
  }

  /** Characters that have been read so far, counting again what was read again. */
  get read(): number {
    return this.#past + this.#lexer.read;
  }

  /**
   * Takes the text as it is now.
   * @param text all of it
   * @param growing whether it may go on; then syntax that is not complete is not shown
   */
  write(text: string, growing: boolean): void {
    if (text === this.#text && this.#ended === !growing) return;
    if (this.#ended || !this.#continues(text, growing)) this.#reset();
    this.#take(text, growing);
    this.#read(growing);
    if (growing || !this.#late) return;
    // Now that all definitions are known, once more.
    const { links } = this.#lexer.tokens;
    this.#reset();
    Object.assign(this.#lexer.tokens.links, links);
    this.#take(text, growing);
    this.#read(growing);
  }

  /** Looks closely only at the end of a growing text: looking at all of it each time would cost more each time. */
  #continues(text: string, growing: boolean): boolean {
    const { length } = this.#text;
    if (!growing) return text.startsWith(this.#text);
    return text.length >= length && text.slice(Math.max(0, length - 64), length) === this.#text.slice(-64);
  }

  #reset(): void {
    this.#past += this.#lexer.read;
    this.#lexer = new BoundedLexer();
    this.#blocks = { items: [], settled: 0 };
    this.#text = this.#coming = this.#tail = this.#head = '';
    this.#taken = this.#lastRead = 0;
    this.#open = this.#fence = undefined;
    this.#ended = this.#late = false;
    this.#units = 0;
  }

  #take(text: string, growing: boolean): void {
    this.#text = text;
    // Half a line end and half a character wait for their other half.
    const end = growing && /[\r\uD800-\uDBFF]$/.test(text.slice(-1)) ? text.length - 1 : text.length;
    if (end > this.#taken) this.#coming += plainCharacters(text.slice(this.#taken, end));
    this.#taken = Math.max(end, this.#taken);
  }

  /** Reads what has come: a long text piece by piece, since the parser looks at all it is given for each block in it. */
  #read(growing: boolean): void {
    const length = this.#tail.length + this.#coming.length;
    if (growing && length > LONG && length - this.#lastRead < length * NOTICEABLE) return;
    for (let whole = false; !whole;) {
      const tooMuch = this.#text.length > MAX_LENGTH || this.#units > MAX_LINES;
      whole = this.#advance(tooMuch);
      this.#ended = whole && !growing;
      if (tooMuch) this.#showPlain();
      else this.#readTail();
    }
    this.#lastRead = this.#tail.length;
  }

  /** Takes the next piece into the tail: some lines, or all. @returns whether that was the last */
  #advance(all: boolean): boolean {
    const size = Math.max(PIECE, this.#tail.length);
    // In a block that does not end, up to its end: it is read again as a whole each time.
    const at = all ? -1 : this.#coming.indexOf(size > MAX_BLOCK ? '\n\n' : '\n', size);
    const end = at < 0 ? this.#coming.length : at + 1;
    this.#tail += this.#coming.slice(0, end);
    this.#coming = this.#coming.slice(end);
    return this.#coming === '';
  }

  /** Shows the rest as it is written: nobody reads so much, and drawing it would hold up the page. */
  #showPlain(): void {
    if (this.#fence) this.#leave(0);
    const text = this.#tail;
    const token: Tokens.Text = { type: 'text', raw: text, text, escaped: true };
    this.#keepOpen(token);
    this.#blocks.items.length = this.#blocks.settled;
    this.#blocks.items.push({ type: 'flow', token });
  }

  #readTail(): void {
    // A code block is taken line by line; when it has ended, the rest is read.
    while (this.#fence ? this.#readCode() : this.#readBlocks());
  }

  /** @returns whether there is more to be read: a code block has begun */
  #readBlocks(): boolean {
    const blocks = this.#blocks;
    blocks.items.length = blocks.settled;
    const source = this.#head + this.#tail;
    const { text, guessed } = this.#ended ? { text: source, guessed: false } : tame(source);
    const { definitions } = this.#lexer;
    const tokens = this.#lexer.blocks(text);
    if (this.#lexer.definitions > definitions && blocks.settled > 0) this.#late = true;

    const last = this.#ended ? tokens.length : lastOpen(tokens, guessed, source);
    const settled = tokens.slice(0, last);
    // The lexer promises that what it has read adds up to the text. Settled is only what keeps the promise.
    const trusted = this.#ended || source.startsWith(rawOf(settled));
    this.#keepOpen(tokens[0]);
    tokens.forEach((token, i) => {
      const block = this.#blockOf(token, i);
      if (block) blocks.items.push(block);
      if (!trusted || i >= last) return;
      if (block?.type === 'list') settleAll(block.items);
      if (block?.type === 'table') settleAll(block.rows);
      blocks.settled = blocks.items.length;
      if (token.type !== 'space') this.#units += weightOf(token);
    });
    if (this.#ended) {
      this.#tail = this.#head = '';
      this.#open = undefined;
      return false;
    }
    if (!trusted) return false;
    if (last > 0) this.#cut(rawOf(settled).length);
    return this.#enter(tokens[last]);
  }

  /** Takes settled text off the tail. */
  #cut(length: number): void {
    this.#tail = this.#tail.slice(length - this.#head.length);
    this.#head = '';
    this.#open = undefined;
  }

  /** What of the open block is settled stays, also when the text turns out not to go on with it. */
  #keepOpen(token: Token | undefined): void {
    const open = this.#open;
    if (!open || token?.type === open.type) return;
    const list = (open.type === 'list' ? open.items : open.rows) as Writable<unknown>;
    list.items.length = list.settled;
    this.#blocks.settled = this.#blocks.items.push(open);
    this.#open = undefined;
  }

  /** The block for a token; the first may go on with the open one. */
  #blockOf(token: Token, index: number): Block | undefined {
    const open = index === 0 ? this.#open : undefined;
    switch (token.type) {
      case 'space':
      case 'def':
        return undefined;
      case 'list': {
        const { items, ordered, start } = token as Tokens.List;
        if (open?.type !== 'list')
          return { type: 'list', ordered, start: +start, items: { items, settled: 0 } };
        extend(open.items, items);
        return open;
      }
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        if (open?.type !== 'table') return { type: 'table', header, rows: { items: rows, settled: 0 } };
        extend(open.rows, rows);
        return open;
      }
      case 'code': {
        const { lang = '', text } = token as Tokens.Code;
        return { type: 'code', language: languageOf(lang), pieces: settledList(piecesOf(text)) };
      }
      default:
        return { type: 'flow', token };
    }
  }

  /** Looks into the block that may go on: what is settled in it, and whether it is code. */
  #enter(token: Token | undefined): boolean {
    if (!token) return false;
    if (isFenced(token)) {
      this.#blocks.items.length = this.#blocks.settled;
      this.#begin(FENCE.exec(`${token.raw}\n`)!);
      return true;
    }
    const block = this.#blocks.items[this.#blocks.settled];
    if (block?.type === 'list' && token.type === 'list') this.#settleItems(block, token as Tokens.List);
    if (block?.type === 'table' && token.type === 'table') this.#settleRows(block, token as Tokens.Table);
    return false;
  }

  /** All items but the last are settled: nothing that comes can belong to them. */
  #settleItems(list: List, { items }: Tokens.List): void {
    const done = rawOf(items.slice(0, -1));
    if (!done || !this.#tail.startsWith(done)) return;
    (list.items as Writable<unknown>).settled = list.items.items.length - 1;
    this.#tail = this.#tail.slice(done.length);
    this.#units += items.length - 1;
    this.#open = list;
  }

  /** All rows but the last; a line each. */
  #settleRows(table: Table, { rows, raw }: Tokens.Table): void {
    if (rows.length < 2) return;
    const lines = raw.split('\n');
    const head = `${lines[0]}\n${lines[1]}\n`;
    const done = `${lines.slice(2, rows.length + 1).join('\n')}\n`;
    const source = this.#head + this.#tail;
    if (!source.startsWith(head + done)) return;
    (table.rows as Writable<unknown>).settled = table.rows.items.length - 1;
    this.#tail = source.slice(head.length + done.length);
    this.#units += rows.length - 1;
    this.#head = head;
    this.#open = table;
  }

  #begin([line, indent, fence, info]: RegExpExecArray | string[]): void {
    const code: Code = { type: 'code', language: languageOf(info!), pieces: { items: [], settled: 0 } };
    this.#blocks.items.push(code);
    this.#tail = this.#tail.slice(line!.length);
    const end = new RegExp(`^ {0,3}${fence![0]}{${fence!.length},}[ \\t]*$`);
    this.#fence = { end, indent: indent!, code, lines: [] };
  }

  /** @returns whether the code has ended, and what follows it is to be read */
  #readCode(): boolean {
    const { code, end, indent, lines } = this.#fence!;
    const pieces = code.pieces as Writable<string>;
    const put = (some: readonly string[]): unknown => some.length > 0 && pieces.items.push(some.join('\n'));
    pieces.items.length = pieces.settled;
    for (;;) {
      const at = this.#tail.indexOf('\n');
      const line = at < 0 ? this.#tail : this.#tail.slice(0, at);
      this.#lexer.read += line.length;
      const shown = line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
      if ((at >= 0 || this.#ended) && end.test(line)) {
        put(lines);
        return this.#leave(line.length + 1);
      }
      if (at < 0) {
        // The last line is drawn as far as it has come, unless it may become the fence that ends the block.
        const hidden = !line || (!this.#ended && /^ {0,3}(?:`+|~+)[ \t]*$/.test(line));
        put(hidden ? lines : [...lines, shown]);
        return this.#ended && this.#leave(line.length);
      }
      this.#tail = this.#tail.slice(at + 1);
      if (lines.push(shown) === PIECE_LINES) {
        put(lines.splice(0));
        pieces.settled = pieces.items.length;
      }
    }
  }

  #leave(length: number): boolean {
    const { code } = this.#fence!;
    settleAll(code.pieces);
    this.#units += weightOf(code);
    this.#blocks.settled = this.#blocks.items.length;
    this.#tail = this.#tail.slice(length);
    this.#fence = undefined;
    return true;
  }
}

/**
 * Index of the token that may go on: the last that is more than empty lines, unless an empty line has ended it. As long as
 * its first line is not there, complete and as it was written, it may yet turn out to belong to the block above: `---` ends
 * a list, `---x` does not.
 * @param source what the tokens were read from, before it was tamed
 */
function lastOpen(tokens: readonly Token[], guessed: boolean, source: string): number {
  const isText = ({ type }: Token): boolean => type !== 'space';
  const last = tokens.findLastIndex(isText);
  if (last < 0) return 0;
  if (last < tokens.length - 1 && !guessed && ENDS_AT_EMPTY_LINE.includes(tokens[last]!.type))
    return tokens.length;
  // Whether a table follows is a guess, so it has not ended what is above it yet.
  const [line] = (!guessed && /^\s*\S[^\n]*\n/.exec(rawOf(tokens.slice(last)))) || [];
  if (line && source.startsWith(line, rawOf(tokens.slice(0, last)).length)) return last;
  const above = tokens.slice(0, last).findLastIndex(isText);
  const ended = above < last - 1 && ENDS_AT_EMPTY_LINE.includes(tokens[above]?.type as string);
  return above < 0 || ended ? last : above;
}

/** Replaces the part of a growing list that is not settled. */
function extend<T>(list: Growing<T>, items: readonly T[]): void {
  const all = list.items as T[];
  all.length = list.settled;
  for (const item of items) all.push(item);
}

function settleAll(list: Growing<unknown>): void {
  (list as Writable<unknown>).settled = list.items.length;
}

const languageOf = (info: string): string => /^\s*([\w+#.-]{1,24})/.exec(info)?.[1] ?? '';

function piecesOf(code: string): string[] {
  // The parser keeps the last line end where the line before it is empty.
  const lines = code.replace(/\n$/, '').split('\n');
  const pieces = [];
  for (let i = 0; i < lines.length; i += PIECE_LINES) pieces.push(lines.slice(i, i + PIECE_LINES).join('\n'));
  return pieces;
}
