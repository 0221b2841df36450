import { openSync, writeFileSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  chooseScenarios,
  MockChatServer,
  PusherHost,
  scenarioLibrary,
  type LogEntry,
  type PusherPersonality,
  type Unmatched,
} from '../src/testing/index.js';
import { MockSite } from './mock-site.js';

const UNMATCHED = ['warn', 'fail', 'echo', 'ignore'];
const PERSONALITIES = ['pusher', 'reverb', 'soketi'];

const HELP = `Usage: chat-widget-element mock [options]

Plays a chat story over WebSocket, Socket.IO, the Pusher protocol and HTTP, all on one port.

  --scenario NAME|FILE   a story of the library or a JSON file; may be repeated, the first that takes
                         something is the only one (default staff-escalation)
  --port NUMBER          0 for any that is free (default 8080)
  --host ADDRESS         address to listen on (default 127.0.0.1: no other machine reaches it)
  --seed NUMBER          what chance decides is the same in each run
  --unmatched WHAT       what becomes of that which no story takes: ${UNMATCHED.join(', ')} (default warn)
  --app-key KEY          key of the Pusher app (default app-key); its secret is app-secret
  --personality NAME     habits of the Pusher server: ${PERSONALITIES.join(', ')} (default pusher)
  --verbose              prints each frame and each request
  --log FILE             writes what went over sockets, for replay() of chat-widget-element/testing
  --help

Stories of the library:
${[...scenarioLibrary.values()]
  .map((make) => make())
  .map(({ name, about = '' }) => `  ${name.padEnd(20)} ${about}`)
  .join('\n')}
`;

const OPTIONS = {
  scenario: { type: 'string', multiple: true },
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string' },
  unmatched: { type: 'string', default: 'warn' },
  'app-key': { type: 'string', default: 'app-key' },
  personality: { type: 'string', default: 'pusher' },
  verbose: { type: 'boolean', default: false },
  log: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Words of a command line that cannot be followed. */
class UsageError extends Error {}

/**
 * Serves until it is told to stop, by SIGINT or SIGTERM.
 * @returns the exit code: 1 for options or scenarios that are wrong, a port that is taken, and, with `--unmatched fail`, for
 *   something that no scenario took
 */
export async function mock(args: string[]): Promise<number> {
  try {
    const options = read(args);
    if (options.help) {
      process.stdout.write(HELP);
      return 0;
    }
    return await play(options);
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(error instanceof UsageError ? `${message}\nSee --help.\n` : `${message}\n`);
    return 1;
  }
}

interface MockOptions {
  readonly scenarios: string;
  readonly port: number;
  readonly host: string;
  readonly seed: number | undefined;
  readonly unmatched: Unmatched;
  readonly appKey: string;
  readonly personality: PusherPersonality;
  readonly verbose: boolean;
  readonly log: string | undefined;
  readonly help: boolean;
}

function read(args: string[]): MockOptions {
  const { values } = parsed(args);
  const oneOf = (name: 'unmatched' | 'personality', known: readonly string[]): string => {
    if (known.includes(values[name])) return values[name];
    throw new UsageError(`--${name} is one of ${known.join(', ')}, not "${values[name]}"`);
  };
  const whole = (name: 'port' | 'seed', value: string): number => {
    if (/^\d+$/.test(value)) return Number(value);
    throw new UsageError(`--${name} is a whole number, not "${value}"`);
  };
  return {
    scenarios: values.scenario?.join(',') ?? 'staff-escalation',
    port: whole('port', values.port),
    host: values.host,
    seed: values.seed === undefined ? undefined : whole('seed', values.seed),
    unmatched: oneOf('unmatched', UNMATCHED) as Unmatched,
    appKey: values['app-key'],
    personality: oneOf('personality', PERSONALITIES) as PusherPersonality,
    verbose: values.verbose,
    log: values.log,
    help: values.help,
  };
}

function parsed(args: string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>> {
  try {
    return parseArgs({ args, options: OPTIONS });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function play(options: MockOptions): Promise<number> {
  const { seed, unmatched, verbose, log } = options;
  const scenarios = await chooseScenarios(options.scenarios, readJson);
  // What cannot be written is said now, and not after an hour of testing.
  if (log !== undefined) closeSync(openSync(log, 'w'));
  const server = new MockChatServer({
    scenarios,
    unmatched,
    ...(seed !== undefined && { seed }),
    onLog: (entry) => {
      if (verbose) console.log(line(entry));
      if (entry.what === 'closed') keep();
    },
  });
  const keep = (): void => {
    if (log !== undefined) writeFileSync(log, text(server.log));
  };
  const pusher = new PusherHost({ key: options.appKey, personality: options.personality });
  const site = new MockSite(server, pusher, {
    title: scenarios.map(({ name }) => name).join(', '),
    onRequest: verbose ? (request) => console.log(request) : undefined,
  });
  await site.listen(options.port, options.host);
  console.log(site.about);
  console.log('\nEnds with Ctrl+C.');
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  try {
    await server.stop();
  } finally {
    keep();
    await site.close();
  }
  return 0;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8')) as unknown;
}

/** A log as JSON, an entry in each line. */
function text(log: readonly LogEntry[]): string {
  return `[\n${log.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;
}

/** One line for a reader: who said what, on which connection. */
function line(entry: LogEntry): string {
  const at = new Date(entry.at).toISOString().slice(11, 23);
  const head = `${at} #${entry.connection}`;
  if (entry.what === 'frame') {
    return `${head} ${entry.from === 'guest' ? '>' : '<'} ${entry.text}${entry.lost ? ' (lost)' : ''}`;
  }
  if (entry.what === 'closed')
    return `${head} closed by ${entry.by}, ${entry.code} ${entry.reason}`.trimEnd();
  return `${head} ${entry.what}`;
}
