import type { Token, Tokens } from 'marked';
import { html, nothing, type TemplateResult } from 'lit';
import { pictureAddress, safeAddress } from './address.js';
import { decodeEntities } from './characters.js';
import type { Block } from './document.js';
import { growing, type Growing } from './growing.js';

/** What a view takes from where it is used. */
export interface Surroundings {
  /** Speaks to the reader; handed on to the elements for code and pictures as it is. */
  readonly language: unknown;
  /** Name of a table for screen readers. */
  readonly table: string;
}

/** Draws what the tokens say, as templates: text stays text, and no token has a say in names of elements or attributes. */
class View {
  constructor(readonly around: Surroundings) {}

  block(block: Block): TemplateResult | typeof nothing {
    switch (block.type) {
      case 'list': {
        const items = growing(block.items, 'li', (item) => this.inside(item.tokens));
        return block.ordered
          ? html`<ol dir="auto" start=${block.start} ${items}></ol>`
          : html`<ul dir="auto" ${items}></ul>`;
      }
      case 'table':
        return this.table(block.header, block.rows);
      case 'code':
        return html`<cw-code .code=${block} .language=${this.around.language}></cw-code>`;
      default:
        return this.flow(block.token);
    }
  }

  /** Blocks within a list item or a quote. */
  inside(tokens: readonly Token[]): unknown {
    const parts = [];
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
      } else parts.push(this.flow(token, nothing));
    }
    return parts;
  }

  task(box: Token, text: readonly Token[]): TemplateResult {
    return html`<p class="task">${this.inline([box, ...text])}</p>`;
  }

  /** @param dir of a paragraph; within a list or quote it is left to that, which takes it from what is in it */
  flow(token: Token, dir: 'auto' | typeof nothing = 'auto'): TemplateResult | typeof nothing {
    switch (token.type) {
      case 'space':
      case 'def':
        return nothing;
      case 'heading':
        return html`<p class="heading" dir=${dir}><strong>${this.inline(inner(token))}</strong></p>`;
      case 'hr':
        return html`<hr />`;
      case 'blockquote':
        return html`<blockquote dir="auto">${this.inside(inner(token))}</blockquote>`;
      case 'list': {
        const { ordered, start, items } = token as Tokens.List;
        return this.block({ type: 'list', ordered, start: +start, items: { items, settled: 0 } });
      }
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        return this.table(header, { items: rows, settled: 0 });
      }
      case 'code': {
        const { lang = '', text } = token as Tokens.Code;
        const pieces = { items: [text], settled: 0 };
        return this.block({ type: 'code', language: /^[\w+#.-]{1,24}/.exec(lang)?.[0] ?? '', pieces });
      }
      case 'html':
        return html`<p dir=${dir}>${(token as Tokens.HTML).text.trimEnd()}</p>`;
      default:
        return html`<p dir=${dir}>${this.inline(inner(token))}</p>`;
    }
  }

  table(header: readonly Tokens.TableCell[], rows: Growing<readonly Tokens.TableCell[]>): TemplateResult {
    const cell = ({ tokens, align }: Tokens.TableCell): TemplateResult =>
      html`<td class=${placeOf(align)}>${this.inline(tokens)}</td>`;
    return html`<div class="table" dir="auto" role="group" tabindex="0" aria-label=${this.around.table}>
      <table>
        <thead>
          <tr>
            ${header.map(
              ({ tokens, align }) =>
                html`<th scope="col" class=${placeOf(align)}>${this.inline(tokens)}</th>`,
            )}
          </tr>
        </thead>
        <tbody ${growing(rows, 'tr', (row) => row.map(cell))}></tbody>
      </table>
    </div>`;
  }

  /** @param linked within a link, where nothing else can be pressed */
  inline(tokens: readonly Token[], linked = false): unknown {
    const parts: unknown[] = [];
    for (const token of tokens) {
      const part = this.span(token, linked);
      // Pieces of text that touch are one, so that there is one node for them.
      if (typeof part === 'string' && typeof parts.at(-1) === 'string')
        parts.push((parts.pop() as string) + part);
      else parts.push(part);
    }
    return parts;
  }

  span(token: Token, linked: boolean): unknown {
    switch (token.type) {
      case 'strong':
        return html`<strong>${this.inline(inner(token), linked)}</strong>`;
      case 'em':
        return html`<em>${this.inline(inner(token), linked)}</em>`;
      case 'del':
        return html`<del>${this.inline(inner(token), linked)}</del>`;
      case 'codespan':
        return html`<code dir="ltr">${token.text}</code>`;
      case 'br':
        return html`<br />`;
      case 'checkbox':
        return token.checked ? '☑ ' : '☐ ';
      case 'link':
        return this.link(token as Tokens.Link, linked);
      case 'image': {
        const { href, text } = token as Tokens.Image;
        const url = linked ? undefined : pictureAddress(href);
        const alt = decodeEntities(text);
        if (!url) return alt;
        return html`<cw-picture .address=${url.href} .alt=${alt} .language=${this.around.language}></cw-picture>`;
      }
      case 'html':
      case 'escape':
        return token.text;
      default: {
        const { tokens, escaped, text } = token as Tokens.Text;
        return tokens ? this.inline(tokens, linked) : escaped ? text : decodeEntities(text);
      }
    }
  }

  /** A link that leads where it may, else its text. */
  link({ href, tokens }: Tokens.Link, linked: boolean): unknown {
    const url = linked ? undefined : safeAddress(href);
    const text = this.inline(tokens, true);
    if (!url) return text;
    const elsewhere = url.protocol.startsWith('http') && url.origin !== location.origin;
    // White space in a template is text.
    return elsewhere
      ? html`<a href=${url.href} target="_blank" rel="noopener noreferrer">${text}</a>`
      : html`<a href=${url.href}>${text}</a>`;
  }
}

/** Where a cell's text stands: the right side is where a line ends, in whatever direction it is written. */
const placeOf = (align: Tokens.TableCell['align']): string | typeof nothing =>
  align === 'right' ? 'end' : align === 'center' ? align : nothing;

/** Tokens in a token; one that has none is its own text. */
function inner(token: Token): readonly Token[] {
  return (token as Tokens.Generic).tokens ?? [token];
}

/** Draws the blocks of a document into an element; for the place of an attribute in its tag. */
export function documentView(blocks: Growing<Block>, around: Surroundings): unknown {
  const view = new View(around);
  return growing(blocks, 'div', (block) => view.block(block));
}
