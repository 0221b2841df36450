/** The gallery's page: reads its address, fills the toolbar, shows the states. */
import '../../src/define.js';
import { showGallery } from './gallery.js';
import { LOCALES, readLook, type Look } from './look.js';
import { stopTheClock } from './moment.js';
import { STATES } from './states.js';

stopTheClock();

const main = document.querySelector('main')!;
const form = document.querySelector('form')!;
const asked = readLook(location.search);
// On a small screen an open panel covers the page: one state at a time.
const small = matchMedia('(width < 480px), (height < 480px)').matches;
const look: Look = small && !asked.state ? { ...asked, state: 'welcome' } : asked;

const place = look.bare ? document.createElement('div') : main;

/** Adds choices to a field of the toolbar. */
function offer(name: string, choices: Readonly<Record<string, string>>): void {
  const field = form.elements.namedItem(name) as HTMLSelectElement;
  for (const [value, label] of Object.entries(choices)) field.add(new Option(label, value));
}

if (look.bare) {
  form.closest('header')!.remove();
  // In the window of a phone this is a part of the page around it, which has a main part.
  main.replaceWith(place);
}
offer('state', Object.fromEntries(STATES.map(({ id, title }) => [id, title])));
offer('locale', LOCALES);
for (const [name, value] of Object.entries(look)) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLSelectElement) field.value = `${value}`;
}
document.documentElement.dataset.theme = look.theme;

await showGallery(place, look);
document.documentElement.dataset.gallery = 'drawn';
if (parent !== window) parent.postMessage('gallery drawn', location.origin);
