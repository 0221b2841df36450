import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The command of the package as a process of its own. */
export interface MockProcess {
  /** Address, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** What it has printed so far. */
  readonly printed: () => string;
  /** Resolves when it has printed something. */
  says(pattern: RegExp): Promise<void>;
  /** Tells it to stop. @returns its exit code */
  stop(): Promise<number | null>;
}

/** Runs `chat-widget-element mock` to its end, for options that let it not serve. */
export async function runMock(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: out(), err: err() };
}

/** Starts it on a free port. */
export async function startMock(...args: string[]): Promise<MockProcess> {
  const child = start(['--port', '0', ...args]);
  const printed = collect(child.stdout);
  const complaints = collect(child.stderr);
  const says = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(printed())) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${complaints()}`);
      await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
    }
  };
  await says(/Ends with/);
  const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(printed())!;
  return {
    url: `http://127.0.0.1:${port}`,
    port: Number(port),
    printed,
    says,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'close') as Promise<[number | null]>;
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

function start(args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, ['--import', 'tsx', 'command/main.ts', 'mock', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(stream: Readable): () => string {
  let text = '';
  createInterface(stream).on('line', (line) => (text += `${line}\n`));
  return () => text;
}
