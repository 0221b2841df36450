import { transform } from 'lightningcss';
import { MagicString } from 'magic-string';
import type { Plugin } from 'vite';

/** Just what is read of a syntax tree node. */
interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/**
 * Makes the markup and styles inside src's `html`, `svg` and `css` literals small, which minifiers of JavaScript leave
 * as written.
 *
 * Styles without `${}` go through Lightning CSS with no browser targets, so that it shortens and never lowers. In all else
 * line breaks with their indentation are folded into one space, of which a browser makes the same, or into nothing at the
 * edge of a block, where a browser shows nothing but still has a node to make for each bubble. What stands in a `<pre>`
 * or a `<textarea>` keeps its white space.
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    enforce: 'post', // by now TypeScript has become JavaScript
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /\b(?:html|svg|css)`/ },
      handler(code, id) {
        const out = new MagicString(code);
        for (const literal of taggedLiterals(this.parse(code) as unknown as Node))
          shorten(out, code, literal, id);
        return out.hasChanged()
          ? { code: out.toString(), map: out.generateMap({ hires: 'boundary' }) }
          : null;
      },
    },
  };
}

interface Literal {
  tag: 'html' | 'svg' | 'css';
  quasis: Node[];
}

function* taggedLiterals(node: Node): Generator<Literal> {
  const tag = (node.tag as { name?: string } | undefined)?.name;
  if (node.type === 'TaggedTemplateExpression' && (tag === 'html' || tag === 'svg' || tag === 'css')) {
    yield { tag, quasis: (node.quasi as { quasis: Node[] }).quasis };
  }
  for (const child of Object.values(node).flat()) {
    if (typeof (child as Node | null)?.type === 'string') yield* taggedLiterals(child as Node);
  }
}

function shorten(out: MagicString, code: string, { tag, quasis }: Literal, id: string) {
  const parts = quasis.map((quasi) => code.slice(quasi.start, quasi.end));
  const only = quasis.length === 1 ? quasis[0] : undefined;
  const short =
    tag === 'css' && only ? [minifyCss((only.value as { cooked: string }).cooked, id)] : foldLines(parts);
  for (const [index, { start, end }] of quasis.entries()) {
    if (start < end) out.update(start, end, short[index] ?? '');
  }
}

/** Stands for each `${}` while the parts are looked at together; no source contains it. */
const HOLE = '\0';

function foldLines(parts: string[]): string[] {
  const verbatim = /(?<=<(pre|textarea)\b[^>]*>)[^]*?(?=<\/\1\s*>)/;
  // A line break after a backslash is part of an escape and stays.
  const lineBreak = /(?<!\\)[ \t]*\n\s*/;
  return parts
    .join(HOLE)
    .replace(
      new RegExp(`${verbatim.source}|${lineBreak.source}`, 'g'),
      (found: string, verbatimIn: string | undefined, at: number, all: string) => {
        if (verbatimIn) return found;
        return AFTER_BLOCK.test(all.slice(0, at)) || BEFORE_BLOCK.test(all.slice(at + found.length))
          ? ''
          : ' ';
      },
    )
    .split(HOLE);
}

/** Elements that white space beside them or at their edges is not seen of: blocks, and what has no box of its own. */
const BLOCK = '(?:div|p|ul|ol|li|header|footer|section|h[1-6]|cw-[a-z-]+)';
const AFTER_BLOCK = new RegExp(`</?${BLOCK}\\b(?:[^<>"]|"[^"]*")*>$`);
const BEFORE_BLOCK = new RegExp(`^</?${BLOCK}\\b`);

function minifyCss(css: string, filename: string) {
  const { code } = transform({ filename, code: Buffer.from(css), minify: true });
  return code.toString().replace(/[\\`]|\$\{/g, '\\$&');
}
