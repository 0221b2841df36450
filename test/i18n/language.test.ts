import { expect } from '@open-wc/testing';
import { Language, learn, usableLocale } from '../../src/i18n/language.js';
import { ENGLISH, type ChatStrings } from '../../src/i18n/strings.js';
import { dayOf, momentOf, spanOf, timeOf, whenOf } from '../../src/i18n/times.js';
import { isRtl, tongueFor, TONGUES } from '../../src/i18n/tongue.js';

/** Speaks English, with some texts replaced. */
const saying = (strings: unknown, locale = 'en'): Language =>
  new Language(locale, strings as Partial<ChatStrings>);

before(() => learn(ENGLISH));

describe('Language', () => {
  it('chooses the plural form by the number', () => {
    expect(saying({}).text('log.jump', { n: 1 })).to.equal('1 new message');
    expect(saying({}).text('log.jump', { n: 2 })).to.equal('2 new messages');
  });

  it('puts a replaced text before the English one and counts in its locale', () => {
    const forms = { one: '{n} nowa', few: '{n} nowe', many: '{n} nowych', other: '{n} nowej' };
    const polish = saying({ 'log.jump': forms }, 'pl');
    expect(polish.text('log.jump', { n: 3 })).to.equal('3 nowe');
    expect(polish.text('log.jump', { n: 5 })).to.equal('5 nowych');
  });

  it('puts a replaced text before that of the language, and that before the English one', () => {
    const german = new Language('de-AT', { 'net.now': 'Nochmal' }, { 'net.now': 'A', 'net.down': 'B' }, 'de');
    expect(german.text('net.now')).to.equal('Nochmal');
    expect(german.text('net.down')).to.equal('B');
    expect(german.text('net.help')).to.equal(ENGLISH['net.help']);
  });

  it('counts English texts in English even where the page speaks another language', () => {
    expect(saying({}, 'ja').text('log.jump', { n: 1 })).to.equal('1 new message');
  });

  it('falls back to "other" where a text lacks a form', () => {
    expect(saying({ 'log.jump': { other: '{n} رسائل' } }, 'ar-EG').text('log.jump', { n: 2 })).to.equal(
      '٢ رسائل',
    );
  });

  it('leaves a name without a value as it stands', () => {
    expect(saying({ 'net.now': 'Now {who}' }).text('net.now')).to.equal('Now {who}');
  });

  it('puts names in as they are, even when they look like patterns', () => {
    expect(saying({}).text('person.joined', { name: '$& {name}' })).to.equal('$& {name} joined');
  });

  it('passes over what is no text', () => {
    for (const odd of [null, 7, {}, [], { one: 'x' }, { other: 4 }, true, undefined]) {
      expect(saying({ 'net.now': odd }).text('net.now')).to.equal('Try now');
    }
    expect(saying({ 'log.jump': { one: 5, other: '{n} da' } }).text('log.jump', { n: 1 })).to.equal('5');
  });

  it('says places in a row', () => {
    const places = [1, 2, 3, 4, 11, 22].map((n) => saying({}).text('person.nth', { n }, 'ordinal'));
    expect(places.join(' ')).to.equal('1st 2nd 3rd 4th 11th 22nd');
  });

  it('writes numbers as the locale does', () => {
    expect(saying({}, 'de').number(12_000)).to.equal('12.000');
    expect(saying({}, 'ar-EG').number(9)).to.equal('٩');
  });

  it('makes each Intl object once', () => {
    const { PluralRules } = Intl;
    let made = 0;
    const counting = new Proxy(PluralRules, {
      construct(target, given) {
        made += 1;
        return Reflect.construct(target, given) as object;
      },
    });
    Object.assign(Intl, { PluralRules: counting });
    try {
      const danish = saying({ 'log.jump': { one: '{n} ny', other: '{n} nye' } }, 'da');
      expect([1, 2, 3].map((n) => danish.text('log.jump', { n })).join()).to.equal('1 ny,2 nye,3 nye');
    } finally {
      Object.assign(Intl, { PluralRules });
    }
    expect(made).to.equal(1);
  });
});

