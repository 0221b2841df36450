import { expect } from '@open-wc/testing';
import { systemWords } from '../../src/elements/system-words.js';
import { texts as TEXTS } from '../../src/i18n/de/thread.js';
import { Language } from '../../src/i18n/language.js';
import type { SystemEvent } from '../../src/protocol/message.js';
import { MAYA, system } from './fake-client.js';

/** All events that the protocol names; a type that gains one fails to compile until it stands here. */
const EVENTS: Readonly<Record<SystemEvent, true>> = {
  'conversation-started': true,
  escalated: true,
  'queue-left': true,
  'staff-joined': true,
  'staff-transferred': true,
  'staff-left': true,
  'conversation-ended': true,
};

describe('lines of the system', () => {
  for (const event of Object.keys(EVENTS)) {
    it(`say ${event} in the reader’s language, whatever the server calls it`, () => {
      const german = new Language('de', {}, TEXTS, 'de');
      const words = systemWords(system(event, { author: MAYA, text: 'as the server says' }), german);
      expect(words).not.to.contain('as the server says');
      expect(words).to.match(/Unterhaltung|Maya|Person|Mensch|dabei|Warteschlange|beendet/);
    });
  }
});
