import { expect } from '@open-wc/testing';
import { format, Language, usableLocale } from '../../src/i18n/language.js';
import { dayOf, timeOf } from '../../src/i18n/times.js';

describe('format', () => {
  it('chooses the plural form by the number', () => {
    expect(format({}, 'log.jump', { n: 1 })).to.equal('1 new message');
    expect(format({}, 'log.jump', { n: 2 })).to.equal('2 new messages');
  });

  it('puts a replaced text before the English one and counts in its locale', () => {
    const polish = {
      'log.jump': { one: '{n} nowa', few: '{n} nowe', many: '{n} nowych', other: '{n} nowej' },
    };
    expect(format(polish, 'log.jump', { n: 3 }, 'pl')).to.equal('3 nowe');
    expect(format(polish, 'log.jump', { n: 5 }, 'pl')).to.equal('5 nowych');
  });

  it('counts English texts in English even where the page speaks another language', () => {
    expect(format({}, 'log.jump', { n: 1 }, 'ja')).to.equal('1 new message');
  });

  it('falls back to "other" where a text lacks a form', () => {
    expect(format({ 'log.jump': { other: '{n} رسائل' } }, 'log.jump', { n: 2 }, 'ar-EG')).to.equal('٢ رسائل');
  });

  it('leaves a name without a value as it stands', () => {
    expect(format({ 'net.now': 'Now {who}' }, 'net.now')).to.equal('Now {who}');
  });

  it('puts names in as they are, even when they look like patterns', () => {
    expect(format({}, 'person.joined', { name: '$& {name}' })).to.equal('$& {name} joined');
  });
});

describe('Language', () => {
  const now = new Date(2026, 2, 30, 9, 0).getTime();
  const at = (day: number, hour = 12): number => new Date(2026, 2, day, hour).getTime();
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

  it('says places in a row', () => {
    expect([1, 2, 3, 4, 11, 22].map((n) => english.text('person.nth', { n }, 'ordinal')).join(' ')).to.equal(
      '1st 2nd 3rd 4th 11th 22nd',
    );
  });

  it('writes times by locale', () => {
    expect(timeOf(at(30, 14), english)).to.equal('14:00');
    expect(timeOf(at(30, 14), new Language('en-US'))).to.match(/^2:00\sPM$/);
  });
});

describe('usableLocale', () => {
  it('takes the first that is understood', () => {
    expect(usableLocale('', null, 'en_US', 'de-at', 'fr')).to.equal('de-AT');
    expect(usableLocale(undefined, 'not a locale')).to.equal('en');
  });
});
