/** The window, the welcome and the message box: what an open, empty chat is made of. */
import { CwComposer } from '../cw-composer.js';
import { CwHero } from '../cw-hero.js';
import { CwPanel } from '../cw-panel.js';
import { texts as english } from '../../i18n/en/panel.js';
import type { Part } from './part.js';
import { composer } from '../styles/composer.js';
import { empty } from '../styles/empty.js';
import { inside } from '../styles/inside.js';
import { palette } from '../styles/palette.js';
import { panel } from '../styles/panel.js';
import { welcome } from '../styles/welcome.js';

/** For a widget that stands in the page. */
export { InViewController } from '../controllers/in-view-controller.js';

export const elements: Part['elements'] = {
  'cw-composer': CwComposer,
  'cw-hero': CwHero,
  'cw-panel': CwPanel,
};

export const styles: Part['styles'] = [palette, inside, panel, empty, welcome, composer];

export const texts: Part['texts'] = english;
