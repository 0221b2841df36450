/** How the gallery is looked at: what its address says. */
export interface Look {
  readonly locale: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Direction; empty for that of the language. */
  readonly dir: '' | 'ltr' | 'rtl';
  /** Width of the panel in pixels. */
  readonly width: number;
  /** The one state that is shown; empty for all. */
  readonly state: string;
  /** Whether the state stands alone on the page, as in a page of its own. */
  readonly bare: boolean;
}

/** Locales with texts of their own, each by its own name. */
export const LOCALES: Readonly<Record<string, string>> = {
  'en-GB': 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  hi: 'हिन्दी',
  ja: '日本語',
  ko: '한국어',
  'pt-BR': 'Português (Brasil)',
  tr: 'Türkçe',
  uk: 'Українська',
  'zh-Hans': '简体中文',
};

/** Reads the part of an address after the question mark. What cannot be used is passed over. */
export function readLook(search: string): Look {
  const asked = new URLSearchParams(search);
  const one = <T extends string>(name: string, allowed: readonly T[]): T =>
    allowed.find((value) => value === asked.get(name)) ?? allowed[0]!;
  const width = Number(asked.get('width'));
  return {
    locale: asked.get('locale') || 'en-GB',
    theme: one('theme', ['auto', 'light', 'dark']),
    dir: one('dir', ['', 'ltr', 'rtl']),
    width: width >= 200 && width <= 2000 ? width : 400,
    state: asked.get('state') ?? '',
    bare: asked.has('bare'),
  };
}

/** Writes a look into an address. */
export function searchOf(look: Partial<Look>): string {
  const said = Object.entries(look).filter(([, value]) => value !== '' && value !== false);
  return `?${new URLSearchParams(said.map(([name, value]) => [name, value === true ? '' : `${value}`]))}`;
}
