/**
 * Writes Markdown into elements as it comes: a character is looked at once, and nothing that stands is touched again but
 * the text at the end. What cannot be told yet, such as half a link, waits. It knows what answers of models are made of:
 * paragraphs, headings, lists, quotes, tables, fenced code, strong and emphasised text, code and links.
 */

/** The start of a line from which it is not known yet what it begins. */
const UNDECIDED = /^(?:#{1,6}|[-*]|\d{1,3}\.?|>|`{1,3}[^\n]*|\|[^\n]*)?$/;
const STARTS = /^(?:(#{1,6}) |([-*]) |(\d{1,3})\. |(>) )/;
const LINK = /^\[([^\]\n]*)\]\((https?:[^)\s]*)\)/;
/** A link that may still become one. */
const HALF_LINK = /^\[[^\]\n]*(?:\](?:\([^)\s]*)?)?$/;

/** One growing text. */
export class MarkdownWriter {
  readonly #root: HTMLElement;
  /** What has come and is not written yet. */
  #rest = '';
  #atLineStart = true;
  #code: Text | undefined;
  /** The open list, quote or table. */
  #outer: HTMLElement | undefined;
  /** Where text goes; the innermost open element. */
  #inner: HTMLElement | undefined;
  #text: Text | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Takes what comes next; `last` when nothing follows. */
  write(text: string, last = false): void {
    this.#rest += text;
    while (
      this.#rest &&
      (this.#code ? this.#fenced(last) : this.#atLineStart ? this.#start(last) : this.#inline(last))
    );
  }

  #take(length: number): string {
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return taken;
  }

  #line(last: boolean): string | undefined {
    const end = this.#rest.indexOf('\n');
    if (end >= 0) return this.#take(end + 1).slice(0, -1);
    return last ? this.#take(this.#rest.length) : undefined;
  }

  #fenced(last: boolean): boolean {
    if (!last && this.#atLineStart && /^`{0,2}$|^```[^\n]*$/.test(this.#rest)) return false;
    if (this.#atLineStart && this.#rest.startsWith('```')) {
      this.#line(last);
      this.#code = undefined;
      return true;
    }
    const end = this.#rest.indexOf('\n');
    this.#code!.appendData(this.#take(end < 0 ? this.#rest.length : end + 1));
    this.#atLineStart = end >= 0;
    return true;
  }

  /** @returns whether it got on */
  #start(last: boolean): boolean {
    if (this.#rest.startsWith('\n')) {
      this.#take(1);
      this.#close();
      return true;
    }
    if (!last && UNDECIDED.test(this.#rest)) return false;
    if (this.#rest.startsWith('```')) return this.#fence(last);
    if (this.#rest.startsWith('|')) return this.#row(last);
    const [all = '', heading, bullet, number, quote] = STARTS.exec(this.#rest) ?? [];
    this.#take(all.length);
    this.#atLineStart = false;
    if (heading) this.#open(`h${heading.length}`, this.#closed());
    else if (bullet) this.#open('li', this.#within('ul'));
    else if (number) this.#open('li', this.#within('ol'));
    else if (quote) this.#open('p', this.#within('blockquote'));
    else if (this.#inner) this.#append('\n');
    else this.#open('p', this.#closed());
    return true;
  }

  #fence(last: boolean): boolean {
    if (this.#line(last) === undefined) return false;
    const code = this.#open('code', this.#open('pre', this.#closed()));
    code.append((this.#code = new Text()));
    this.#inner = this.#text = undefined;
    return true;
  }

  #row(last: boolean): boolean {
    const line = this.#line(last);
    if (line === undefined) return false;
    if (/^[|\s:-]+$/.test(line)) return true;
    const head = this.#outer?.localName !== 'table';
    const table = this.#within('table');
    const row = this.#open('tr', table);
    for (const cell of line.split('|').slice(1, -1)) {
      this.#open(head ? 'th' : 'td', row);
      this.#words(cell.trim());
    }
    this.#inner = this.#text = undefined;
    return true;
  }

  #inline(last: boolean): boolean {
    const rest = this.#rest;
    if (rest.startsWith('\n')) {
      this.#take(1);
      this.#atLineStart = true;
      const { localName = '' } = this.#inner ?? {};
      if (/^h\d$/.test(localName)) this.#close();
      return true;
    }
    if (rest.startsWith('[')) {
      const link = LINK.exec(rest);
      if (!link && !last && HALF_LINK.test(rest)) return false;
      if (link) {
        this.#take(link[0].length);
        const anchor = this.#open('a', this.#inner!) as HTMLAnchorElement;
        anchor.href = link[2]!;
        anchor.rel = 'noopener';
        this.#append(link[1]!);
        this.#leave();
        return true;
      }
    }
    if (!last && rest === '*') return false;
    for (const [mark, tag] of MARKS) {
      if (!rest.startsWith(mark)) continue;
      this.#take(mark.length);
      if (this.#inner!.localName === tag) this.#leave();
      else this.#open(tag, this.#inner!);
      return true;
    }
    const end = /[\n[*`]/.exec(rest.slice(1));
    this.#append(this.#take(end ? end.index + 1 : rest.length));
    return true;
  }

  /** A text that is there as a whole. */
  #words(text: string): void {
    const rest = this.#rest;
    this.#rest = text;
    while (this.#rest) this.#inline(true);
    this.#rest = rest;
  }

  #append(text: string): void {
    if (this.#text) this.#text.appendData(text);
    else this.#inner!.append((this.#text = new Text(text)));
  }

  #open(tag: string, parent: HTMLElement): HTMLElement {
    this.#inner = document.createElement(tag);
    this.#text = undefined;
    parent.append(this.#inner);
    return this.#inner;
  }

  #leave(): void {
    this.#inner = this.#inner!.parentElement!;
    this.#text = undefined;
  }

  #close(): void {
    this.#outer = this.#inner = this.#text = undefined;
  }

  /** A block of its own begins. @returns where */
  #closed(): HTMLElement {
    this.#close();
    return this.#root;
  }

  /** @returns the open element of this kind, or a new one */
  #within(tag: string): HTMLElement {
    if (this.#outer?.localName !== tag) this.#outer = this.#open(tag, this.#closed());
    return this.#outer;
  }
}

const MARKS = [
  ['**', 'strong'],
  ['*', 'em'],
  ['`', 'code'],
] as const;
