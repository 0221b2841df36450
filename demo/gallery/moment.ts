/**
 * The gallery's own time: always the same morning, in whatever time zone the page is looked at, so that every picture of it
 * is the same.
 */

/** A Wednesday, 11:02. */
const NOW = new Date(2026, 2, 18, 11, 2);

/**
 * A moment as messages carry it.
 * @param time of the day, such as `10:41`
 * @param day days from today; -1 is yesterday
 */
export function at(time: string, day = 0): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(2026, 2, 18 + day, hours, minutes).toISOString();
}

/** Milliseconds since 1970 of a moment so many seconds from now, for what counts down. */
export const inSeconds = (seconds: number): number => NOW.getTime() + seconds * 1000;

/** Stops the wall clock of this page. */
export function stopTheClock(): { release(): void } {
  const { now } = Date;
  Date.now = () => NOW.getTime();
  return { release: () => void (Date.now = now) };
}
