import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { PusherHost } from '../../../src/testing/pusher/pusher-host.js';
import { lookAtPhp } from '../laravel/php.mjs';
import type { LaravelContract } from './laravel-server.js';
import { HOST, freePort } from './listen.js';
import { APP, ReverbServer } from './reverb-server.js';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../laravel/', import.meta.url));
const BUILD = path.join(FOLDER, 'build');
const VENDOR = path.join(BUILD, 'install/vendor');

/** What there is of Laravel on this machine, in one line for whoever runs the tests. */
export interface LaravelHere {
  /** Whether the applications can be run. */
  readonly runs: boolean;
  readonly line: string;
}

/** Looks what there is, without a network. */
export function laravelHere(): LaravelHere {
  const { missing } = lookAtPhp();
  if (missing) return { runs: false, line: `not run: ${missing}` };
  const whyFile = path.join(BUILD, 'why.txt');
  const why = existsSync(whyFile) ? readFileSync(whyFile, 'utf8').trim() : 'npm run test:laravel fetches it';
  if (!existsSync(path.join(VENDOR, 'autoload.php')))
    return { runs: false, line: `not run: Laravel is not installed (${why})` };
  return {
    runs: true,
    line: hasReverb() ? 'with Reverb' : `with a stand-in for Reverb (${why})`,
  };
}

function hasReverb(): boolean {
  return existsSync(path.join(VENDOR, 'laravel/reverb'));
}

/**
 * A real Laravel application, made of what docs/backends shows for one contract, with a database in a file, PHP's own web server and a
 * Reverb.
 */
export class LaravelApp {
  /** Address of the application, without a slash at the end. */
  readonly url: string;
  readonly reverbPort: number;
  readonly #folder: string;
  readonly #reverb: Reverb;
  readonly #php: ChildProcess;

  private constructor(folder: string, port: number, reverb: Reverb) {
    this.#folder = folder;
    this.url = `http://${HOST}:${port}`;
    this.reverbPort = reverb.port;
    this.#reverb = reverb;
    const server = path.join(
      folder,
      'vendor/laravel/framework/src/Illuminate/Foundation/resources/server.php',
    );
    this.#php = spawn('php', ['-S', `${HOST}:${port}`, server], {
      cwd: path.join(folder, 'public'),
      stdio: 'ignore',
    });
  }

  /**
   * Puts one together and starts it.
   * @param env what stands in its `.env` beside what it needs
   */
  static async start(
    contract: LaravelContract,
    env: Readonly<Record<string, string>> = {},
  ): Promise<LaravelApp> {
    const [port, reverbPort] = [await freePort(), await freePort()];
    const folder = path.join(BUILD, `${contract}-${port}`);
    await mkdir(folder, { recursive: true });
    await Promise.all(
      ['base', contract].map((part) => cp(path.join(FOLDER, part), folder, { recursive: true })),
    );
    // Its autoloader looks for the application beside itself, so a link to the folder would not do; links to its files do.
    await run('cp', ['-al', VENDOR, path.join(folder, 'vendor')]);
    for (const each of [
      'bootstrap/cache',
      'storage/framework/cache/data',
      'storage/framework/views',
      'storage/logs',
    ])
      await mkdir(path.join(folder, each), { recursive: true });
    await writeFile(path.join(folder, 'database/database.sqlite'), '');
    await writeFile(path.join(folder, '.env'), envFile({ ...settings(folder, reverbPort), ...env }));
    const reverb = hasReverb() ? new ReverbProcess(folder, reverbPort) : new ReverbServer(reverbPort);
    await run('php', ['artisan', 'migrate', '--force'], { cwd: folder });
    await reverb.up();
    const app = new LaravelApp(folder, port, reverb);
    await listening(`${app.url}/api`);
    return app;
  }

  /** Runs one of the commands of `routes/console.php`. */
  async artisan(...words: string[]): Promise<void> {
    await run('php', ['artisan', ...words], { cwd: this.#folder });
  }

  /** Ends Reverb without a word; the application goes on. */
  async reverbDown(): Promise<void> {
    await this.#reverb.down();
  }

  async reverbUp(): Promise<void> {
    await this.#reverb.up();
  }

  /** Somebody of the team, on a socket of their own: whispers on a private channel, as Echo does. */
  async whisper(channel: string, event: string, data: object): Promise<void> {
    const socket = new WebSocket(`ws://${HOST}:${this.reverbPort}/app/${APP.key}?protocol=7`);
    const hears = async (name: string): Promise<Record<string, string>> => {
      for (;;) {
        const [text] = (await once(socket, 'message')) as [Buffer];
        const frame = JSON.parse(String(text)) as { event: string; data: string };
        if (frame.event === name) return JSON.parse(frame.data || '{}') as Record<string, string>;
      }
    };
    const { socket_id } = await hears('pusher:connection_established');
    const { auth } = await new PusherHost({ key: APP.key, secret: APP.secret }).sign(socket_id!, channel);
    socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth } }));
    await hears('pusher_internal:subscription_succeeded');
    socket.send(JSON.stringify({ event: `client-${event}`, channel, data }));
    socket.close();
  }

  async stop(): Promise<void> {
    this.#php.kill('SIGKILL');
    await this.#reverb.down();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Reverb {
  readonly port: number;
  up(): Promise<void>;
  down(): Promise<void>;
}

/** Reverb itself. */
class ReverbProcess implements Reverb {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  async up(): Promise<void> {
    const args = ['artisan', 'reverb:start', `--host=${HOST}`, `--port=${this.port}`];
    this.#process = spawn('php', args, { cwd: this.#folder, stdio: 'ignore' });
    await listening(`http://${HOST}:${this.port}/`);
  }

  async down(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** Resolves when a server answers there, whatever it says. */
async function listening(url: string): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function settings(folder: string, reverbPort: number): Record<string, string> {
  return {
    APP_ENV: 'local',
    APP_DEBUG: 'true',
    APP_KEY: `base64:${Buffer.alloc(32, 7).toString('base64')}`,
    LOG_CHANNEL: 'single',
    DB_CONNECTION: 'sqlite',
    DB_DATABASE: path.join(folder, 'database/database.sqlite'),
    CACHE_STORE: 'file',
    SESSION_DRIVER: 'array',
    QUEUE_CONNECTION: 'sync',
    CHAT_ORIGINS: '*',
    BROADCAST_CONNECTION: 'reverb',
    REVERB_APP_ID: APP.id,
    REVERB_APP_KEY: APP.key,
    REVERB_APP_SECRET: APP.secret,
    REVERB_HOST: HOST,
    REVERB_PORT: String(reverbPort),
    REVERB_SCHEME: 'http',
  };
}

function envFile(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');
}
