import type { ChatStrings, FormTexts, PanelTexts, ThreadTexts } from './strings.js';

/** A set of texts that is fetched at once: with the launcher, with the conversation, or with what only some chats have. */
export type TextSet = 'panel' | 'thread' | 'forms';

/** The doors to one language. */
interface Doors {
  panel(): Promise<{ texts: PanelTexts }>;
  thread(): Promise<{ texts: ThreadTexts }>;
  forms(): Promise<{ texts: FormTexts }>;
}

/** The languages beside English. What an import names must be written out, or builds do not find it. */
export const LOCALES: Readonly<Record<string, Doors>> = {
  ar: {
    panel: () => import('./ar/panel.js'),
    thread: () => import('./ar/thread.js'),
    forms: () => import('./ar/forms.js'),
  },
  de: {
    panel: () => import('./de/panel.js'),
    thread: () => import('./de/thread.js'),
    forms: () => import('./de/forms.js'),
  },
  es: {
    panel: () => import('./es/panel.js'),
    thread: () => import('./es/thread.js'),
    forms: () => import('./es/forms.js'),
  },
  fr: {
    panel: () => import('./fr/panel.js'),
    thread: () => import('./fr/thread.js'),
    forms: () => import('./fr/forms.js'),
  },
  hi: {
    panel: () => import('./hi/panel.js'),
    thread: () => import('./hi/thread.js'),
    forms: () => import('./hi/forms.js'),
  },
  ja: {
    panel: () => import('./ja/panel.js'),
    thread: () => import('./ja/thread.js'),
    forms: () => import('./ja/forms.js'),
  },
  ko: {
    panel: () => import('./ko/panel.js'),
    thread: () => import('./ko/thread.js'),
    forms: () => import('./ko/forms.js'),
  },
  'pt-BR': {
    panel: () => import('./pt-BR/panel.js'),
    thread: () => import('./pt-BR/thread.js'),
    forms: () => import('./pt-BR/forms.js'),
  },
  tr: {
    panel: () => import('./tr/panel.js'),
    thread: () => import('./tr/thread.js'),
    forms: () => import('./tr/forms.js'),
  },
  uk: {
    panel: () => import('./uk/panel.js'),
    thread: () => import('./uk/thread.js'),
    forms: () => import('./uk/forms.js'),
  },
  'zh-Hans': {
    panel: () => import('./zh-Hans/panel.js'),
    thread: () => import('./zh-Hans/thread.js'),
    forms: () => import('./zh-Hans/forms.js'),
  },
};

/**
 * Fetches texts of a language.
 * @param tongue one of the languages above
 */
export async function fetchTexts(tongue: string, sets: readonly TextSet[]): Promise<Partial<ChatStrings>> {
  const found = await Promise.all(sets.map((set) => LOCALES[tongue]![set]()));
  return Object.assign({}, ...found.map(({ texts }) => texts)) as Partial<ChatStrings>;
}
