/** What answers the chat of the shop. */
export interface Chat {
  /** Words for the visitor that say what answers. */
  readonly explained: string;
  /** Words on the button that cuts the line, and on the one that mends it. */
  readonly unplug: string;
  readonly plug: string;
  /** Cuts the line, or mends it. */
  setPlugged(plugged: boolean): void;
  /** Calls `fn` whenever the line was cut or mended, by this page or another. */
  onPlug(fn: (plugged: boolean) => void): void;
}

/** Events between the page and the server of `npm start`, over the line of Vite's dev server. */
export const PLUG_EVENT = 'fernway:plug';

/** What such an event carries: whether the chat server shall run, or does. A page that only asks leaves it out. */
export interface Plug {
  readonly plugged?: boolean;
}
