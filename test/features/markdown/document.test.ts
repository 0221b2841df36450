import { expect } from '@open-wc/testing';
import type { Token } from 'marked';
import { MarkdownDocument, type Block } from '../../../src/features/markdown/document.js';
import { tame } from '../../../src/features/markdown/tame.js';

type Node = Partial<Token> & {
  type?: string;
  tokens?: Node[];
  text?: string;
  items?: Node[];
  checked?: boolean;
};

/** What is read in a token; pictures aside, which show nothing until they are complete. */
function said(node: Node): string {
  if (['image', 'def', 'space'].includes(node.type!)) return '';
  if (node.type === 'br') return ' ';
  if (node.type === 'checkbox') return node.checked ? '☑ ' : '☐ ';
  const inner = node.tokens ?? node.items;
  return inner
    ? inner.map(said).join(['list', 'list_item', 'blockquote'].includes(node.type!) ? ' ' : '')
    : (node.text ?? '');
}

/** A block as an outline: the kinds of its tokens, and their words. */
function outline(block: Block): unknown {
  switch (block.type) {
    case 'flow':
      return tree(block.token as Node);
    case 'list':
      return [block.ordered ? block.start : '-', ...block.items.items.map((item) => tree(item as Node))];
    case 'table':
      return [block.header, ...block.rows.items].map((row) =>
        row.map(({ tokens }) => tokens.map((token) => tree(token as Node))),
      );
    case 'code':
      return ['code', block.language, block.pieces.items.join('\n')];
  }
}

function tree({ type, tokens, items, text }: Node): unknown {
  const kind = type === 'text' && tokens ? 'paragraph' : type;
  return [kind, (tokens ?? items)?.filter((token) => token.type !== 'space').map(tree) ?? text];
}

const seen = ({ blocks }: MarkdownDocument): string =>
  blocks.items
    .map((block) => {
      if (block.type === 'code') return block.pieces.items.join('\n');
      if (block.type === 'list') return block.items.items.map((item) => said(item as Node)).join(' ');
      if (block.type === 'table')
        return [block.header, ...block.rows.items]
          .map((row) => row.map((cell) => said(cell as Node)).join(' '))
          .join(' ');
      return said(block.token as Node);
    })
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

const numbers = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

const TEXTS: Readonly<Record<string, string>> = {
  prose:
    'Hello **bold text** and *it* with `code` and ***both***, [a link](https://a.b/c "t") then ~~gone~~ end.\n\nSecond __part__ with snake_case_name and 5*3 = 15, 2 * 3. Done!\n',
  lists:
    'Intro:\n\n- one **b**\n- two\n  - nested *x*\n  - more\n- three\n\n1. first\n2. second\n   continued\n3. third\n\n- [ ] open\n- [x] done\n\nEnd.',
  'loose lists': '- a\n\n- b\n\n  more of b\n\n- c\n\ntext',
  'a list after a paragraph': 'text\n- x\n- y\ngoes on\n\n* star\n* list\n+ plus\n',
  'a long list': numbers(40, (i) => `${i + 1}. item **${i}** with text`),
  'deep lists': '- a\n  - b\n    - c\n      > q\n      > r\n  - d\n- e',
  'code in a list': '1. Do\n   ```sh\n   npm **i**\n   ```\n2. Then\n\n   more\n3. End',
  code: 'See:\n\n```ts title\nconst a = `x`;\n**no**\n\n```\n\nThen `inline`.\n\n~~~\ntilde\n```\n~~~\nafter\n',
  'long code': `x\n\n\`\`\`js\n${numbers(60, (i) => `line ${i} * ${i}`)}\n\`\`\`\ndone`,
  table:
    'Sizes:\n\n| Tent | **Weight** |\n|---|--:|\n| Ridge | 2.4 kg |\n| Vale `x` | 3 kg |\n| Third | *4* kg |\n\nAfter.',
  headings: '# Title **x**\n\ntext\n\n## Sub\ntext2\n\n---\n\nSetext\n======\n\nfin',
  quotes: '> quoted **bold\n> still bold** text\n>\n> second\n\nout',
  HTML: 'a <b>bold</b> x\n\n<div>\nblock\n</div>\n\n<section>text</section>\n\nend',
  pictures: 'One ![alt text](https://x.y/z.png) here.\n\n![only](https://q.w/e.jpg)\n',
  links: 'Go <https://a.b> or https://c.d/e_f_g. [more](https://e.f/(g))\n\nMail me@x.org &amp; co &lt;b&gt;',
  'stars of all kinds': '* *a* b\n* **c**\n\n**Note:** text. **A**: b\n\n***\n\n*end*',
  'line ends of all kinds': 'a\r\n\r\n- b\r\n- c\r\n\r\nd',
  'other scripts': '你好**世界**。請看[連結](https://a.b)。\n\n- 一\n- 二\n\nHi 👋 **👩‍👩‍👧** مرحبا **بك**',
};

const REFERENCES =
  '[br [nested] x](https://e.f) array[0] = 1 [x] y. See [one] and [two][one].\n\nMore.\n\n[one]: https://x.y\n\nAnd [one] again.';

