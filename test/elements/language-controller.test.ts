import { expect, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { LanguageController } from '../../src/elements/controllers/language-controller.js';
import type { ChatErrorEvent } from '../../src/elements/events.js';
import type { TextSet } from '../../src/i18n/locales.js';
import type { ChatStrings } from '../../src/i18n/strings.js';

interface Asked {
  readonly what: string;
  readonly answer: (texts: Partial<ChatStrings>) => void;
  readonly fail: () => void;
}

/** Texts that come when the test says so. */
const asked: Asked[] = [];
const fetchTexts = (tongue: string, sets: readonly TextSet[]): Promise<Partial<ChatStrings>> =>
  new Promise((answer, reject) => {
    const fail = (): void => reject(new Error('no network'));
    asked.push({ what: `${tongue} ${sets.join('+')}`, answer, fail });
  });

class Speaker extends LitElement {
  static override properties = { locale: {}, strings: { attribute: false } };
  declare locale?: string;
  declare strings: Partial<ChatStrings>;
  readonly speech = new LanguageController(this, fetchTexts);
  renders = 0;

  override willUpdate(): void {
    this.speech.renew();
  }
  override updated(): void {
    this.renders += 1;
  }
  override render(): string {
    return this.speech.language.text('launcher.open');
  }
}
customElements.define('test-speaker', Speaker);

describe('LanguageController', () => {
  let speaker: Speaker;
  const says = (): string => speaker.renderRoot.textContent!;
  const speak = async (locale?: string): Promise<void> => {
    speaker.locale = locale;
    await speaker.updateComplete;
  };
  /** Lets promises that are settled have their effect. */
  const settled = async (): Promise<void> => {
    for (let turns = 0; turns < 5; turns += 1) await undefined;
    await speaker.updateComplete;
  };

  beforeEach(async () => {
    asked.length = 0;
    speaker = document.createElement('test-speaker') as Speaker;
    await document.body.appendChild(speaker).updateComplete;
    await speak('en');
  });
  afterEach(() => speaker.remove());

  it('asks for nothing in English and in languages that there are no texts for', async () => {
    await speak('en-GB');
    await speak('pl');
    expect(asked).to.deep.equal([]);
    expect(says()).to.equal('Open chat');
    expect(speaker.speech.language.locale).to.equal('pl');
    expect(speaker.speech.language.tongue).to.equal('en');
  });

  it('is English until the texts have come, and then changes once', async () => {
    await speak('de-AT');
    expect(asked.map(({ what }) => what)).to.deep.equal(['de panel']);
    expect(says()).to.equal('Open chat');
    expect(speaker.speech.language.tongue).to.equal('en');
    expect(speaker.speech.language.locale).to.equal('de-AT');
    const { renders } = speaker;
    asked[0]!.answer({ 'launcher.open': 'Auf' });
    await settled();
    expect(says()).to.equal('Auf');
    expect(speaker.speech.language.tongue).to.equal('de');
    expect(speaker.renders - renders).to.equal(1);
  });

  it('takes the newest wish, whatever comes first', async () => {
    await speak('de');
    await speak('fr');
    asked[1]!.answer({ 'launcher.open': 'Ouvrir' });
    await settled();
    asked[0]!.answer({ 'launcher.open': 'Auf' });
    await settled();
    expect(says()).to.equal('Ouvrir');
    await speak('en');
    expect(says()).to.equal('Open chat');
  });

  it('speaks on as before until the texts of the next language have come', async () => {
    await speak('de');
    asked[0]!.answer({ 'launcher.open': 'Auf' });
    await settled();
    await speak('fr-CA');
    const { language, locale } = speaker.speech;
    expect([says(), language.tongue, language.locale, locale]).to.deep.equal(['Auf', 'de', 'de', 'fr-CA']);
    speaker.strings = { 'launcher.open': 'Los' };
    await settled();
    expect(says()).to.equal('Los');
    speaker.strings = {};
    await settled();
    expect(says()).to.equal('Auf');
    const { renders } = speaker;
    asked.at(-1)!.answer({ 'launcher.open': 'Ouvrir' });
    await settled();
    expect([says(), speaker.speech.language.locale]).to.deep.equal(['Ouvrir', 'fr-CA']);
    expect(speaker.renders).to.equal(renders + 1);
    // And back, before those of a third have come.
    await speak('tr');
    await speak('fr');
    asked.at(-2)!.answer({ 'launcher.open': 'Aç' });
    await settled();
    expect([says(), speaker.speech.language.tongue]).to.deep.equal(['Ouvrir', 'fr']);
  });

  it('goes to English from another language when texts cannot be had', async () => {
    await speak('de');
    asked[0]!.answer({ 'launcher.open': 'Auf' });
    await settled();
    await speak('fr');
    asked[1]!.fail();
    await settled();
    expect([says(), speaker.speech.language.locale]).to.deep.equal(['Open chat', 'fr']);
    await speak('de');
    asked.at(-1)!.answer({ 'launcher.open': 'Auf' });
    await settled();
    expect(says()).to.equal('Auf');
    await speak('fr');
    expect(says()).to.equal('Open chat');
  });

  it('follows the language of the page while it has none of its own', async () => {
    const page = document.documentElement;
    const { lang } = page;
    try {
      await speak();
      page.lang = 'pl';
      await waitUntil(() => speaker.speech.language.locale === 'pl');
      await speak('en-GB');
      page.lang = 'cs';
      await settled();
      expect(speaker.speech.language.locale).to.equal('en-GB');
      speaker.remove();
      await speak();
      page.lang = 'sk';
      await settled();
      expect(speaker.speech.language.locale).to.equal('cs');
    } finally {
      page.lang = lang;
    }
  });

  it('gets more texts for a part and keeps what it has meanwhile', async () => {
    await speak('de');
    asked[0]!.answer({ 'launcher.open': 'Auf' });
    await settled();
    speaker.speech.need('thread');
    speaker.speech.need('thread');
    expect(asked.map(({ what }) => what)).to.deep.equal(['de panel', 'de panel+thread']);
    await speak('de-CH');
    expect(says()).to.equal('Auf');
    asked[2]!.answer({ 'launcher.open': 'Uf' });
    await settled();
    expect(says()).to.equal('Uf');
  });

  it('waits for the larger of two answers', async () => {
    await speak('de');
    speaker.speech.need('thread');
    const { renders } = speaker;
    asked[0]!.answer({ 'launcher.open': 'Auf' });
    await settled();
    expect(speaker.renders).to.equal(renders);
    asked[1]!.answer({ 'launcher.open': 'Auf', 'log.new': 'Neu' });
    await settled();
    expect(says()).to.equal('Auf');
    expect(speaker.renders).to.equal(renders + 1);
  });

  it('stays English when texts cannot be had, and says so once', async () => {
    const errors: ChatErrorEvent[] = [];
    speaker.addEventListener('chat-error', (event) => errors.push(event));
    await speak('de');
    asked[0]!.fail();
    await waitUntil(() => errors.length > 0);
    await speak('en');
    await speak('de-CH');
    expect(asked.length).to.equal(1);
    expect(says()).to.equal('Open chat');
    expect(errors.map(({ code, error }) => [code, error.message])).to.deep.equal([['load', 'no network']]);
  });

  it('speaks what the page brings, and the language of it', async () => {
    await speak('pl');
    speaker.strings = { 'launcher.open': 'Otwórz' };
    await settled();
    expect(says()).to.equal('Otwórz');
    expect(speaker.speech.language.tongue).to.equal('pl');
    speaker.strings = null as never;
    await settled();
    expect(says()).to.equal('Open chat');
  });

  it('turns to the direction of its language, unless the page has said another', async () => {
    await speak('ar');
    expect(speaker.dir).to.equal('rtl');
    await speak('de');
    expect(speaker.dir).to.equal('ltr');
    speaker.dir = 'rtl';
    await speak('ja');
    expect(speaker.dir).to.equal('rtl');
  });

  it('leaves the direction to the page where the language is the page’s own', async () => {
    await speak();
    expect(speaker.hasAttribute('dir')).to.be.false;
    speaker.lang = 'ar';
    speaker.requestUpdate();
    await settled();
    expect(speaker.dir).to.equal('rtl');
    speaker.lang = 'de';
    speaker.requestUpdate();
    await settled();
    expect(speaker.hasAttribute('dir')).to.be.false;
  });

  it('never overrules the direction that stands on it from the beginning', async () => {
    const other = document.createElement('test-speaker') as Speaker;
    other.dir = 'ltr';
    other.locale = 'ar';
    await document.body.appendChild(other).updateComplete;
    expect(other.dir).to.equal('ltr');
    other.remove();
  });
});