describe('times', () => {
  const now = new Date(2026, 2, 30, 9, 0).getTime();
  const at = (day: number, hour = 12, minute = 0): number => new Date(2026, 2, day, hour, minute).getTime();
  const english = new Language('en-GB');

  it('names the days', () => {
    expect(dayOf(at(30, 0), english, now)).to.equal('Today');
    expect(dayOf(at(29, 23), english, now)).to.equal('Yesterday');
    expect(dayOf(at(28), english, now)).to.equal('Saturday');
    expect(dayOf(at(24), english, now)).to.equal('Tuesday');
    expect(dayOf(at(23), english, now)).to.equal('23 March 2026');
  });

  it('names a day ahead by its date', () => {
    expect(dayOf(at(31), english, now)).to.equal('31 March 2026');
  });

  it('names days in the locale, with a capital where it has them', () => {
    const day = (locale: string, date = 28): string => dayOf(at(date), new Language(locale), now);
    expect(['fr', 'es', 'tr', 'uk', 'ja', 'zh-Hans'].map((locale) => day(locale)).join()).to.equal(
      'Samedi,Sábado,Cumartesi,Субота,土曜日,星期六',
    );
    expect(day('de', 23)).to.equal('23. März 2026');
    expect(day('ko', 23)).to.equal('2026년 3월 23일');
  });

  it('writes times by locale', () => {
    expect(timeOf(at(30, 14), english)).to.equal('14:00');
    expect(timeOf(at(30, 14), new Language('en-US'))).to.match(/^2:00\sPM$/);
    expect(momentOf(at(30, 14), new Language('de'))).to.match(/^Montag, 30\. März 2026 (?:um|at)? ?14:00$/);
  });

  it('says how far away a time is', () => {
    const when = (time: number, locale = 'en-GB'): string => whenOf(time, new Language(locale), now);
    expect(when(at(30, 9, 20))).to.equal('in 20 minutes');
    expect(when(at(30, 12))).to.equal('in 3 hours');
    expect(when(at(31))).to.equal('tomorrow');
    expect(when(at(31), 'de')).to.equal('morgen');
    expect(when(at(33))).to.equal('in 3 days');
    expect(when(at(40))).to.equal('9 April 2026');
  });

  it('says how long a time is', () => {
    const span = (seconds: number, locale = 'en'): string => spanOf(seconds, new Language(locale));
    expect([5, 60, 300, 7_000, 200_000].map((seconds) => span(seconds)).join()).to.equal(
      '1 minute,1 minute,5 minutes,2 hours,2 days',
    );
    expect(span(300, 'uk')).to.equal('5 хвилин');
  });
});

describe('usableLocale', () => {
  it('takes the first that is understood', () => {
    expect(usableLocale('', null, 'en_US', 'de-at', 'fr')).to.equal('de-AT');
    expect(usableLocale(undefined, 'not a locale')).to.equal('en');
  });
});

describe('tongueFor', () => {
  it('finds the texts that serve a locale', () => {
    const found = (...locales: string[]): (string | undefined)[] =>
      locales.map((locale) => tongueFor(usableLocale(locale)));
    expect(found(...TONGUES)).to.deep.equal(TONGUES);
    expect(found('de-AT', 'de-CH-1996', 'pt', 'pt-PT', 'fr-CA', 'ar-EG', 'es-419')).to.deep.equal([
      'de',
      'de',
      'pt-BR',
      'pt-BR',
      'fr',
      'ar',
      'es',
    ]);
    expect(found('zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK', 'ZH-hans')).to.deep.equal(Array(5).fill('zh-Hans'));
  });

  it('leaves all others to English', () => {
    for (const locale of [
      'en',
      'en-GB',
      'pl',
      'zh-TW',
      'zh-Hant',
      'zh-Hant-HK',
      'yue',
      'fil',
      'est',
      'und',
    ]) {
      expect(tongueFor(usableLocale(locale)), locale).to.equal(undefined);
    }
  });
});

describe('isRtl', () => {
  it('knows what is written from right to left', () => {
    expect(['ar', 'ar-EG', 'he', 'fa-IR', 'ur'].every(isRtl)).to.be.true;
    expect(['en', 'de', 'arn', 'hi', 'heb'].some(isRtl)).to.be.false;
  });
});