describe('a growing document', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    it(`shows ${name} without raw syntax: what is seen only grows`, () => {
      const once = new MarkdownDocument();
      once.write(text, false);
      const whole = seen(once);
      const growing = new MarkdownDocument();
      const wrong: string[] = [];
      for (let end = 1; end <= text.length; end += 1) {
        growing.write(text.slice(0, end), true);
        // The sign before a picture is held back only when it is known to be one.
        if (!whole.startsWith(seen(growing).replace(/ !$/, '')))
          wrong.push(`${text.slice(0, end).slice(-20)} → ${seen(growing).slice(-30)}`);
      }
      expect(wrong.join('\n')).to.equal('');
    });
  }

  for (const [name, text] of Object.entries({ ...TEXTS, references: REFERENCES })) {
    it(`ends with the same blocks however ${name} has come`, () => {
      const once = new MarkdownDocument();
      once.write(text, false);
      for (const step of [1, 2, 3, 5, 7, 13, 1000]) {
        const growing = new MarkdownDocument();
        for (let end = step; end < text.length; end += step) growing.write(text.slice(0, end), true);
        growing.write(text, false);
        expect(growing.blocks.items.map(outline), `pieces of ${step}`).to.deep.equal(
          once.blocks.items.map(outline),
        );
      }
    });
  }

  it('never changes what is settled', () => {
    const text = Object.values(TEXTS).join('\n\n');
    const document = new MarkdownDocument();
    let settled: Block[] = [];
    for (let end = 3; end < text.length; end += 3) {
      document.write(text.slice(0, end), true);
      const { items, settled: count } = document.blocks;
      settled.forEach((block, i) => expect(items[i] === block).to.be.true);
      expect(count).to.be.at.least(settled.length);
      settled = items.slice(0, count);
    }
    expect(settled.length).to.be.above(40);
  });

  for (const [what, unit] of Object.entries({
    paragraphs: 'Some words that make a **paragraph** of text.\n\n',
    'one list': '- an item with *some* text in it\n',
    'one table': '| a | b |\n',
    'one code block': 'const line = of(code);\n',
    'one paragraph': 'word and **word** ',
    'one quote': '> quoted text that goes on\n',
    'one item with many in it': '  - nested item\n',
  })) {
    it(`reads ${what} in time that is in proportion to the length`, () => {
      const opening =
        {
          'one table': '| a | b |\n|---|---|\n',
          'one code block': '```\n',
          'one item with many in it': '- a\n',
        }[what] ?? '';
      const reads = [200, 400].map((count) => {
        const text = opening + unit.repeat(count);
        const document = new MarkdownDocument();
        for (let end = 5; end <= text.length; end += 5) document.write(text.slice(0, end), true);
        return document.read / text.length;
      });
      // The second is twice as long: it must not cost noticeably more for each character.
      expect(reads[1]).to.be.below(Math.max(reads[0]! * 1.1, what.startsWith('one ') ? 500 : 0));
    }).timeout(20_000);
  }

  it('reads anew what is not a continuation', () => {
    const document = new MarkdownDocument();
    document.write('Some **text', true);
    document.write('Other text', true);
    expect(seen(document)).to.equal('Other text');
    document.write('Other text and more', false);
    document.write('Other text and more', false);
    expect(seen(document)).to.equal('Other text and more');
    document.write('Other text and more and more', true);
    expect(seen(document)).to.equal('Other text and more and more');
  });

  it('waits for the other half of a character and of a line end', () => {
    const document = new MarkdownDocument();
    document.write('a \uD83D', true);
    expect(seen(document)).to.equal('a');
    document.write('a \uD83D\uDC4B', true);
    expect(seen(document)).to.equal('a 👋');
  });

  it('leaves out control characters and overrides of the direction', () => {
    const document = new MarkdownDocument();
    document.write('a\u0000b\u202Ec `d\u202De`', false);
    expect(seen(document)).to.equal('abc de');
  });
});

describe('tame', () => {
  const cases: readonly [written: string, shown: string][] = [
    ['a **bo', 'a **bo**'],
    ['a **bo*', 'a **bo**'],
    ['a **', 'a'],
    ['a *b **c', 'a *b **c***'],
    ['a `co', 'a `co`'],
    ['a ~~b', 'a ~~b~~'],
    ['2 * 3', '2 * 3'],
    ['5*3', '5*3'],
    ['snake_case', 'snake_case'],
    ['a [b', 'a b'],
    ['a [b]', 'a b'],
    ['a [b](htt', 'a b'],
    ['a ![b](htt', 'a'],
    ['a [**b', 'a **b**'],
    ['a <htt', 'a htt'],
    ['a &am', 'a'],
    ['a\n\n```', 'a\n\n'],
    ['a\n\n```js', 'a\n\n'],
    ['a\n-', 'a\n'],
    ['a\n\n12', 'a\n\n'],
    ['a\n\n#', 'a\n\n'],
    ['- [', ''],
    ['a\n- **', 'a\n'],
    ['| a | b', '| a | b |\n|-|-|'],
    ['| a | b |\n|--', '| a | b |\n|-|-|'],
  ];
  for (const [written, shown] of cases) {
    it(`shows ${JSON.stringify(written)} as ${JSON.stringify(shown)}`, () => {
      expect(tame(written).text).to.equal(shown);
    });
  }
});
