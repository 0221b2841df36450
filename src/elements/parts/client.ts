/** The headless chat and the backends: what a widget needs as soon as it is used, and not before. */
import { BackendError, type Backend } from '../../backends/backend.js';
import { loadBackend, type LoadOptions } from '../../backends/load.js';
import { ChatClient } from '../../conversation/chat-client.js';
import type { Diagnosis } from '../../conversation/diagnosis.js';
import type { ClientSetting, ClientSource } from '../controllers/client-controller.js';
import { OPTION_NAMES } from '../options.js';

/** What is known where nobody has said where the chat is. */
export const undiagnosed = async (): Promise<Diagnosis> =>
  (await import('../../conversation/diagnosis.js')).undiagnosed();

/** Names what this device is like; fetched only where the page has opted in. */
const deviceHint = async (): Promise<string> => (await import('../../platform/device-hint.js')).deviceHint();

/**
 * Makes a client from what the page has set.
 * @param namespace names what is stored
 * @param setting asked again where the page may say something later
 */
export function clientFor(
  host: ClientSource,
  backend: string | Backend,
  namespace: string,
  setting: () => ClientSetting,
): ChatClient {
  const { conversationId, guestId, eager } = host;
  const { persistence, resumeHours, idlePause } = setting().options;
  return new ChatClient(
    Object.assign(new LateOptions(host, setting), {
      backend: typeof backend === 'string' ? () => backendOf(host, backend) : backend,
      scope: typeof backend === 'string' ? (host.WebSocket ?? host.fetch) : backend,
      namespace,
      persistence,
      resumeHours,
      idlePause,
      eager,
      // An empty attribute comes from a template that had nothing to fill in.
      conversationId: conversationId || undefined,
      guestId: guestId || undefined,
      ...(host.deviceHint && { deviceHint }),
      page: () => ({ url: location.href, title: document.title, referrer: document.referrer }),
    }),
  );
}

/**
 * What a page may set after the element has appeared. A class, because V8 keeps the getters of an object literal, and with
 * them an element that is gone, as long as the code lives.
 */
class LateOptions {
  readonly #host: ClientSource;
  readonly #setting: () => ClientSetting;

  constructor(host: ClientSource, setting: () => ClientSetting) {
    this.#host = host;
    this.#setting = setting;
  }

  get locale(): string {
    return this.#setting().speech.locale;
  }

  get getToken(): ClientSource['getToken'] {
    return this.#host.getToken;
  }
}

/**
 * Makes the backend that a page has described.
 * @throws {BackendError} when the description is wrong, or a configuration could not be had
 */
async function backendOf(host: ClientSource, name: string): Promise<Backend> {
  const { url, preset, transport, configUrl, fetch, WebSocket } = host;
  // Lit makes nothing of an attribute that is no JSON.
  if (host.backendOptions === null && host.getAttribute('backend-options')) {
    throw new BackendError('options-invalid', 'the attribute "backend-options" is no JSON object');
  }
  const given = { ...(fetch && { fetch }), ...(WebSocket && { WebSocket }) };
  const backendOptions = host.backendOptions ?? {};
  if (!preset && !transport && !configUrl) {
    return loadBackend(name, { ...backendOptions, ...given, url: url || undefined } as LoadOptions);
  }
  const { setUp } = await import('../../backends/setup.js');
  const backend = name === 'native' && !host.hasAttribute('backend') ? undefined : name;
  const settled = await setUp({
    ...{ backend, backendOptions, fetch },
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
