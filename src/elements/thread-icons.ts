/** An arrow down. */
export const DOWN = 'M10 4v11m-4.5-4.5L10 15l4.5-4.5';
/** A clock. */
export const CLOCK = 'M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6ZM10 6.2V10l2.5 1.7';
/** A tick. */
export const CHECK = 'm5 10.5 3.3 3.3L15 6.5';
/** Two ticks. */
export const CHECKS = 'm2.5 10.5 3.3 3.3 6.7-7.3M9.8 13.8l6.7-7.3';
/** Something is wrong. */
export const ALERT = 'M10 3.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6ZM10 6.6v4.2M10 13.4v.01';
/** No network. */
export const OFFLINE =
  'M3 7.6a10.5 10.5 0 0 1 3.6-2.2M9.5 4.7A10.5 10.5 0 0 1 17 7.6M5.6 10.6a6.7 6.7 0 0 1 2.6-1.6M12 9.1a6.7 6.7 0 0 1 2.4 1.5M8.2 13.3a3 3 0 0 1 3.6 0M10 16v.01M3.5 3.5l13 13';
/** Under way. */
export const SYNC =
  'M4 9a6.2 6.2 0 0 1 10.8-3l1.4 1.6M16.3 4.2v3.5h-3.5M16 11a6.2 6.2 0 0 1-10.8 3l-1.4-1.6M3.7 15.8v-3.5h3.5';
