/** A guest's page as one writes it with Socket.IO, plain or with retries. */
import { io } from 'socket.io-client';
import { page } from './rig.js';

const { url, retries } = document.body.dataset;
const careful = retries === 'yes';
const socket = io(url!, careful ? { retries: 3, ackTimeout: 10_000 } : {});
const shown: string[] = [];

// The server's heart beats in the server's time; what it announces of that has to be put into the time of this page.
const manager = socket.io;
const open = manager.open.bind(manager);
const scale = (): void => {
  manager.engine.on('handshake', (data) => {
    data.pingInterval *= Number(document.body.dataset['speed']);
    data.pingTimeout *= Number(document.body.dataset['speed']);
  });
};
scale();
manager.open = manager.connect = (fn) => {
  const before = manager.engine;
  const opened = open(fn);
  if (manager.engine !== before) scale();
  return opened;
};

socket.on('connect', () => page.tellRig('line', 'online'));
socket.on('disconnect', () => page.tellRig('line', 'lost'));
socket.on('message', (text: string) => {
  shown.push(text);
  page.tellRig('in', text);
});

page.rig = {
  write(text) {
    if (!careful) socket.emit('message', text);
    else socket.emit('message', text, (error?: Error) => page.tellRig(error ? 'failed' : 'sent', text));
  },
  shown: () => shown,
  online: () => socket.connected,
};
