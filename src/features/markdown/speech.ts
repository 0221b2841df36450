import type { Token, Tokens } from 'marked';
import { decodeEntities } from './characters.js';
import { MarkdownDocument, type Block } from './document.js';

/** Words for what is not read out. */
export interface SpeechWords {
  /** Stands for a block of code. */
  readonly code: string;
  /** Stands for a table. */
  table(rows: number): string;
}

/** What a text in Markdown says when it is read out: no syntax and no addresses; code and tables are only named. */
export function speechOf(text: string, words: SpeechWords): string {
  const document = new MarkdownDocument();
  document.write(text, false);
  const say = (token: Token): string => {
    switch (token.type) {
      case 'space':
      case 'def':
      case 'hr':
      case 'checkbox':
        return '';
      case 'code':
        return words.code;
      case 'table':
        return words.table((token as Tokens.Table).rows.length);
      case 'list':
        return sayAll((token as Tokens.List).items);
      case 'list_item':
      case 'blockquote':
        return sayAll(token.tokens!);
      case 'br':
        return ' ';
      case 'codespan':
      case 'html':
      case 'escape':
        return token.text as string;
      default: {
        const { tokens, text: said } = token as Tokens.Generic;
        return tokens ? tokens.map(say).join('') : decodeEntities(said);
      }
    }
  };
  const sayAll = (tokens: readonly Token[]): string => sentences(tokens.map(say));
  const sayBlock = (block: Block): string => {
    if (block.type === 'list') return sayAll(block.items.items);
    if (block.type === 'table') return words.table(block.rows.items.length);
    return block.type === 'code' ? words.code : say(block.token);
  };
  return sentences(document.blocks.items.map(sayBlock));
}

/** Puts together what stands apart, so that it is not read in one breath. */
function sentences(parts: readonly string[]): string {
  const said = parts.map((part) => part.trim()).filter(Boolean);
  return said.map((part, i) => (said[i + 1] && !/\p{P}$/u.test(part) ? `${part}.` : part)).join(' ');
}
