/// <reference types="vite/client" />
import { PLUG_EVENT, type Chat, type Plug } from './chat.js';

/** Live: the element connects by itself to the `url` in the page; here stands only what the demo adds. */
export function liveChat(): Chat {
  // Written out: Vite looks for these very words.
  const hot = import.meta.hot;
  return {
    explained:
      'A real WebSocket to the server of npm start. Answer yourself at the staff desk; cut the line and write on.',
    setPlugged: (plugged) => hot?.send(PLUG_EVENT, { plugged } satisfies Plug),
    onPlug(fn) {
      hot?.on(PLUG_EVENT, ({ plugged = true }: Plug) => fn(plugged));
      hot?.send(PLUG_EVENT, {} satisfies Plug);
    },
  };
}
