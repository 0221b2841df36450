import type { PanelTexts } from '../strings.js';

/** German, with “Sie”. */
export const texts: PanelTexts = {
  'launcher.open': 'Chat öffnen',
  'launcher.unread': {
    one: 'Chat öffnen, {n} ungelesene Nachricht',
    other: 'Chat öffnen, {n} ungelesene Nachrichten',
  },
  'launcher.close': 'Chat schließen',
  'launcher.label': 'Chatten Sie mit uns',
  'header.panel': 'Chat mit {team}',
  'header.min': 'Chat minimieren',
  'header.here': 'Support · jetzt für Sie da',
  'header.ai': 'KI-Assistent · auf Wunsch ein Mensch',
  'header.ended': 'Unterhaltung beendet',
  'header.finding': 'Wir suchen jemanden für Sie',
  'welcome.hi': 'Guten Tag!',
  'welcome.title': 'Wie können wir Ihnen helfen?',
  'welcome.ask': 'Fragen Sie uns etwas…',
  'ai.note': 'Antworten können von einem KI-Assistenten stammen.',
  'ai.stop': 'Antwort anhalten',
  'input.label': 'Nachricht',
  'input.hint': 'Nachricht schreiben…',
  'input.wait': 'Ergänzen Sie gern Einzelheiten…',
  'input.send': 'Nachricht senden',
  'net.connecting': 'Verbindung wird hergestellt…',
  'net.reconnecting': {
    one: 'Verbindung wird wiederhergestellt… Nächster Versuch in {n} Sekunde.',
    other: 'Verbindung wird wiederhergestellt… Nächster Versuch in {n} Sekunden.',
  },
  'net.now': 'Jetzt versuchen',
  'net.offline': 'Sie sind offline. Nachrichten werden gesendet, sobald Sie wieder online sind.',
  'net.restored': {
    one: 'Wieder online. {n} Nachricht gesendet.',
    other: 'Wieder online. {n} Nachrichten gesendet.',
  },
  'net.down': 'Der Chat ist nicht erreichbar.',
  'net.load': 'Ihr Chat konnte nicht geladen werden',
  'net.help': 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal. Ihre Nachrichten sind sicher.',
  'net.retry': 'Erneut versuchen',
  'store.unsaved':
    'Dieses Gerät bewahrt Ihre Nachrichten nicht auf. Lassen Sie die Seite geöffnet, bis sie gesendet sind.',
  'store.ok': 'OK',
  'person.ask': 'Mit einem Menschen sprechen',
};
