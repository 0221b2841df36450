/** The headless chat and the backends: what a widget needs as soon as it is used, and not before. */
import { BackendError, type Backend } from '../../backends/backend.js';
import { loadBackend, type LoadOptions } from '../../backends/load.js';
import type { Diagnosis } from '../../conversation/diagnosis.js';
import type { ClientSource } from '../controllers/client-controller.js';
import { OPTION_NAMES } from '../options.js';

export { ChatClient } from '../../conversation/chat-client.js';

/** What is known where nobody has said where the chat is. */
export const undiagnosed = async (): Promise<Diagnosis> =>
  (await import('../../conversation/diagnosis.js')).undiagnosed();

/** Names what this device is like; fetched only where the page has opted in. */
export const deviceHint = async (): Promise<string> =>
  (await import('../../platform/device-hint.js')).deviceHint();

/**
 * Makes the backend that a page has described.
 * @throws {BackendError} when the description is wrong, or a configuration could not be had
 */
export async function backendOf(host: ClientSource, name: string): Promise<Backend> {
  const { url, preset, transport, configUrl, scenario, fetch, WebSocket } = host;
  // Lit makes nothing of an attribute that is no JSON.
  if (host.backendOptions === null && host.getAttribute('backend-options')) {
    throw new BackendError('options-invalid', 'the attribute "backend-options" is no JSON object');
  }
  const given = { ...(fetch && { fetch }), ...(WebSocket && { WebSocket }) };
  const backendOptions = host.backendOptions ?? {};
  if (!preset && !transport && !configUrl) {
    return loadBackend(name, { ...backendOptions, ...given, scenario, url: url || undefined } as LoadOptions);
  }
  const { setUp } = await import('../../backends/setup.js');
  const backend = name === 'native' && !host.hasAttribute('backend') ? undefined : name;
  const settled = await setUp({
    ...{ backend, backendOptions, scenario, fetch },
    url: url || undefined,
    preset: preset || undefined,
    transport: transport || undefined,
    configUrl: configUrl || undefined,
  });
  adopt(host, settled.properties);
  return loadBackend(settled.backend, { ...settled.options, ...given });
}

/** Words and looks of a configuration; what the page itself has said stays. */
function adopt(host: ClientSource, properties: Readonly<Record<string, unknown>>): void {
  const { elementProperties } = host.constructor as unknown as {
    elementProperties: Map<string, { attribute?: string | boolean }>;
  };
  for (const name of [...OPTION_NAMES, 'locale', 'strings']) {
    if (!Object.hasOwn(properties, name)) continue;
    const { attribute } = elementProperties.get(name) ?? {};
    const asAttribute = typeof attribute === 'string' ? attribute : name.toLowerCase();
    if (!host.hasAttribute(asAttribute)) Object.assign(host, { [name]: properties[name] });
  }
}
