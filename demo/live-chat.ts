/// <reference types="vite/client" />
import { PLUG_EVENT, type Chat, type Plug } from './chat.js';

/** Live: the element connects by itself to the `url` in the page; here stands only what the demo adds. */
export function liveChat(): Chat {
  const { hot } = import.meta;
  return {
    explained:
      'A real WebSocket to the chat server that npm start started. Open the staff desk in a second tab and answer yourself.',
    unplug: 'Stop the chat server, and write on',
    plug: 'Start the chat server again',
    setPlugged: (plugged) => hot?.send(PLUG_EVENT, { plugged } satisfies Plug),
    onPlug: (fn) => hot?.on(PLUG_EVENT, ({ plugged }: Plug) => fn(plugged)),
  };
}
