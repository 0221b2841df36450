/** A guest's page with a `<chat-widget>`, which is defined by the script of dist. */
import type {
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatWidget,
} from '../../../src/index.js';
import { page } from './rig.js';

const widget = document.querySelector('chat-widget') as ChatWidget;

addEventListener('chat-message', (event) => {
  const { message, direction } = event as ChatMessageEvent;
  if (direction === 'in') page.tellRig('in', message.text);
});
addEventListener('chat-status', (event) => {
  const { status } = event as ChatStatusEvent;
  page.tellRig('line', status === 'online' ? 'online' : 'lost');
});
addEventListener('chat-delivery', (event) => {
  const { clientId, state } = event as ChatDeliveryEvent;
  if (state !== 'failed' && state !== 'sent') return;
  const text = widget.messages.find((message) => message.clientId === clientId)?.text;
  if (text !== undefined) page.tellRig(state, text);
});

addEventListener('chat-error', (event) => page.tellRig('error', (event as ChatErrorEvent).code));

page.rig = {
  // What becomes of it is told by its state.
  write: (text) => void widget.send(text).catch(() => {}),
  shown: () => widget.messages.filter(({ role }) => role === 'ai').map(({ text }) => text),
  online: () => widget.status === 'online',
};
