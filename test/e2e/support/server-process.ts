import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from './listen.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The live chat server as a process of its own, which can die. */
export interface ServerProcess {
  /** Address for widgets; the same after each start. */
  readonly url: string;
  /** Starts it again, on the same port and with the same file. */
  start(): Promise<void>;
  /** SIGKILL: no `bye`, no close code. Does nothing when it is dead. */
  kill(): Promise<void>;
}

/** @param folder where it keeps its conversations */
export async function startServerProcess(folder: string): Promise<ServerProcess> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const args = ['--import', 'tsx', 'server/main.ts', '--port', String(port)];
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [...args, '--state', path.join(folder, 'chat.jsonl')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the chat server ended with code ${code}`);
    });
    const ready = once(createInterface(child.stdout!), 'line');
    await Promise.race([ready, ended]);
    // From here on its end is what the test wants.
    ended.catch(() => {});
  };
  await start();
  return {
    url: `ws://127.0.0.1:${port}/chat`,
    start,
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
