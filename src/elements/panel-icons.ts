/** An arrow up. */
export const SEND = 'M10 16V4.5M5.2 9.3 10 4.5l4.8 4.8';
/** A square. */
export const STOP = 'M6.5 6.5h7v7h-7Z';
/** The sign of the assistant. */
export const SPARK =
  'M9.5 3.2c.5 3.7 2.3 5.5 6 6-3.7.5-5.5 2.3-6 6-.5-3.7-2.3-5.5-6-6 3.7-.5 5.5-2.3 6-6ZM15.7 13.6c.2 1.3.8 1.9 2.1 2.1-1.3.2-1.9.8-2.1 2.1-.2-1.3-.8-1.9-2.1-2.1 1.3-.2 1.9-.8 2.1-2.1Z';
/** The sign of people who help. */
export const HEADSET =
  'M3.5 11v-1a6.5 6.5 0 0 1 13 0v1M4.3 10.8h.4c.8 0 1.5.7 1.5 1.5v2c0 .8-.7 1.5-1.5 1.5h-.4c-.8 0-1.5-.7-1.5-1.5v-2c0-.8.7-1.5 1.5-1.5ZM15.3 10.8h.4c.8 0 1.5.7 1.5 1.5v2c0 .8-.7 1.5-1.5 1.5h-.4c-.8 0-1.5-.7-1.5-1.5v-2c0-.8.7-1.5 1.5-1.5ZM15.5 15.8c0 1.3-1.3 2-3.3 2';
/** A step on. */
export const NEXT = 'm8 5 5 5-5 5';
/** A plug that is out. */
export const PLUG = 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0V7ZM10 15v3';
/** Once more. */
export const RETRY = 'M15.8 8.2a6.2 6.2 0 1 0 .2 3.3M16.2 4.3v4h-4';
