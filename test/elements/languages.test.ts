import { expect, fixtureCleanup, waitUntil } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { aiSays, guestSays, MAYA, staffSays } from './fake-client.js';
import { countUpdates, openWidget } from './open-widget.js';

const messages = () => [guestSays('Hello'), aiSays('Hi'), staffSays('Maya here')];

/** A language is several files. */
const arrives = (condition: () => boolean): Promise<void> =>
  waitUntil(condition, 'texts have arrived', { timeout: 5_000 });

describe('<chat-widget> in many languages', function manyLanguages() {
  // WebKit's driver takes its time for each file.
  this.timeout(10_000);
  afterEach(() => fixtureCleanup());

  it('changes its language at once, and keeps the thread', async () => {
    const { widget, all, find, texts, drawn } = await openWidget({ messages: messages() });
    const bubbles = all('.bubble');
    const group = countUpdates(all<LitElement>('cw-group'));
    const input = find<HTMLTextAreaElement>('.input');
    input.value = 'half a sen';
    widget.locale = 'de';
    await arrives(() => texts('.day')[0] === 'Heute');
    await drawn();
    expect(texts('.role-tag')).to.deep.equal(['KI', 'Support']);
    expect(find('.send').getAttribute('aria-label')).to.equal('Nachricht senden');
    expect(find('.panel').getAttribute('aria-label')).to.equal('Chat mit Fernway support');
    expect(find('.frame').lang).to.equal('de');
    expect(all('.bubble').every((bubble, i) => bubble === bubbles[i])).to.be.true;
    expect(input.value).to.equal('half a sen');
    // Once for the new numbers and times, once for the texts.
    expect(Math.max(...group())).to.be.at.most(2);
    widget.setAttribute('locale', 'en');
    await drawn();
    expect(texts('.day')).to.deep.equal(['Today']);
    expect(find('.frame').lang).to.equal('en');
  });

  it('speaks the language of the page', async () => {
    const { widget, find } = await openWidget({}, { locale: undefined, lang: 'zh-CN' });
    await arrives(() => find('.send').getAttribute('aria-label') === '发送消息');
    expect(find('.frame').lang).to.equal('zh-Hans');
    expect(widget.hasAttribute('dir')).to.be.false;
  });

  it('leaves messages in the language of the page where it does not speak that', async () => {
    const { widget, find, all } = await openWidget({ messages: messages() }, { locale: 'pl-PL' });
    expect(find('.frame').lang).to.equal('en');
    expect(all('.bubble').map(({ lang }) => lang)).to.deep.equal(['pl-PL', 'pl-PL', 'pl-PL']);
    widget.locale = 'pt';
    await arrives(() => find('.frame').lang === 'pt-BR');
    await arrives(() => all('.bubble').every((bubble) => !bubble.hasAttribute('lang')));
  });

  it('mirrors in Arabic, and writes its numbers', async () => {
    const { widget, find, texts, all, set } = await openWidget(
      { messages: messages(), answering: 'queued', position: 3, waitSeconds: 660 },
      { locale: 'ar-EG' },
    );
    await arrives(() => texts('.wait')[0] === 'نحو ١١ دقيقة');
    expect(texts('.queue-number')).to.deep.equal(['٣']);
    expect(widget.dir).to.equal('rtl');
    const thread = find('.transcript').getBoundingClientRect();
    const [guest, , staff] = all('.bubble').map((bubble) => bubble.getBoundingClientRect());
    expect(guest!.left - thread.left).to.be.below(40);
    expect(thread.right - staff!.right).to.be.below(80);
    expect(find('.frame').getBoundingClientRect().left).to.be.below(40);
    await set({ answering: 'staff', participants: [MAYA] });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('counts on the launcher in the digits of the language', async () => {
    const unread = Array.from({ length: 12 }, (_, i) => staffSays(`${i}`));
    const { widget, texts, drawn } = await openWidget({ messages: unread }, { locale: 'ar-EG', open: false });
    await drawn();
    expect(widget.unread).to.equal(12);
    expect(texts('.badge')).to.deep.equal(['٩+']);
    await arrives(() => texts('.launcher')[0]!.includes('١٢ رسالة غير مقروءة'));
  });

  it('shows the first sentence of a notice in every script', async () => {
    for (const [locale, first, whole] of [
      [
        'de',
        'Verbindung wird wiederhergestellt…',
        'Verbindung wird wiederhergestellt… Nächster Versuch in 5 Sekunden.',
      ],
      ['ja', '再接続しています…', '再接続しています…5秒後に再試行します。'],
      ['hi', 'फिर से कनेक्ट हो रहा है…', 'फिर से कनेक्ट हो रहा है… 5 सेकंड में अगली कोशिश।'],
    ]) {
      const { texts } = await openWidget(
        {
          messages: messages(),
          connection: { status: 'reconnecting', attempt: 1, retryAt: Date.now() + 5_000 },
        },
        { locale },
      );
      await arrives(() => texts('.banner strong')[0] === first);
      expect(whole!.replace(/\d/, '')).to.equal(texts('.banner p')[0]!.replace(/\d/, ''));
      fixtureCleanup();
    }
  }).timeout(20_000);

  it('is accessible in every script', async () => {
    for (const locale of ['ar', 'de', 'ja', 'hi']) {
      const { widget, find } = await openWidget({ messages: messages() }, { locale });
      await arrives(() => find('.frame').lang === locale);
      await expect(widget).to.be.accessible();
      fixtureCleanup();
    }
  }).timeout(20_000);

  it('tells what is wrong with the texts of the page, and goes on', async () => {
    const { warn } = console;
    const told: string[] = [];
    console.warn = (text: string) => told.push(text);
    try {
      const strings = { 'input.label': 'Words', 'input.lable': 'x', 'input.send': 3 } as never;
      const { find, widget, drawn } = await openWidget({}, { strings });
      await arrives(() => told.length >= 2);
      expect(told).to.deep.equal([
        '<chat-widget>: strings: there is no text "input.lable"',
        '<chat-widget>: strings: "input.send" is a text, not number',
      ]);
      expect(find('.input').getAttribute('aria-label')).to.equal('Words');
      for (const none of [undefined, null, {}, 5]) {
        widget.strings = none as never;
        await drawn();
        expect(find('.input').getAttribute('aria-label')).to.equal('Message');
      }
      expect(told.length).to.equal(2);
      expect(find('.send').getAttribute('aria-label')).to.equal('Send message');
    } finally {
      console.warn = warn;
    }
  });
});
