import { expect } from '@open-wc/testing';
import { Language, learn } from '../../src/i18n/language.js';
import { fetchTexts, LOCALES } from '../../src/i18n/locales.js';
import { ENGLISH, type StringKey } from '../../src/i18n/strings.js';
import { designedTexts } from './designed-texts.js';
import { pseudoTexts } from './pseudo.js';

const speaker = async (tongue: string): Promise<Language> =>
  new Language(tongue, {}, await fetchTexts(tongue, ['panel', 'thread', 'forms']), tongue);

/** A text for each of some numbers. */
const counted = (language: Language, key: StringKey, ...numbers: number[]): string[] =>
  numbers.map((n) => language.text(key, { n }));

before(() => learn(ENGLISH));

describe('texts', () => {
  it('are in English what the design says, word for word', () => {
    const designed = designedTexts();
    expect(Object.keys(designed).length).to.equal(100);
    for (const [key, text] of Object.entries(designed)) {
      const own = ENGLISH[key as StringKey];
      expect(typeof own === 'string' ? own : own?.other, key).to.equal(text);
    }
  });

  it('exist in every language, each in words of its own', async () => {
    for (const tongue of Object.keys(LOCALES)) {
      const { texts } = await speaker(tongue);
      expect(Object.keys(texts).toSorted(), tongue).to.deep.equal(Object.keys(ENGLISH).toSorted());
      const same = Object.keys(ENGLISH).filter(
        (key) => texts[key as StringKey] === ENGLISH[key as StringKey],
      );
      expect(same.length, `${tongue} says in English: ${same}`).to.be.below(8);
    }
  });

  it('count in Arabic in six forms', async () => {
    const arabic = await speaker('ar');
    const [none, one, two, few, many, hundred] = counted(arabic, 'log.jump', 0, 1, 2, 3, 11, 100);
    expect([none, one, two]).to.deep.equal(['لا رسائل جديدة', 'رسالة جديدة', 'رسالتان جديدتان']);
    expect([few, many, hundred].map((text) => text!.replace(/^\S+ /, ''))).to.deep.equal([
      'رسائل جديدة',
      'رسالة جديدة',
      'رسالة جديدة',
    ]);
  });

  it('count in Ukrainian in four forms', async () => {
    const ukrainian = await speaker('uk');
    expect(counted(ukrainian, 'log.jump', 1, 2, 5, 11, 21, 1.5)).to.deep.equal([
      '1 нове повідомлення',
      '2 нові повідомлення',
      '5 нових повідомлень',
      '11 нових повідомлень',
      '21 нове повідомлення',
      '1,5 нового повідомлення',
    ]);
  });

  it('count in other languages as they do', async () => {
    expect(counted(await speaker('fr'), 'log.jump', 0, 1, 2)).to.deep.equal([
      '0 nouveau message',
      '1 nouveau message',
      '2 nouveaux messages',
    ]);
    expect(counted(await speaker('hi'), 'log.jump', 1, 2)).to.deep.equal(['1 नया संदेश', '2 नए संदेश']);
    expect(counted(await speaker('ja'), 'log.jump', 1, 2)).to.deep.equal([
      '新着メッセージ1件',
      '新着メッセージ2件',
    ]);
  });

  it('say places in a row', async () => {
    const places = async (tongue: string): Promise<string> => {
      const language = await speaker(tongue);
      return [1, 2, 4, 6].map((n) => language.text('person.nth', { n }, 'ordinal')).join(' ');
    };
    expect(await places('fr')).to.equal('1re 2e 4e 6e');
    expect(await places('hi')).to.equal('1ला 2रा 4था 6ठा');
    expect(await places('de')).to.equal('1. 2. 4. 6.');
  });
});

describe('the language nobody speaks', () => {
  it('is at least two fifths longer and keeps the values', () => {
    const long = pseudoTexts(ENGLISH);
    expect(long['header.panel']).to.equal('ÇÇhhåt wwïïth {team}');
    for (const key of Object.keys(ENGLISH) as StringKey[]) {
      const [text, other] = [ENGLISH[key], long[key]].map((each) =>
        (typeof each === 'string' ? each : each.other).replace(/\{\w+\}/g, '').replace(/[^\p{L}]/gu, ''),
      );
      expect(other!.length, key).to.be.at.least(text!.length * 1.4);
    }
  });
});
