import { Lexer, Tokenizer, type Token, type Tokens } from 'marked';

/** Quotes and lists may stand in each other this deep; what is deeper is shown as it is written. */
const MAX_DEPTH = 8;
/**
 * Where the parser's time grows with the square of its input, it gets what takes it some tens of milliseconds: length times
 * the number of what it looks at again and again. An ordinary answer comes to a thousandth of it.
 */
const MAX_SQUARE = 2e7;
/** The same for emphasis, links and code within a paragraph, of which the parser makes more. */
const MAX_MARKS = 2e6;
/** So many pieces of a message are given a form; a longer one goes on as plain text. */
const MAX_TOKENS = 8_000;

/** So many blocks, items, rows or lines stand beside each other; the rest is shown as it is written. */
export const MAX_LINES = 800;
/** So many characters a block has that is not code. */
export const MAX_BLOCK = 16_384;
/** So many columns a table has. */
const MAX_COLUMNS = 50;
/** So many pieces a paragraph has. */
const MAX_PIECES = 1_000;

/** So many lines an underlined heading has. */
const MAX_HEADING_LINES = 20;

/** A text up to its first empty line. */
function blockOf(text: string): string {
  const end = text.search(/\n[ \t]*(?:\n|$)/);
  return end < 0 ? text : text.slice(0, end);
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Text that stays as it is written. */
const plain = (raw: string): Tokens.Text => ({ type: 'text', raw, text: raw, escaped: true });

const paragraph = (raw: string): Tokens.Paragraph => ({
  type: 'paragraph',
  raw,
  text: raw,
  tokens: [plain(raw)],
});

/** What a block counts for: a box for code has much in it. */
export const weightOf = ({ type }: { type: string }): number => (type === 'code' ? 5 : 1);

/** Takes away what is too much, and gives it back as it was written. */
const cutOff = (tokens: Token[], limit: number): string =>
  tokens
    .splice(limit)
    .map(({ raw }) => raw)
    .join('');

/** Leaves out lists, quotes and tables that would take too long. */
class BoundedTokenizer extends Tokenizer {
  /** The first that is asked at the beginning of each block. */
  override space(src: string): Tokens.Space | undefined {
    if (src.length > MAX_BLOCK && !/^ {0,3}(?:```|~~~)/.test(src)) {
      const raw = blockOf(src);
      if (raw.length > MAX_BLOCK) return paragraph(raw) as never;
    }
    return super.space(src);
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return (this.#tooLong(src) as never) ?? super.blockquote(src);
  }

  override list(src: string): Tokens.List | undefined {
    return (this.#tooLong(src) as never) ?? super.list(src);
  }

  override lheading(src: string): Tokens.Heading | undefined {
    // Nobody underlines so many lines, and to look for the end of them takes some engines very long.
    return count(blockOf(src), /\n/g) > MAX_HEADING_LINES ? undefined : super.lheading(src);
  }

  override table(src: string): Tokens.Table | undefined {
    // Counted before it is read: the parser fills each row up to the width of the first.
    if (count(src.split('\n', 1)[0]!, /\|/g) > MAX_COLUMNS + 1) return undefined;
    const table = super.table(src);
    const tooLong = table && table.rows.length > MAX_LINES;
    return tooLong ? (paragraph(table.raw) as never) : table;
  }

  /** A block up to its empty line, as a paragraph of plain text, if it has too many lines that only go on. */
  #tooLong(src: string): Tokens.Paragraph | undefined {
    if (!/^ {0,3}(?:>|[-*+][ \t\n]|\d{1,9}[.)][ \t\n])/.test(src)) return undefined;
    const raw = blockOf(src);
    const lines = count(raw, /\n(?![ \t]*(?:[-*+]|\d{1,9}[.)])[ \t])/g);
    const tooLong = lines * raw.length > MAX_SQUARE || count(raw, /\n/g) > MAX_LINES;
    return tooLong ? paragraph(raw) : undefined;
  }
}

/** The parser's lexer within bounds: whatever it is given, it ends soon and does not fail. */
export class BoundedLexer extends Lexer {
  /** Characters read so far, for those who watch the cost. */
  read = 0;
  #depth = 0;
  #tokens = 0;

  constructor() {
    super({ gfm: true, tokenizer: new BoundedTokenizer() });
  }

  /** How many pieces may still be given a form. */
  get left(): number {
    return MAX_TOKENS - this.#tokens;
  }

  /** Link definitions met so far. */
  get definitions(): number {
    return Object.keys(this.tokens.links).length;
  }

  /** All blocks of a text, with what is in them. */
  blocks(source: string): Token[] {
    this.read += source.length;
    this.inlineQueue = [];
    this.#tokens = 0;
    try {
      const tokens = this.#within(() => super.blockTokens(source, []));
      let weight = 0;
      const last = tokens.findIndex((token) => (weight += weightOf(token)) > MAX_LINES);
      const surplus = last < 0 ? '' : cutOff(tokens, last);
      if (surplus) tokens.push(paragraph(surplus));
      this.#tokens += tokens.length;
      for (const { src, tokens: inner } of this.inlineQueue) this.inlineTokens(src, inner);
      return tokens;
    } catch {
      this.#depth = 0;
      return [paragraph(source)];
    }
  }

  // The base class has two signatures, of which the second says no more than the first.
  override blockTokens(src: string, tokens: Token[] = [], clipped?: boolean): never {
    if (this.#depth >= MAX_DEPTH || this.left < 0) tokens.push(plain(src));
    else this.#within(() => super.blockTokens(src, tokens, clipped));
    this.#tokens += tokens.length;
    return tokens as never;
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    const marks = src.length > 1_000 ? count(src, /[*_~`]+|[[\]<@]/g) : 0;
    if (this.#depth >= MAX_DEPTH * 2 || this.left < 0 || marks * src.length > MAX_MARKS)
      tokens.push(plain(src));
    else this.#within(() => super.inlineTokens(src, tokens));
    const surplus = cutOff(tokens, MAX_PIECES);
    if (surplus) tokens.push(plain(surplus));
    this.#tokens += tokens.length;
    return tokens;
  }

  #within<T>(lex: () => T): T {
    this.#depth += 1;
    try {
      return lex();
    } finally {
      this.#depth -= 1;
    }
  }
}
