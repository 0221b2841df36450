import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import type { CwMessage } from '../../src/elements/cw-message.js';
import type { CwRichText } from '../../src/elements/cw-rich-text.js';
import type { CwTranscript } from '../../src/elements/cw-transcript.js';
import type { ChatMessage } from '../../src/conversation/state.js';
import { HOSTILE } from '../fixtures/hostile-markdown.js';
import { aiSays, guestSays, staffSays } from './fake-client.js';
import { laidOut, openWidget, type Opened } from './open-widget.js';

const markdown = (text: string, rest: Partial<ChatMessage> = {}): ChatMessage =>
  aiSays(text, { format: 'markdown', ...rest });

/** A widget that shows messages, once what formats them is there. */
async function openRich(messages: ChatMessage[], properties: Partial<ChatWidget> = {}): Promise<Opened> {
  const opened = await openWidget({ messages }, properties);
  await waitUntil(() => opened.all('.rich').length > 0, 'formatted text is drawn');
  await opened.drawn();
  return opened;
}

/** Markup of the last message, without what templates leave behind. */
const markup = ({ all }: Opened): string =>
  all('.md')
    .at(-1)!
    .innerHTML.replace(/<!--.*?-->/g, '')
    .replace(/>\s*\n\s*</g, '><');

const EVERYTHING = `# A heading

Hello **bold**, *soft*, ~~gone~~, \`code\` and [a link](https://shop.test/tents).

- one
- two
  1. inner
- [x] done
- [ ] open

> A quote
> of two lines

| Tent | Weight |
|:-----|-------:|
| Ridge 2 | 2.4 kg |

\`\`\`js
const price = 249; ${'// a long line '.repeat(10)}
\`\`\`

![A tent](https://pictures.test/tent.jpg)

---

The end.`;

/** What texts are put together from, with § between them: beginnings, ends and halves of everything. */
const PIECES = [
  'Hello § text. § a\nb § 日本語 § עברית § \n § \n § \n\n § \n\n § \r\n §   §     §     § \t',
  '**bold** § *em* § `code` § ~~gone~~ § ** § * § _ § __ § ` § `` § [ § ] § ( § ) § | § \\*',
  '- item § \n- a § \n- b § \n  - inner § \n1. one § \n2. two § \n\n3. three § +  § 1)  § * ',
  '- [ ] open § - [x] done § \n\n- [x] loose § \n- [ ]\n § \n\n> - [x] task\n>\n> - b',
  '# Head § \n## Sub\n § > quote § \n> more § --- § ===',
  '```js\n § \n```\n § let x = 1;\n § ~~~\n § | a | b |\n § |---|---|\n § | 1 | 2 |\n § | 3 ',
  '[link](https://a.test/x) § [bad](data:x) § [ref][1] § \n\n[1]: https://r.test\n\n § <https://b.test>',
  '![img](https://i.test/a.png) § <b> § </b> § <!-- § &amp; § &#65; § https://auto.test/p ',
].flatMap((line) => line.split(' § '));

