import type { PanelTexts } from '../strings.js';

/** French, with “vous”; a narrow no-break space before “?”, “!” and “:”. */
export const texts: PanelTexts = {
  'launcher.open': 'Ouvrir le chat',
  'launcher.unread': {
    one: 'Ouvrir le chat, {n} message non lu',
    other: 'Ouvrir le chat, {n} messages non lus',
  },
  'launcher.close': 'Fermer le chat',
  'launcher.label': 'Discutez avec nous',
  'header.panel': 'Chat avec {team}',
  'header.min': 'Réduire le chat',
  'header.here': 'Assistance · en ligne',
  'header.ai': 'Assistant IA · équipe disponible',
  'header.ended': 'Conversation terminée',
  'header.finding': 'Nous cherchons un conseiller',
  'welcome.hi': 'Bonjour !',
  'welcome.title': 'Comment pouvons-nous vous aider ?',
  'welcome.ask': 'Posez-nous une question…',
  'ai.note': 'Les réponses peuvent venir d’un assistant IA.',
  'ai.stop': 'Arrêter la réponse',
  'input.label': 'Message',
  'input.hint': 'Écrivez un message…',
  'input.wait': 'Ajoutez des précisions…',
  'input.send': 'Envoyer le message',
  'net.connecting': 'Connexion…',
  'net.reconnecting': {
    one: 'Reconnexion… Nouvel essai dans {n} seconde.',
    other: 'Reconnexion… Nouvel essai dans {n} secondes.',
  },
  'net.now': 'Essayer maintenant',
  'net.offline': 'Vous êtes hors ligne. Vos messages partiront à votre retour.',
  'net.restored': {
    one: 'Connexion rétablie. {n} message envoyé.',
    other: 'Connexion rétablie. {n} messages envoyés.',
  },
  'net.down': 'Le chat est injoignable.',
  'net.load': 'Impossible de charger votre chat',
  'net.help': 'Vérifiez votre connexion, puis réessayez. Vos messages sont conservés.',
  'net.retry': 'Réessayer',
  'store.unsaved':
    'Cet appareil ne conserve pas vos messages. Laissez cette page ouverte jusqu’à leur envoi.',
  'store.ok': 'OK',
  'person.ask': 'Parler à un conseiller',
};
