import { systemClock, Timer, type Clock } from '../../platform/clock.js';

/** Time between two messages, in milliseconds: what comes at once, screen readers swallow. */
const APART_MS = 150;
/** How long a message stays, in milliseconds: long enough to be heard of, too short to be found when reading the page. */
const STAY_MS = 1_000;

/** How something is said. */
export interface Manner {
  /** Whether it may interrupt. Default false. */
  readonly urgent?: boolean;
  /** Language of it, as a BCP 47 tag. */
  readonly lang?: string;
}

/**
 * What screen readers listen to: two live regions at the end of the page, outside of any shadow root that a reader would
 * not look into. They are there before the first message and are never moved. All widgets of a page share one announcer.
 */
export class Announcer {
  readonly #clock: Clock;
  readonly #visible: () => boolean;
  readonly #next: Timer;
  #root: HTMLElement | undefined;
  #users = 0;
  #waiting: (Manner & { text: string })[] = [];

  /** @param visible whether the page can be seen: of several tabs only that one speaks */
  constructor(clock: Clock = systemClock, visible = (): boolean => document.visibilityState !== 'hidden') {
    this.#clock = clock;
    this.#visible = visible;
    this.#next = new Timer(clock);
  }

  /**
   * Puts the regions into the page, unless they are there.
   * @returns a function for when they are not needed any more; the last to call it takes them away
   */
  open(): () => void {
    this.#users += 1;
    // A page that has exchanged its body has thrown them away.
    if (!this.#root?.isConnected) this.#attach();
    let open = true;
    return () => {
      if (open && --this.#users === 0) this.#detach();
      open = false;
    };
  }

  /** Has something said, after what waits already; what is urgent goes before what is not. */
  say(text: string, { urgent = false, lang }: Manner = {}): void {
    if (!this.#visible() || !text || this.#waiting.some((other) => other.text === text)) return;
    const before = urgent ? this.#waiting.findIndex((other) => !other.urgent) : -1;
    this.#waiting.splice(before < 0 ? this.#waiting.length : before, 0, { text, urgent, lang });
    if (!this.#next.pending) this.#speak();
  }

  #attach(): void {
    const root = document.createElement('div');
    root.className = 'chat-widget-announcer';
    // The regions are slotted through a root whose style sheet hides them: no page can show them by chance, and a strict
    // content security policy has nothing to forbid.
    const shadow = root.attachShadow({ mode: 'open' });
    const hidden = new CSSStyleSheet();
    hidden.replaceSync(HIDDEN);
    shadow.adoptedStyleSheets = [hidden];
    shadow.append(document.createElement('slot'));
    root.append(region('polite', 'status'), region('assertive', 'alert'));
    document.body.append(root);
    this.#root = root;
    // Readers hear of what changes in a region, not of a region that comes with its text.
    this.#next.set(APART_MS, () => this.#speak());
  }

  #detach(): void {
    this.#next.clear();
    this.#waiting = [];
    this.#root?.remove();
    this.#root = undefined;
  }

  #speak(): void {
    const words = this.#waiting.shift();
    if (!words || !this.#root) return;
    const { text, urgent, lang } = words;
    const line = document.createElement('p');
    if (lang) line.lang = lang;
    line.textContent = text;
    this.#root.children[urgent ? 1 : 0]!.append(line);
    this.#clock.setTimeout(() => line.remove(), STAY_MS);
    this.#next.set(APART_MS, () => this.#speak());
  }
}

/** Declarations of the host that are important are stronger than those of any page. */
const HIDDEN =
  ':host{all:initial!important;position:absolute!important;top:0!important;left:0!important;width:1px!important;' +
  'height:1px!important;overflow:hidden!important;clip-path:inset(50%)!important;white-space:nowrap!important;' +
  'pointer-events:none!important}';

function region(live: string, role: string): HTMLElement {
  const element = document.createElement('div');
  element.role = role;
  element.ariaLive = live;
  // Each message is heard by itself.
  element.ariaAtomic = 'false';
  return element;
}
