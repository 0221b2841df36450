import { expect } from '@open-wc/testing';
import { speechOf } from '../../../src/features/markdown/speech.js';

const say = (text: string): string =>
  speechOf(text, { code: 'Code sample', table: (rows) => `table, ${rows} rows` });

describe('speechOf()', () => {
  it('says the text without its syntax, and links without their address', () => {
    expect(
      say('Yes, **to 3000 mm**. See the [size chart](https://x.example/a_b) and `npm i` &amp; ~~not~~ this.'),
    ).to.equal('Yes, to 3000 mm. See the size chart and npm i & not this.');
  });

  it('names code and tables', () => {
    expect(
      say('Try:\n\n```js\nlet a;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |\n'),
    ).to.equal('Try: Code sample. table, 3 rows');
  });

  it('sets apart what stands apart', () => {
    expect(say('# Poles\n\n- one\n- two\n  1. deep\n\n> quoted\n\n---\n\nEnd')).to.equal(
      'Poles. one. two. deep. quoted. End',
    );
  });

  it('says text instead of a picture, and raw HTML as it is written', () => {
    expect(say('![A tent](https://x.example/t.png) stands.')).to.equal('A tent stands.');
    expect(say('a <b>c</b>')).to.equal('a <b>c</b>');
  });
});
