import type { Preset } from './preset.js';

/** The presets by name, each fetched when it is asked for. */
const PRESETS: Readonly<Record<string, () => Promise<Preset>>> = {
  'socket-io-shop': async () => (await import('./socket-io-shop.js')).socketIoShop,
  'laravel-chatbot': async () => (await import('./laravel-chatbot.js')).laravelChatbot,
  'laravel-livechat': async () => (await import('./laravel-livechat.js')).laravelLivechat,
  'plain-websocket': async () => (await import('./plain-websocket.js')).plainWebsocket,
  'laravel-resume': async () => (await import('./laravel-resume.js')).laravelResume,
};

/** Names of all presets. */
export const PRESET_NAMES = Object.keys(PRESETS);

/** Fetches a preset. @returns undefined when there is none of this name */
export async function loadPreset(name: string): Promise<Preset | undefined> {
  return Object.hasOwn(PRESETS, name) ? PRESETS[name]!() : undefined;
}
