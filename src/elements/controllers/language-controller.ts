import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Language, usableLocale } from '../../i18n/language.js';
import type { fetchTexts, TextSet } from '../../i18n/locales.js';
import type { ChatStrings } from '../../i18n/strings.js';
import { isRtl, tongueFor } from '../../i18n/tongue.js';
import { ChatErrorEvent } from '../events.js';

/** What the page has set on the widget and its language follows from. */
export interface LanguageSource extends ReactiveControllerHost, HTMLElement {
  readonly locale?: string;
  readonly strings: Partial<ChatStrings>;
}

const fetchTextsLate: typeof fetchTexts = async (tongue, sets) =>
  (await import('../../i18n/locales.js')).fetchTexts(tongue, sets);

/**
 * Finds the language of the widget and fetches its texts. Until they are here it speaks on as before, and where they
 * cannot be had, English; English takes the numbers and times of the wanted locale at once, as the widget its direction.
 */
export class LanguageController implements ReactiveController {
  /** The language to speak; another object when anything about it has changed. */
  language = new Language();
  /** What is wanted, also while its texts are on their way. */
  locale = 'en';
  readonly #host: LanguageSource;
  readonly #fetchTexts: typeof fetchTextsLate;
  readonly #page = new MutationObserver(() => this.#host.requestUpdate());
  readonly #sets: TextSet[] = ['panel'];
  readonly #failed = new Set<string>();
  #strings: unknown;
  /** The direction that was set here; undefined while the page's holds. */
  #dir: string | undefined;

  constructor(host: LanguageSource, fetchTexts = fetchTextsLate) {
    this.#host = host;
    this.#fetchTexts = fetchTexts;
    host.addController(this);
  }

  hostConnected(): void {
    // A page that is not loaded anew when its reader takes another language still says which it is.
    this.#page.observe(document.documentElement, { attributeFilter: ['lang'] });
  }

  hostDisconnected(): void {
    this.#page.disconnect();
  }

  /** Looks again at what the page has set. */
  renew(): void {
    const host = this.#host;
    const locale = usableLocale(
      host.locale,
      host.closest<HTMLElement>('[lang]')?.lang,
      document.documentElement.lang,
      navigator.language,
    );
    this.#turn(locale);
    const { strings } = host;
    if (strings === this.#strings && locale === this.locale) return;
    if (strings !== this.#strings) this.#check((this.#strings = strings));
    this.locale = locale;
    const tongue = tongueFor(locale);
    const spoken = this.language;
    const same = tongue === spoken.tongue;
    // From one language to another there is no English in between.
    const waits = tongue && !same && spoken.tongue !== 'en' && !this.#failed.has(tongue);
    this.#speak(waits ? spoken.locale : locale, waits || same ? spoken.texts : {});
    this.#fetch();
  }

  /** Fetches more texts: a part that says them is about to come. */
  need(set: TextSet): void {
    if (this.#sets.includes(set)) return;
    this.#sets.push(set);
    this.#fetch();
  }

  #speak(locale: string, texts: Partial<ChatStrings>): void {
    const tongue = tongueFor(locale);
    const strings = this.#host.strings ?? {};
    const spoken = Object.keys(tongue ? texts : strings).length > 0;
    // A page that brings texts of a language that we do not have speaks that language.
    this.language = new Language(locale, strings, texts, spoken ? (tongue ?? locale) : 'en');
  }

  /** Gets all texts that are wanted now and speaks with them; at once, so that the widget changes once. */
  #fetch(): void {
    const { locale } = this;
    const tongue = tongueFor(locale);
    if (!tongue || this.#failed.has(tongue)) return;
    const wanted = this.#sets.length;
    this.#fetchTexts(tongue, this.#sets).then(
      (texts) => {
        // Another language is wanted by now, or more of this one is on its way.
        if (locale !== this.locale || wanted !== this.#sets.length) return;
        this.#speak(locale, texts);
        this.#host.requestUpdate();
      },
      (error: Error) => {
        if (this.#failed.has(tongue)) return;
        this.#failed.add(tongue);
        if (locale === this.locale && locale !== this.language.locale) {
          this.#speak(locale, {});
          this.#host.requestUpdate();
        }
        this.#host.dispatchEvent(new ChatErrorEvent('load', error));
      },
    );
  }

  /** Looks for mistakes, when there is anything to look at. A page that gets no advice goes on. */
  #check(strings: unknown): void {
    if (Object.keys(strings ?? {}).length === 0) return;
    import('../../i18n/text-faults.js').then(({ tellTextFaults }) => tellTextFaults(strings)).catch(() => {});
  }

  /**
   * Turns the widget to the direction of its language. A direction that the page has set on it stays; and where the
   * locale is the page's own, the page's direction is right, unless it has forgotten to say that it reads from the right.
   */
  #turn(locale: string): void {
    const host = this.#host;
    if (host.getAttribute('dir') !== (this.#dir ?? null)) return;
    const dir = isRtl(locale) ? 'rtl' : host.locale ? 'ltr' : undefined;
    if (dir === this.#dir) return;
    this.#dir = dir;
    if (dir) host.dir = dir;
    else host.removeAttribute('dir');
  }
}
