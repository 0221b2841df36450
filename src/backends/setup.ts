/** What a page says of its backend, by name, by preset and by configuration, brought together; fetched when one of these is used. */
import { Timer, systemClock, type Clock } from '../platform/clock.js';
import { jsonOf, request } from '../platform/http.js';
import { BackendError } from './backend.js';
import { resolveAddress, type LoadOptions } from './load.js';
import { loadPreset, PRESET_NAMES } from './presets/load.js';
import type { Preset } from './presets/preset.js';

/** What the page has set; undefined where it has set nothing. */
export interface Setup {
  readonly backend?: string | undefined;
  readonly preset?: string | undefined;
  readonly transport?: string | undefined;
  readonly url?: string | undefined;
  readonly configUrl?: string | undefined;
  readonly backendOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
}

/** What follows of it. */
export interface SetupResult {
  /** Name of the backend. */
  readonly backend: string;
  /** What it is made from. */
  readonly options: LoadOptions;
  /** What the configuration says beside that: texts and looks, by the names of the widget's properties. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A configuration that could not be had is asked for again after these times, in milliseconds. */
const CONFIG_RETRIES_MS = [1000, 2000];

/** Properties of a configuration that say where the chat is; all others are about words and looks. */
const ABOUT_BACKEND = new Set(['backend', 'preset', 'transport', 'url', 'backendOptions', 'scenario']);

/**
 * Brings together what a page has said. What it says itself counts most, then its configuration, then the preset.
 * @throws {BackendError} `preset-unknown`; `config` when the configuration could not be had and nothing else says where the
 *   chat is; `options-invalid` for a transport that the backend does not have
 */
export async function setUp(setup: Setup): Promise<SetupResult> {
  let preset = await presetOf(setup.preset);
  const configUrl = setup.configUrl ?? (preset?.configUrl && addressOf(preset.configUrl, setup.url));
  const config = configUrl ? await configOf(configUrl, setup, preset !== undefined) : {};
  const told = config as Omit<Setup, 'fetch' | 'clock'> & { scenario?: string };
  preset ??= await presetOf(told.preset);
  const transport = setup.transport ?? told.transport;
  preset = insteadOf(preset, transport);
  const backend = setup.backend ?? told.backend ?? preset?.backend ?? 'native';
  const url = setup.url ?? (told.url && addressOf(told.url, configUrl)) ?? originOf(configUrl);
  return {
    backend,
    options: {
      ...merged(merged(preset?.backendOptions, told.backendOptions), setup.backendOptions),
      ...chainOf(backend, setup.transport ?? told.transport ?? preset?.transport),
      ...(setup.transport === undefined && setup.backendOptions?.['transport'] !== undefined
        ? { transport: setup.backendOptions['transport'] }
        : {}),
      ...(setup.fetch && { fetch: setup.fetch }),
      ...(backend === 'mock' && { scenario: told.scenario }),
      url,
    } as LoadOptions,
    properties: Object.fromEntries(Object.entries(config).filter(([name]) => !ABOUT_BACKEND.has(name))),
  };
}

async function presetOf(name: string | undefined): Promise<Preset | undefined> {
  if (!name) return undefined;
  const preset = await loadPreset(name);
  if (preset) return preset;
  throw new BackendError('preset-unknown', `"${name}" is none of the presets ${PRESET_NAMES.join(', ')}`);
}

/** A contract may be spoken in two ways, and the page names one by its wire. */
function insteadOf(preset: Preset | undefined, transport: string | undefined): Preset | undefined {
  const [first = ''] = namesIn(transport);
  const other = preset?.instead && Object.hasOwn(preset.instead, first) ? preset.instead[first] : undefined;
  return other ?? preset;
}

/** Options of a preset, with those of the page in their place; one level deeper for tables, so that one name can be changed. */
function merged(under: object = {}, over: object = {}): Record<string, unknown> {
  const result: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const before = result[name];
    result[name] = isTable(before) && isTable(value) ? { ...before, ...value } : value;
  }
  return result;
}

/** Which wires, in the word that the backend has for it. */
function chainOf(backend: string, transport: string | undefined): Record<string, unknown> {
  const names = namesIn(transport);
  if (!names.length) return {};
  if (backend === 'socket-io') return { transports: names };
  if (backend === 'native' || backend === 'websocket') {
    if (names.every((name) => name === 'websocket')) return {};
    throw new BackendError('options-invalid', `the ${backend} backend has the transport websocket alone`);
  }
  return { transport: names };
}

function namesIn(transport: string | undefined): string[] {
  return (transport ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

async function configOf(url: string, { fetch, clock = systemClock }: Setup, spare: boolean): Promise<object> {
  const address = resolveAddress(url, false);
  for (const pauseMs of [...CONFIG_RETRIES_MS, undefined]) {
    try {
      const answer = await request({ url: address }, { fetch, clock });
      return await readConfig(await jsonOf(answer, { clock }));
    } catch (error) {
      if (pauseMs !== undefined) await pause(pauseMs, clock);
      else if (!spare) {
        const detail = error instanceof Error ? error.message : String(error);
        throw new BackendError('config', `the configuration at ${address} could not be had: ${detail}`);
      }
    }
  }
  // A preset knows enough to go on without realtime.
  return {};
}

/** Our own names, or the shape that Laravel chats have. */
async function readConfig(config: unknown): Promise<object> {
  if (!isTable(config)) throw new Error('it is no JSON object');
  const { readLaravelConfig } = await import('./laravel/config.js');
  const { realtimeProvider: _provider, reverb: _reverb, pusher: _pusher, ...rest } = config;
  const options = readLaravelConfig(config);
  if (!options) return config;
  const own = 'broadcaster' in config ? {} : rest;
  return { backend: 'laravel', ...own, backendOptions: merged(options, rest['backendOptions'] as object) };
}

function pause(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => new Timer(clock).set(ms, resolve));
}

/** An address of a preset or a configuration, relative to the backend's. */
function addressOf(url: string, base: string | undefined): string {
  const under = base && resolveAddress(base, false).replace(/^ws/, 'http');
  return new URL(url, under ?? globalThis.document?.baseURI).href;
}

function originOf(url: string | undefined): string | undefined {
  return url && new URL(resolveAddress(url, false)).origin;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isInstance(value);
}

/** An injected client is no table, and must stay what it is. */
function isInstance(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && prototype !== Object.prototype;
}
