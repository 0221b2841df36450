import { expect } from '@open-wc/testing';
import { answer } from '../../bench/performance/page/conversation.js';
import { MarkdownWriter } from '../../bench/performance/page/floor/markdown-writer.js';

/** What it writes of a text that comes in pieces, as markup. */
function written(pieces: readonly string[]): string {
  const root = document.createElement('div');
  const writer = new MarkdownWriter(root);
  for (const piece of pieces) writer.write(piece);
  writer.write('', true);
  return root.innerHTML;
}

describe('the Markdown of the floor', () => {
  const cases: readonly [what: string, text: string, markup: string][] = [
    ['paragraphs', 'One\ntwo\n\nthree', '<p>One\ntwo</p><p>three</p>'],
    ['headings', '## Two\nText', '<h2>Two</h2><p>Text</p>'],
    ['marks', 'a **b** *c* `d`', '<p>a <strong>b</strong> <em>c</em> <code>d</code></p>'],
    ['lists', '- a\n- **b**\n\n1. c\n', '<ul><li>a</li><li><strong>b</strong></li></ul><ol><li>c</li></ol>'],
    ['quotes', '> a\n\nb', '<blockquote><p>a</p></blockquote><p>b</p>'],
    ['links', '[a](https://x.example) [b]', '<p><a href="https://x.example" rel="noopener">a</a> [b]</p>'],
    ['links to nowhere good', '[a](javascript:b)', '<p>[a](javascript:b)</p>'],
    ['code', '```js\nlet a;\n\nlet b;\n```\nc', '<pre><code>let a;\n\nlet b;\n</code></pre><p>c</p>'],
    [
      'tables',
      '| a | b |\n|---|---|\n| c | `d` |\n',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td><code>d</code></td></tr></table>',
    ],
    ['markup as text', '<b>a</b>', '<p>&lt;b&gt;a&lt;/b&gt;</p>'],
  ];
  for (const [what, text, markup] of cases) {
    it(`has ${what}, at once and by the character`, () => {
      expect(written([text])).to.equal(markup);
      expect(written([...text])).to.equal(markup);
    });
  }

  it('comes out the same however an answer is cut', () => {
    const tokens = answer(600);
    const whole = written([tokens.join('')]);
    expect(whole).to.contain('<h2>').and.to.contain('<table>').and.to.contain('<pre>');
    expect(written(tokens)).to.equal(whole);
    expect(written([...tokens.join('')])).to.equal(whole);
  });

  it('only ever adds', () => {
    const root = document.createElement('div');
    const observer = new MutationObserver(() => {});
    observer.observe(root, { subtree: true, childList: true });
    const writer = new MarkdownWriter(root);
    for (const token of answer(600)) writer.write(token);
    const records = observer.takeRecords();
    expect(records.some(({ removedNodes }) => removedNodes.length > 0)).to.equal(false);
  });
});
