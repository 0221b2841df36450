import type { Token, Tokens } from 'marked';
import { pictureAddress, safeAddress } from './address.js';
import { decodeEntities } from './characters.js';
import type { Block } from './document.js';
import type { Growing } from './growing.js';
import { listing, shape, type Listing, type Piece } from './piece.js';

/** What a view takes from where it is used. */
export interface Surroundings {
  /** Speaks to the reader; handed on to the elements for code and pictures as it is. */
  readonly language: unknown;
  /** Name of a table for screen readers. */
  readonly table: string;
}

/** Says what the tokens look like: text stays text, and no token has a say in names of elements or attributes. */
class View {
  constructor(readonly around: Surroundings) {}

  block(block: Block): Piece[] {
    switch (block.type) {
      case 'list': {
        const { ordered, start } = block;
        const entries = listing(block.items, 'li', (item) => this.inside(item.tokens));
        return [
          ordered
            ? shape('ol', entries, { dir: 'auto', start: `${start}` })
            : shape('ul', entries, { dir: 'auto' }),
        ];
      }
      case 'table':
        return [this.table(block.header, block.rows)];
      case 'code':
        return [this.element('cw-code', { code: block })];
      default:
        return this.flow(block.token, 'auto');
    }
  }

  /** An element that draws itself, and speaks to the reader. */
  element(tag: string, properties: Readonly<Record<string, unknown>>): Piece {
    return shape(tag, [], {}, { ...properties, language: this.around.language });
  }

  /** Blocks within a list item or a quote. */
  inside(tokens: readonly Token[]): Piece[] {
    const parts: Piece[] = [];
    for (let i = 0; i < tokens.length; i += 1) {
      const token = tokens[i]!;
      const next = tokens[i + 1];
      const [first, ...rest] = inner(token);
      if (token.type === 'checkbox') {
        // Its text comes after it.
        const text = next && next.type !== 'list' ? inner(next) : [];
        parts.push(this.task(token, text));
        if (text.length > 0) i += 1;
      } else if (token.type === 'paragraph' && first?.type === 'checkbox') {
        // Where empty lines stand between the items, it stands in the paragraph.
        parts.push(this.task(first, rest));
      } else parts.push(...this.flow(token));
    }
    return parts;
  }

  task(box: Token, text: readonly Token[]): Piece {
    return shape('p', this.inline([box, ...text]), { class: 'task' });
  }

  /** @param dir of a paragraph; within a list or quote it is left to that, which takes it from what is in it */
  flow(token: Token, dir?: 'auto'): Piece[] {
    switch (token.type) {
      case 'space':
      case 'def':
        return [];
      case 'heading':
        return [shape('p', [shape('strong', this.inline(inner(token)))], { class: 'heading', dir })];
      case 'hr':
        return [shape('hr')];
      case 'blockquote':
        return [shape('blockquote', this.inside(inner(token)), { dir: 'auto' })];
      case 'list': {
        const { ordered, start, items } = token as Tokens.List;
        return this.block({ type: 'list', ordered, start: +start, items: { items, settled: 0 } });
      }
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        return [this.table(header, { items: rows, settled: 0 })];
      }
      case 'code': {
        const { lang = '', text } = token as Tokens.Code;
        const pieces = { items: [text], settled: 0 };
        return this.block({ type: 'code', language: /^[\w+#.-]{1,24}/.exec(lang)?.[0] ?? '', pieces });
      }
      case 'html':
        return [shape('p', [(token as Tokens.HTML).text.trimEnd()], { dir })];
      default:
        return [shape('p', this.inline(inner(token)), { dir })];
    }
  }

  table(header: readonly Tokens.TableCell[], rows: Growing<readonly Tokens.TableCell[]>): Piece {
    const cell = ({ tokens, align }: Tokens.TableCell): Piece =>
      shape('td', this.inline(tokens), { class: placeOf(align) });
    const head = header.map(({ tokens, align }) =>
      shape('th', this.inline(tokens), { scope: 'col', class: placeOf(align) }),
    );
    const table = shape('table', [
      shape('thead', [shape('tr', head)]),
      shape(
        'tbody',
        listing(rows, 'tr', (row) => row.map(cell)),
      ),
    ]);
    const { table: name } = this.around;
    return shape('div', [table], {
      class: 'table',
      dir: 'auto',
      role: 'group',
      tabindex: '0',
      'aria-label': name,
    });
  }

  /** @param linked within a link, where nothing else can be pressed */
  inline(tokens: readonly Token[], linked = false): Piece[] {
    const parts: Piece[] = [];
    for (const token of tokens) {
      for (const part of this.span(token, linked)) {
        if (part === '') continue;
        // Pieces of text that touch are one, so that there is one node for them.
        if (typeof part === 'string' && typeof parts.at(-1) === 'string')
          parts.push((parts.pop() as string) + part);
        else parts.push(part);
      }
    }
    return parts;
  }

  span(token: Token, linked: boolean): readonly Piece[] {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return [shape(token.type, this.inline(inner(token), linked))];
      case 'codespan':
        return [shape('code', [token.text as string], { dir: 'ltr' })];
      case 'br':
        return [shape('br')];
      case 'checkbox':
        return [token.checked ? '☑ ' : '☐ '];
      case 'link':
        return this.link(token as Tokens.Link, linked);
      case 'image': {
        const { href, text } = token as Tokens.Image;
        const url = linked ? undefined : pictureAddress(href);
        const alt = decodeEntities(text);
        return [url ? this.element('cw-picture', { address: url.href, alt }) : alt];
      }
      case 'html':
      case 'escape':
        return [token.text as string];
      default: {
        const { tokens, escaped, text } = token as Tokens.Text;
        return tokens ? this.inline(tokens, linked) : [escaped ? text : decodeEntities(text)];
      }
    }
  }

  /** A link that leads where it may, else its text. */
  link({ href, tokens }: Tokens.Link, linked: boolean): readonly Piece[] {
    const url = linked ? undefined : safeAddress(href);
    const text = this.inline(tokens, true);
    if (!url) return text;
    const elsewhere = url.protocol.startsWith('http') && url.origin !== location.origin;
    return [
      shape('a', text, {
        ...(elsewhere && { target: '_blank', rel: 'noopener noreferrer' }),
        href: url.href,
      }),
    ];
  }
}

/** Where a cell's text stands: the right side is where a line ends, in whatever direction it is written. */
const placeOf = (align: Tokens.TableCell['align']): string | undefined =>
  align === 'right' ? 'end' : align === 'center' ? align : undefined;

/** Tokens in a token; one that has none is its own text. */
function inner(token: Token): readonly Token[] {
  return (token as Tokens.Generic).tokens ?? [token];
}

/** What the blocks of a document look like: each in an element of its own. */
export function documentView(blocks: Growing<Block>, around: Surroundings): Listing {
  const view = new View(around);
  return listing(blocks, 'div', (block) => view.block(block));
}
