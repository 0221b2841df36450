/** A guest's page as one writes it with partysocket: a socket that comes back, numbered messages as JSON. */
import { WebSocket as ReconnectingWebSocket } from 'partysocket';
import { page } from './rig.js';

const socket = new ReconnectingWebSocket(document.body.dataset['url']!);
const shown: string[] = [];
let count = 0;

socket.addEventListener('open', () => page.tellRig('line', 'online'));
socket.addEventListener('close', () => page.tellRig('line', 'lost'));
socket.addEventListener('message', ({ data }) => {
  const { text } = JSON.parse(String(data)) as { text: string };
  shown.push(text);
  page.tellRig('in', text);
});

page.rig = {
  write: (text) => socket.send(JSON.stringify({ number: ++count, text })),
  shown: () => shown,
  online: () => socket.readyState === WebSocket.OPEN,
};
