import type { Look } from './look.js';
import { stage } from './stage.js';
import { STATES } from './states.js';

/** Shows the states that are asked for. Resolves when all are drawn, in the fonts that they use. */
export async function showGallery(place: HTMLElement, look: Look): Promise<void> {
  const shown = STATES.filter(({ id }) => !look.state || id === look.state);
  const stages = shown.map((state) => stage(state, look));
  place.replaceChildren(...stages.map(({ element }) => element));
  await Promise.all(stages.map(({ drawn }) => drawn()));
  await document.fonts.ready;
}
