import type { LaravelOptions, LaravelServer } from './wire.js';

/** A page's configuration as backends in the field serve it, read into options. */
export type LaravelConfig = Pick<LaravelOptions, 'transport' | 'pusher' | 'reverb'>;

/**
 * Reads `{realtimeProvider, reverb: {enabled, key, host}, pusher: {enabled, key, cluster}}`, or the options of an `Echo`:
 * `{broadcaster, key, wsHost, wsPort, wssPort, forceTLS}`.
 * @param config JSON of a server, untrusted
 * @returns undefined when it is neither
 */
export function readLaravelConfig(config: unknown): LaravelConfig | undefined {
  if (!isRecord(config)) return undefined;
  const { realtimeProvider, broadcaster } = config;
  if (typeof broadcaster === 'string') return readEcho(config, broadcaster);
  const reverb = readServer(config['reverb']);
  const pusher = readServer(config['pusher']);
  if (typeof realtimeProvider !== 'string' && !reverb && !pusher) return undefined;
  return {
    ...(pusher && { pusher }),
    ...(reverb && { reverb }),
    transport: firstOf(realtimeProvider),
  };
}

/** The one that the backend names comes first, and polling last, whatever else is set up. */
function firstOf(provider: unknown): string[] {
  const usual = ['pusher', 'reverb'];
  if (provider === 'polling' || provider === 'none' || provider === 'null') return ['polling'];
  const first = usual.filter((name) => name === provider);
  return [...first, ...usual.filter((name) => name !== provider), 'polling'];
}

function readServer(server: unknown): LaravelServer | undefined {
  if (!isRecord(server)) return undefined;
  const { enabled, tls = server['forceTLS'] ?? server['useTLS'] } = server;
  const port = Number(server['port']);
  return {
    key: textOf(server['key']),
    ...(enabled === false && { enabled }),
    ...text('host', server['host']),
    ...text('cluster', server['cluster']),
    ...text('path', server['path']),
    ...text('scheme', server['scheme']),
    ...(port > 0 && { port }),
    ...(typeof tls === 'boolean' && { tls }),
  };
}

/** The names that Echo and its client have for the same things. */
function readEcho(config: Record<string, unknown>, broadcaster: string): LaravelConfig {
  const { wsHost, forceTLS, wsPort, wssPort, wsPath, cluster, key } = config;
  const tls = typeof forceTLS === 'boolean' ? forceTLS : undefined;
  const secure = tls ?? globalThis.location?.protocol === 'https:';
  const server = readServer({
    key,
    host: wsHost,
    path: wsPath,
    cluster,
    tls,
    port: secure ? wssPort : wsPort,
  });
  const name = broadcaster === 'reverb' ? 'reverb' : 'pusher';
  return { [name]: server, transport: [name, 'polling'] };
}

function text<K extends string>(name: K, value: unknown): { [N in K]?: string } {
  const found = textOf(value);
  return (found ? { [name]: found } : {}) as { [N in K]?: string };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
