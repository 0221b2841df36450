import { MagicString } from 'magic-string';
import type { Plugin } from 'vite';

/** What `marked` makes at the end of its module, for those who want HTML, and what it exports. */
const PARSER_INSTANCE =
  /;var (\w+)=new \w+;function \w+\(\w+,\w+\)\{return \1\.parse\([^]*?;export\{([^}]*)\};?/;
/** What we take of it. */
const WANTED = ['Lexer', 'Tokenizer'];

/**
 * Leaves out the half of `marked` that writes HTML: we take its lexer alone. Its file is one module that makes a parser of
 * its own when it is loaded, so no bundler can see that the parser is not wanted. Saves 3.3 kB gzip.
 */
export function lexerOnly(): Plugin {
  return {
    name: 'lexer-only',
    enforce: 'pre',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('/marked/lib/marked.esm.js')) return undefined;
      const end = PARSER_INSTANCE.exec(code);
      const exports = end?.[2]!.split(',').filter((entry) => WANTED.includes(entry.split(' as ')[1]!)) ?? [];
      if (!end || exports.length !== WANTED.length) {
        throw new Error('lexer-only: marked looks different now; see what its module ends with');
      }
      const text = new MagicString(code);
      text.overwrite(end.index, end.index + end[0].length, `;export{${exports.join(',')}};`);
      return { code: text.toString(), map: text.generateMap({ hires: true }) };
    },
  };
}
