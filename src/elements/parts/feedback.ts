/** Helpful or not: fetched with the first answer of a backend that wants to know. Its words are among those of the thread. */
import { CwFeedback } from '../cw-feedback.js';
import { feedback } from '../styles/feedback.js';
import type { Part } from './part.js';

export const elements: Part['elements'] = { 'cw-feedback': CwFeedback };

export const styles: Part['styles'] = [feedback];

export const texts: Part['texts'] = {};
