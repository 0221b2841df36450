import { expect } from '@open-wc/testing';
import { Announcer } from '../../../src/elements/speech/announcer.js';
import { shortened } from '../../../src/elements/speech/shortened.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';
import { Listener } from './listener.js';

describe('Announcer', () => {
  let clock: ManualClock;
  let listener: Listener;
  let announcer: Announcer;
  let visible: boolean;
  const closers: (() => void)[] = [];
  const open = (): (() => void) => {
    const close = announcer.open();
    closers.push(close);
    return close;
  };

  beforeEach(() => {
    clock = new ManualClock();
    listener = new Listener();
    visible = true;
    announcer = new Announcer(clock, () => visible);
  });
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    listener.end();
  });

  it('is one polite and one assertive region at the end of the page, outside of any shadow root', () => {
    open();
    const [polite, assertive, ...more] = listener.regions;
    expect(more).to.be.empty;
    expect([polite!.ariaLive, polite!.role]).to.deep.equal(['polite', 'status']);
    expect([assertive!.ariaLive, assertive!.role]).to.deep.equal(['assertive', 'alert']);
    expect(polite!.getRootNode() === document).to.be.true;
    expect(document.body.lastElementChild === polite!.parentElement).to.be.true;
  });

  it('is shared, never moved, and goes with the last who needs it', () => {
    const first = open();
    const [region] = listener.regions;
    const second = open();
    document.body.append(document.createElement('hr'));
    const third = open();
    expect(listener.regions[0] === region).to.be.true;
    expect(listener.regions.length).to.equal(2);
    expect(document.body.lastElementChild!.localName).to.equal('hr');
    document.body.lastElementChild!.remove();
    for (const close of [first, first, first, second]) close();
    expect(listener.regions.length).to.equal(2);
    third();
    expect(listener.regions).to.be.empty;
  });

  it('cannot be seen, whatever the page does, and has no style attribute', () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { all: unset !important } div, p { position: fixed !important; inset: 0 !important }',
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    open();
    const root = listener.regions[0]!.parentElement!;
    const { width, height } = root.getBoundingClientRect();
    const { position, clipPath } = getComputedStyle(root);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    expect([width, height, position]).to.deep.equal([1, 1, 'absolute']);
    expect(clipPath).to.equal('inset(50%)');
    expect(root.querySelector('[style]') ?? root.getAttribute('style')).to.equal(null);
  });

  it('says one thing after another, 150 ms apart, and takes each away after a second', async () => {
    open();
    announcer.say('One');
    announcer.say('Two');
    await clock.advance(149);
    expect(listener.heard, 'the regions have to be there first').to.be.empty;
    await clock.advance(1);
    expect(listener.heard).to.deep.equal(['One']);
    await clock.advance(149);
    expect(listener.heard).to.deep.equal(['One']);
    await clock.advance(1);
    expect(listener.shown).to.deep.equal(['One', 'Two']);
    await clock.advance(849);
    expect(listener.shown).to.deep.equal(['One', 'Two']);
    await clock.advance(1);
    expect(listener.shown).to.deep.equal(['Two']);
    await clock.advance(150);
    expect(listener.shown).to.be.empty;
    expect(clock.pending).to.equal(0);
  });

  it('lets what is urgent go first, and says once what waits twice', async () => {
    open();
    announcer.say('One');
    announcer.say('Two');
    announcer.say('Two');
    announcer.say('Not sent', { urgent: true });
    await clock.advance(2_000);
    expect(listener.heard).to.deep.equal(['! Not sent', 'One', 'Two']);
  });

  it('is quiet while the page is hidden: another tab may speak', async () => {
    open();
    visible = false;
    announcer.say('One');
    visible = true;
    announcer.say('Two');
    await clock.advance(2_000);
    expect(listener.heard).to.deep.equal(['Two']);
  });

  it('comes back when the page has exchanged its body', async () => {
    open();
    listener.regions[0]!.parentElement!.remove();
    open();
    announcer.say('Again', { lang: 'de' });
    await clock.advance(150);
    expect(listener.heard).to.deep.equal(['Again']);
    expect(listener.regions[0]!.querySelector('p')!.lang).to.equal('de');
  });
});

describe('shortened()', () => {
  const more = 'Long reply.';

  it('reads up to 500 characters in full', () => {
    const text = 'Yes. '.repeat(100).trimEnd().padEnd(500, '!');
    expect(shortened(text, more, 'en')).to.equal(text);
  });

  it('reads the first sentences of what is longer, up to 300 characters', () => {
    const sentence = 'This sentence has exactly fifty characters in all. ';
    expect(sentence.length).to.equal(51);
    expect(shortened(sentence.repeat(10), more, 'en')).to.equal(`${sentence.repeat(5)}${more}`);
    const japanese = 'これは文です。'.repeat(100);
    expect(shortened(japanese, more, 'ja')).to.equal(`${'これは文です。'.repeat(42)} ${more}`);
  });

  it('cuts a sentence without an end between words, or characters', () => {
    expect(shortened('word '.repeat(200), more, 'en')).to.equal(`${'word '.repeat(60).trimEnd()}… ${more}`);
    expect(shortened('😀'.repeat(300), more, 'en')).to.equal(`${'😀'.repeat(150)}… ${more}`);
    expect(shortened(`a${'😀'.repeat(300)}`, more, 'en')).to.equal(`a${'😀'.repeat(149)}… ${more}`);
  });
});
