import { expect } from '@open-wc/testing';
import { ENGLISH } from '../../src/i18n/strings.js';
import { tellTextFaults, textFaults } from '../../src/i18n/text-faults.js';

describe('textFaults', () => {
  it('finds nothing in what is right', () => {
    const strings = {
      'net.now': 'Once more',
      'log.jump': { one: '{n} new', few: '{n} new', other: '{n} new' },
      'log.typing': 'Somebody types',
      'net.down': undefined,
    };
    expect(textFaults(strings, ENGLISH)).to.deep.equal([]);
  });

  it('names what is wrong, text by text', () => {
    const strings = {
      'net.never': 'x',
      constructor: 'x',
      'net.now': 5,
      'net.help': null,
      'net.load': { other: 'x' },
      'log.jump': { one: 'x' },
      'log.new': ['x'],
      'person.wait': { other: '{n}', several: '{n}' },
      'log.said': '{who} said, {time}',
    };
    expect(textFaults(strings, ENGLISH)).to.deep.equal([
      'strings: there is no text "net.never"',
      'strings: there is no text "constructor"',
      'strings: "net.now" is a text, not number',
      'strings: "net.help" is a text, not null',
      'strings: "net.load" has plural forms and counts nothing',
      'strings: "log.jump" needs the plural form "other"',
      'strings: "log.new" has plural forms zero, one, two, few, many, other, each a text; "0" is none',
      'strings: "person.wait" has plural forms zero, one, two, few, many, other, each a text; "several" is none',
      'strings: "log.said" has no value {who}',
    ]);
  });

  it('wants an object', () => {
    expect(textFaults('net.now', ENGLISH)).to.deep.equal(['strings is an object of texts, not string']);
    expect(textFaults(null, ENGLISH)).to.deep.equal(['strings is an object of texts, not null']);
  });
});

describe('tellTextFaults', () => {
  it('tells each fault once', async () => {
    const { warn } = console;
    const told: unknown[] = [];
    console.warn = (text: unknown) => told.push(text);
    try {
      await tellTextFaults({ 'rate.6': 'x', 'net.now': 'y' });
      await tellTextFaults({ 'rate.6': 'x', 'rate.7': 'x' });
    } finally {
      console.warn = warn;
    }
    expect(told).to.deep.equal([
      '<chat-widget>: strings: there is no text "rate.6"',
      '<chat-widget>: strings: there is no text "rate.7"',
    ]);
  });
});