describe('<cw-rich-text>', () => {
  it('stands the head of a column over its cells', async () => {
    const { all } = await openRich([markdown('| Item | Days |\n|---|--:|\n| Tent | 60 |')]);
    const sides = all('th, td').map((cell) => getComputedStyle(cell).textAlign.replace('start', 'left'));
    expect(sides).to.deep.equal(['left', 'end', 'left', 'end']);
  });

  for (const [name, look, dir] of [
    ['light', { theme: 'light' }, 'ltr'],
    ['dark', { theme: 'dark' }, 'ltr'],
    ['right to left', {}, 'rtl'],
  ] as const) {
    it(`is accessible with everything in it: ${name}`, async () => {
      document.documentElement.dir = dir;
      const sources = [{ title: 'Guide', url: 'https://shop.test/guide' }];
      const { widget, all } = await openRich(
        [markdown(EVERYTHING, { sources }), staffSays(EVERYTHING, { format: 'markdown' })],
        look,
      );
      expect(all('table, pre, blockquote, ol, hr, .heading, .picture').length).to.equal(14);
      expect(all('.source').length).to.equal(1);
      await expect(widget).to.be.accessible();
      document.documentElement.dir = '';
    }).timeout(15_000);
  }

  it('formats what the AI and staff say in Markdown, and nothing else', async () => {
    const { all } = await openRich([
      guestSays('**no**', { format: 'markdown' }),
      aiSays('**no**'),
      markdown('**yes**'),
      staffSays('**yes**', { format: 'markdown' }),
      staffSays('**no**'),
    ]);
    expect(all('.bubble').map((bubble) => bubble.textContent!.trim())).to.deep.equal([
      '**no**',
      '**no**',
      'yes',
      'yes',
      '**no**',
    ]);
  });

  it('shows text at once, and forms it when what forms it has come', async () => {
    const { all, client, drawn } = await openWidget({ messages: [guestSays('Hi')] });
    client.add(markdown('Some **text**'));
    await drawn();
    expect(all('.bubble.ai')[0]!.textContent).to.contain('Some');
    await waitUntil(() => all('.bubble.ai strong').length === 1);
  });

  it('lets go of a message that is taken away while it is about to be drawn', async () => {
    const { find } = await openRich([markdown('Some **text**')]);
    const message = find<CwMessage>('cw-message');
    message.remove();
    message.message = { ...message.message, text: 'Other *text*' };
    await message.updateComplete;
    expect(message.isUpdatePending).to.equal(false);
    expect(message.querySelector('.bubble')!.classList.contains('rich')).to.equal(true);
  });

  it('draws formatted text at once in a widget that comes later', async () => {
    await openRich([markdown('Some **text**')]);
    const { texts } = await openWidget({ messages: [markdown('More **text**')] });
    expect(texts('.bubble strong')).to.deep.equal(['text']);
  });

  it('leaves no moment without a text when formed text takes its place, which would move what is read', async () => {
    const { find } = await openRich([markdown('x')]);
    const { markdown: reader } = find<CwRichText>('cw-rich-text');
    const element = document.createElement('cw-rich-text') as CwRichText;
    Object.assign(element, { markdown: reader, text: 'Some **text**' });
    find('.messages').append(element);
    expect(element.textContent).to.contain('Some text');
    element.remove();
  });

  const cases: Record<string, [written: string, drawn: string]> = {
    'paragraphs and emphasis': [
      'a **b** *c* ~~d~~\n\ne',
      '<div><p dir="auto">a <strong>b</strong> <em>c</em> <del>d</del></p></div><div><p dir="auto">e</p></div>',
    ],
    'headings as bold text': ['## A', '<div><p class="heading" dir="auto"><strong>A</strong></p></div>'],
    'lists, with the number they begin with': [
      '3. a\n4. b\n   - c',
      '<div><ol dir="auto" start="3"><li><p>a</p></li><li><p>b</p><ul dir="auto"><li><p>c</p></li></ul></li></ol></div>',
    ],
    tasks: [
      '- [x] a\n- [ ] b',
      '<div><ul dir="auto"><li><p class="task">☑ a</p></li><li><p class="task">☐ b</p></li></ul></div>',
    ],
    'tasks with empty lines between them': [
      '- [x] a\n\n- [ ] **b**\n\n  more',
      '<div><ul dir="auto"><li><p class="task">☑ a</p></li><li><p class="task">☐ <strong>b</strong></p><p>more</p></li></ul></div>',
    ],
    'links to elsewhere': [
      '[a](https://b.test/c)',
      '<div><p dir="auto"><a target="_blank" rel="noopener noreferrer" href="https://b.test/c">a</a></p></div>',
    ],
    'mail and telephone': [
      '<mailto:a@b.test> [call](tel:+123)',
      '<div><p dir="auto"><a href="mailto:a@b.test">mailto:a@b.test</a> <a href="tel:+123">call</a></p></div>',
    ],
    'links to nowhere as their text': ['[a](javascript:b) [c](/d)', '<div><p dir="auto">a c</p></div>'],
    'quotes and rules': [
      '> a\n\n---',
      '<div><blockquote dir="auto"><p>a</p></blockquote></div><div><hr></div>',
    ],
    'HTML as text': ['a <b>c</b>', '<div><p dir="auto">a &lt;b&gt;c&lt;/b&gt;</p></div>'],
    entities: ['&lt;a&gt; &amp;amp; &copy; &#65;', '<div><p dir="auto">&lt;a&gt; &amp;amp; © A</p></div>'],
  };
  for (const [name, [written, drawn]] of Object.entries(cases)) {
    it(`draws ${name}`, async () => {
      expect(markup(await openRich([markdown(written)]))).to.equal(drawn);
    });
  }

  it('draws tables in a box that scrolls', async () => {
    const { find, texts } = await openRich([markdown('| a | b |\n|---|--:|\n| c | d |')]);
    expect(texts('th, td')).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(find('.table').tabIndex).to.equal(0);
    expect(getComputedStyle(find('td.end')).textAlign).to.equal('end');
    expect(getComputedStyle(find('th')).textAlign).to.match(/left|start/);
  });

  it('draws code with its language, in a box that scrolls, and copies it', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `line ${i} <b>`).join('\n');
    const { find, all, texts, drawn } = await openRich([markdown(`\`\`\`ts\n${lines}\n\`\`\``)]);
    expect(find('code').textContent).to.equal(lines);
    expect(texts('.code-language')).to.deep.equal(['ts']);
    expect(find('pre').getAttribute('aria-label')).to.equal('Code sample, ts');
    const copied: string[] = [];
    const { clipboard } = navigator;
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => void copied.push(text) },
      configurable: true,
    });
    all('.copy')[0]!.click();
    await waitUntil(() => texts('[role=status]').includes('Copied'));
    await drawn();
    expect(copied).to.deep.equal([lines]);
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: () => Promise.reject(new Error('denied')) },
      configurable: true,
    });
    all('.copy')[0]!.click();
    await waitUntil(() => texts('[role=status]').includes('Couldn’t copy'));
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
  });

  it('fetches a picture when it is asked to', async () => {
    const address = new URL('/no-such-picture.png', location.href).href;
    const { find, all, widget } = await openRich([markdown(`![A tent](${address})`)]);
    expect(find('.picture').textContent!.replace(/\s+/g, ' ').trim()).to.equal(
      `A tent Show picture from ${location.host}`,
    );
    expect(all('img')).to.be.empty;
    find('.picture').click();
    await waitUntil(() => all('.picture-link').length === 1);
    expect(widget.shadowRoot!.activeElement === find('.picture-link')).to.be.true;
    // There is none; its words stay, as a link.
    await waitUntil(() => all('img').length === 0);
    expect(find('.picture-link').textContent).to.equal('A tent');
  });

  it('names the pages an answer was drawn from', async () => {
    const sources = [
      { title: 'Ridge 2 guide', url: 'https://shop.test/guide' },
      { title: 'Not to be followed', url: 'javascript:harm()' },
    ];
    const { all, texts } = await openRich([markdown('Text', { sources })]);
    expect(texts('.source')).to.deep.equal(['Ridge 2 guide', 'Not to be followed']);
    expect(all<HTMLAnchorElement>('a.source').map(({ href }) => href)).to.deep.equal([
      'https://shop.test/guide',
    ]);
  });

  it('speaks another language at once, also in what is settled', async () => {
    const { widget, texts, drawn } = await openRich([markdown('```\na\n```\n\nb')]);
    widget.strings = { 'md.copy': 'Kopieren' };
    await drawn();
    expect(texts('.copy')).to.deep.equal(['Kopieren']);
  });

  describe('while an answer grows', () => {
    const part = (id: number): string =>
      `## Part ${id}\n\nA paragraph with **bold text**, \`code\` and [a link](https://shop.test/${id}) in it.\n\n` +
      `- first item ${id}\n- second *item*\n- third\n\n| a | b |\n|---|---|\n| ${id} | two |\n| three | four |\n\n` +
      `\`\`\`js\nconst n = ${id};\nconsole.log(n);\n\`\`\`\n\n`;
    const answer = Array.from({ length: 12 }, (_, id) => part(id)).join('');

    async function growingText(): Promise<CwRichText> {
      const { find } = await openRich([markdown('x')]);
      const { markdown: reader } = find<CwRichText>('cw-rich-text');
      return fixture<CwRichText>(html`<cw-rich-text .markdown=${reader} .unfinished=${true}></cw-rich-text>`);
    }

    it('reads each character a bounded number of times, however long the answer has become', async () => {
      const element = await growingText();
      const cost: number[] = [];
      for (let end = 4; end < answer.length; end += 4) {
        const before = element.read;
        element.text = answer.slice(0, end);
        await element.updateComplete;
        cost.push(element.read - before);
      }
      const sum = (some: number[]): number => some.reduce((all, one) => all + one, 0);
      const quarter = Math.floor(cost.length / 4);
      expect(Math.max(...cost)).to.be.below(250);
      expect(sum(cost.slice(-quarter))).to.be.below(sum(cost.slice(0, quarter)) * 1.1);
    }).timeout(20_000);

    it('touches no node of what is settled, and takes none away', async () => {
      const element = await growingText();
      const blocks = element.querySelector('.md')!;
      const touched: MutationRecord[] = [];
      let [removed, added, tokens] = [0, 0, 0];
      for (let end = 4; end < answer.length; end += 4) {
        const settled = [...blocks.children].slice(0, -2);
        const observer = new MutationObserver(() => undefined);
        observer.observe(blocks, { subtree: true, childList: true, characterData: true, attributes: true });
        element.text = answer.slice(0, end);
        await element.updateComplete;
        await Promise.resolve();
        for (const record of observer.takeRecords()) {
          if (settled.some((block) => block.contains(record.target))) touched.push(record);
          removed += [...record.removedNodes].filter((node) => node instanceof Element).length;
          added += record.addedNodes.length;
        }
        observer.disconnect();
        tokens += 1;
      }
      expect(touched).to.be.empty;
      expect(removed).to.equal(0);
      expect(added / tokens).to.be.below(2);
    }).timeout(20_000);

    it('looks in the end as if it had come at once', async () => {
      const element = await growingText();
      for (let end = 7; end < answer.length; end += 7) {
        element.text = answer.slice(0, end);
        await element.updateComplete;
      }
      element.text = answer;
      element.unfinished = false;
      await element.updateComplete;
      const once = await growingText();
      once.text = answer;
      once.unfinished = false;
      await once.updateComplete;
      expect(element.textContent!.replace(/\s+/g, ' ')).to.equal(once.textContent!.replace(/\s+/g, ' '));
      const tags = (root: Element): string =>
        [...root.querySelectorAll('*')].map(({ localName }) => localName).join(' ');
      expect(tags(element)).to.equal(tags(once));
    });

    it('draws whatever is put together, alike at once and while it grows', async () => {
      const [once, element] = [await growingText(), await growingText()];
      const failed: string[] = [];
      const draw = async (on: CwRichText, text: string, unfinished: boolean): Promise<string> => {
        Object.assign(on, { text, unfinished });
        await on.updateComplete;
        const drawn = on.querySelector('.md')!.innerHTML.replace(/<!--.*?-->/g, '');
        // An empty code block has an empty line in it, or none.
        return drawn.replaceAll('<span></span>', '');
      };
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), async (pieces) => {
          const text = pieces.join('');
          for (let end = 3; end < text.length; end += 3) await draw(element, text.slice(0, end), true);
          if ((await draw(element, text, false)) !== (await draw(once, text, false))) failed.push(text);
        }),
        { numRuns: 600, seed: 11 },
      );
      expect(failed).to.deep.equal([]);
    }).timeout(60_000);

    it('ends it with a caret, and keeps the text of one that was stopped', async () => {
      const reply = aiSays('Some **bo', { streaming: true, seq: undefined });
      const opened = await openRich([reply]);
      expect(opened.texts('.bubble.ai')).to.deep.equal(['Some bo']);
      const caret = (): string => getComputedStyle(opened.find('.md p'), '::after').inlineSize;
      expect(caret()).to.equal('9px');
      const text = opened.find('.md strong');
      await opened.set({ messages: [{ ...reply, streaming: false, stopped: true }] });
      expect(opened.texts('.bubble.ai')).to.deep.equal(['Some bo']);
      expect(opened.find('.md strong') === text).to.be.true;
      expect(caret()).to.not.equal('9px');
    });
  });

  describe('of somebody who means harm', () => {
    const page = window as unknown as { harm?: () => void };
    let harmed = 0;

    before(() => (page.harm = () => void (harmed += 1)));
    after(() => delete page.harm);

    const HARMFUL =
      'script, iframe, object, form, style, link, img, base, meta, input, svg *:not(path), [id], [name], [src], [style]';

    /** What must not be there. */
    function harmIn(root: ParentNode): string[] {
      const found = [...root.querySelectorAll(`.md :is(${HARMFUL})`)].map(({ outerHTML }) => outerHTML);
      for (const element of root.querySelectorAll<HTMLElement>('.md *')) {
        const { href, username } = element as HTMLAnchorElement;
        const names = element.getAttributeNames();
        if (names.some((name) => name.startsWith('on'))) found.push(element.outerHTML);
        if (href !== undefined && (!/^(?:https?|mailto|tel):/.test(href) || username)) found.push(href);
      }
      return found;
    }

    it('nothing runs, nothing is fetched, nothing is overwritten, and none is drawn without end', async () => {
      const requests: string[] = [];
      const observer = new PerformanceObserver((list) =>
        requests.push(...list.getEntries().map(({ name }) => name)),
      );
      observer.observe({ type: 'resource' });
      const globals = Object.getOwnPropertyNames(window).toSorted();
      const { find, widget } = await openRich([markdown('x')]);
      const { markdown: reader } = find<CwRichText>('cw-rich-text');
      const box = find('.messages');
      const harm: string[] = [];
      /** Nodes that were drawn for the text that took most. */
      let most = 0;
      for (const text of HOSTILE) {
        const element = Object.assign(document.createElement('cw-rich-text') as CwRichText, {
          markdown: reader,
          text,
        });
        box.append(element);
        await element.updateComplete;
        harm.push(...harmIn(box));
        most = Math.max(most, element.querySelectorAll('*').length);
        element.remove();
      }
      await laidOut();
      expect(harmed).to.equal(0);
      expect(requests.filter((url) => new URL(url).origin !== location.origin)).to.be.empty;
      expect(Object.getOwnPropertyNames(window).toSorted()).to.deep.equal(globals);
      expect(harm).to.be.empty;
      // What it costs in time is measured by bench/hostile.ts; it follows from what is drawn.
      expect(most).to.be.below(10_000);
      expect(widget.isConnected).to.be.true;
      observer.disconnect();
    }).timeout(60_000);

    it('a transcript survives all of it together', async () => {
      const messages = HOSTILE.filter((text) => text.length < 10_000).map((text, i) =>
        i % 2 ? markdown(text) : staffSays(text, { format: 'markdown' }),
      );
      const opened = await openRich([...messages, markdown('The **end**')]);
      expect(opened.texts('.bubble').at(-1)).to.equal('The end');
      const drawn = new Set<string>();
      const transcript = opened.find<CwTranscript>('cw-transcript');
      for (let at = 10; at < messages.length + 10; at += 20) {
        await transcript.reveal(messages[Math.min(at, messages.length - 1)]!.id);
        for (const { message } of opened.all<CwMessage>('cw-message')) drawn.add(message.id);
        expect(harmIn(opened.widget.shadowRoot!)).to.be.empty;
      }
      expect(drawn.size).to.equal(messages.length + 1);
      expect(harmed).to.equal(0);
    }).timeout(60_000);

    it('is as harmless while it grows', async () => {
      const { find } = await openRich([markdown('x')]);
      const { markdown: reader } = find<CwRichText>('cw-rich-text');
      const element = await fixture<CwRichText>(
        html`<cw-rich-text .markdown=${reader} .unfinished=${true}></cw-rich-text>`,
      );
      for (const text of HOSTILE.filter(({ length }) => length < 500)) {
        for (let end = 1; end <= text.length; end += 3) {
          element.text = text.slice(0, end);
          await element.updateComplete;
        }
        expect(harmIn(element)).to.be.empty;
      }
      expect(harmed).to.equal(0);
    }).timeout(60_000);
  });
});
