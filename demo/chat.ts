/** What answers the chat of the shop. */
export interface Chat {
  /** Words for the visitor that say what answers. */
  readonly explained: string;
  /** Cuts the line, or mends it. */
  setPlugged(plugged: boolean): void;
  /** Calls `fn` whenever the line was cut or mended, by this page or another. */
  onPlug(fn: (plugged: boolean) => void): void;
}

/** Events between the page and the server of `npm start`, over the line of Vite's dev server. */
export const PLUG_EVENT = 'fernway:plug';

/** What such an event carries: whether the line shall hold, or does. A page that only asks leaves it out. */
export interface Plug {
  readonly plugged?: boolean;
}
