/**
 * Starts a chat server from the command line: `tsx server/main.ts --port 8787 --state chat.jsonl`. Prints one line when it
 * is ready. Ends with a `bye` on SIGINT and SIGTERM. `CHAT_STAFF_KEY` in the environment locks the staff desk.
 */
import { parseArgs } from 'node:util';
import { startChatServer } from './chat-server.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    host: { type: 'string', default: '127.0.0.1' },
    state: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const server = await startChatServer({
  port: Number(values.port),
  host: values.host,
  stateFile: values.state,
  desk: { key: process.env.CHAT_STAFF_KEY },
  log: values.verbose ? (line) => console.error(line) : undefined,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop());
}

console.log(`chat server listening on ${server.url}`);
