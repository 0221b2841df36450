/** Formatted answers: fetched with the first message that is one. */
import { html, nothing } from 'lit';
import { texts as english } from '../../i18n/en/rich-text.js';
import { CwCode } from '../cw-code.js';
import { CwPicture } from '../cw-picture.js';
import { CwRichText } from '../cw-rich-text.js';
import { CwSources } from '../cw-sources.js';
import type { Markdown, RichText } from '../rich-text.js';
import { richBoxes } from '../styles/rich-boxes.js';
import { richText as look } from '../styles/rich-text.js';
import type { Part } from './part.js';

export const elements: Part['elements'] = {
  'cw-code': CwCode,
  'cw-picture': CwPicture,
  'cw-rich-text': CwRichText,
  'cw-sources': CwSources,
};

export const styles: Part['styles'] = [look, richBoxes];

export const texts: Part['texts'] = english;

/** Draws messages with the elements of this part. */
export const richText = (markdown: Markdown): RichText => ({
  text: ({ text, streaming, stopped }, language) =>
    html`<cw-rich-text
      .markdown=${markdown}
      .text=${text}
      .unfinished=${streaming || stopped}
      .language=${language}
    ></cw-rich-text>`,
  after: ({ sources, streaming }, language) =>
    sources?.length && !streaming
      ? html`<cw-sources .sources=${sources} .address=${markdown.safeAddress} .language=${language}></cw-sources>`
      : nothing,
});
