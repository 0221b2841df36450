/**
 * `npm start` really serves: the page that it announces holds a widget, and the chat server that it announces answers a
 * `hello` with a `welcome`. Both addresses are read from what it prints.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import { WebSocket } from 'ws';

const PATIENCE_MS = 60_000;

// A group of its own, so that all it starts can be ended with it.
const server = spawn('npm', ['start'], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
let printed = '';
for (const stream of [server.stdout, server.stderr]) {
  stream.setEncoding('utf8').on('data', (text) => (printed += stripVTControlCharacters(text)));
}

/** The first match in what has been printed, as soon as there is one. */
async function announced(/** @type {RegExp} */ pattern) {
  for (;;) {
    const [found] = printed.match(pattern) ?? [];
    if (found) return found;
    if (server.exitCode !== null) throw new Error(`npm start ended with code ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function checkPage() {
  const url = await announced(/https?:\/\/[\w.[\]:-]+:\d+\S*(?=\s)/);
  const response = await fetch(url);
  const page = await response.text();
  if (!response.ok || !page.includes('<chat-widget'))
    throw new Error(`${url} shows no widget (${response.status})`);
  return url;
}

async function checkChatServer() {
  const url = await announced(/wss?:\/\/[\w.[\]:-]+:\d+\S*(?=\s)/);
  const socket = new WebSocket(url, 'chat-widget.v1');
  await new Promise((resolve, reject) => {
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'hello', protocol: 1, guestId: randomUUID() })),
    );
    socket.on('message', (data) => JSON.parse(String(data)).type === 'welcome' && resolve(undefined));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${url} closed before it said welcome`)));
  });
  socket.terminate();
  return url;
}

const outOfTime = new Promise((_, reject) => {
  setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} seconds`)), PATIENCE_MS).unref();
});
try {
  const [page, chat] = await Promise.race([Promise.all([checkPage(), checkChatServer()]), outOfTime]);
  console.log(`npm start: the page answers at ${page}, the chat server at ${chat}`);
} catch (error) {
  console.error(`npm start: ${error instanceof Error ? error.message : error}\nIt printed:\n${printed}`);
  process.exitCode = 1;
} finally {
  if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
}
