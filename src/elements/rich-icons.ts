/** A link. */
export const LINK =
  'M8.5 11.5a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.6 2.6a3 3 0 0 0 4.3 4.3l1-1';
/** A picture. */
export const PICTURE = 'M3.5 5.5h13v9h-13ZM4 13l3.5-3.5 3 3L13 10l3.5 3.5M12.8 8v.01';
/** Two sheets. */
export const COPY = 'M7.5 7.5h8v8h-8ZM12.5 7.5v-3h-8v8h3';
