/**
 * All texts by name. English is the measure: a language has the same names, or it does not compile. The texts lie in sets,
 * by what says them, so that each is fetched with its part. Only English is there from the beginning, and of it only what
 * the launcher says, which elsewhere is in the panel's set; what formatted answers say is elsewhere in the conversation's.
 */
import { texts as BADGE } from './en/badge.js';
import { texts as FORMS } from './en/forms.js';
import { texts as LAUNCHER } from './en/launcher.js';
import { texts as PANEL } from './en/panel.js';
import { texts as RICH_TEXT } from './en/rich-text.js';
import { texts as THREAD } from './en/thread.js';
import type { Text } from './text.js';

/** What the widget says in English; every line can be replaced by the property `strings`. */
export const ENGLISH = { ...LAUNCHER, ...BADGE, ...PANEL, ...THREAD, ...RICH_TEXT, ...FORMS };

/** Name of a text, `group.name`. */
export type StringKey = keyof typeof ENGLISH;

/** Texts by name. */
export type ChatStrings = Readonly<Record<StringKey, Text>>;

type Texts<T> = Readonly<Record<keyof T, Text>>;

/** What the launcher, the panel, the welcome, the message box and the news of the line say. */
export type PanelTexts = Texts<typeof LAUNCHER & typeof BADGE & typeof PANEL>;
/** What the conversation says, formatted answers included. */
export type ThreadTexts = Texts<typeof THREAD & typeof RICH_TEXT>;
/** What only some chats say: menu, teaser, hours, forms, files and ratings. */
export type FormTexts = Texts<typeof FORMS>;
