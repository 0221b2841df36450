import type { PanelTexts } from '../strings.js';

/** Brazilian Portuguese, with “você”. */
export const texts: PanelTexts = {
  'launcher.open': 'Abrir o chat',
  'launcher.unread': {
    one: 'Abrir o chat, {n} mensagem não lida',
    other: 'Abrir o chat, {n} mensagens não lidas',
  },
  'launcher.close': 'Fechar o chat',
  'launcher.label': 'Converse com a gente',
  'header.panel': 'Chat com {team}',
  'header.min': 'Minimizar o chat',
  'header.here': 'Suporte · on-line agora',
  'header.ai': 'Assistente de IA · equipe a postos',
  'header.ended': 'Conversa encerrada',
  'header.finding': 'Procurando um atendente',
  'welcome.hi': 'Olá!',
  'welcome.title': 'Como podemos ajudar hoje?',
  'welcome.ask': 'Pergunte o que quiser…',
  'ai.note': 'As respostas podem vir de um assistente de IA.',
  'ai.stop': 'Parar a resposta',
  'input.label': 'Mensagem',
  'input.hint': 'Escreva uma mensagem…',
  'input.wait': 'Acrescente detalhes enquanto espera…',
  'input.send': 'Enviar a mensagem',
  'net.connecting': 'Conectando…',
  'net.reconnecting': {
    one: 'Reconectando… Próxima tentativa em {n} segundo.',
    other: 'Reconectando… Próxima tentativa em {n} segundos.',
  },
  'net.now': 'Tentar agora',
  'net.offline': 'Você está off-line. As mensagens serão enviadas quando você voltar.',
  'net.restored': {
    one: 'Conexão restabelecida. {n} mensagem enviada.',
    other: 'Conexão restabelecida. {n} mensagens enviadas.',
  },
  'net.down': 'Não conseguimos acessar o chat.',
  'net.load': 'Não foi possível carregar seu chat',
  'net.help': 'Verifique sua conexão e tente de novo. Suas mensagens estão seguras.',
  'net.retry': 'Tentar de novo',
  'store.unsaved':
    'Este dispositivo não guarda suas mensagens. Deixe esta página aberta até que sejam enviadas.',
  'store.ok': 'OK',
  'person.ask': 'Falar com uma pessoa',
};
