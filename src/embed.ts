/**
 * The classic script for pages that must not wait: makes a `<chat-widget>` from its own `data-` attributes and fetches
 * chat-widget.js from beside itself, when the browser is idle or something is asked of the chat. Nothing in here may
 * throw into the page.
 *
 * `ChatWidget('method', …)` works at any time; calls made before the element has come to life are kept. A page may
 * define the usual stub first: `window.ChatWidget ||= function () { (ChatWidget.q ||= []).push(arguments) }`.
 */

type Call = ArrayLike<unknown>;

interface Caller {
  (...call: unknown[]): void;
  /** Calls that were made before this script came. */
  q?: Call[];
  /** Set by this script: the element it made. */
  element?: HTMLElement;
}

const ALIASES: Readonly<Record<string, string>> = { open: 'show', close: 'hide' };

function embed(script: HTMLScriptElement): void {
  const page = window as Window & { ChatWidget?: Caller };
  // A second copy of the script on one page does nothing.
  if (page.ChatWidget?.element) return;
  const waiting: Call[] = page.ChatWidget?.q ?? [];
  const element = document.createElement('chat-widget');
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-')) element.setAttribute(name.slice(5), value);
  }
  let alive = false;
  let fetching: Promise<void> | undefined;
  const bring = async (): Promise<void> => {
    document.body.append(element);
    await import(/* @vite-ignore */ new URL('chat-widget.js', script.src).href);
    await customElements.whenDefined('chat-widget');
    alive = true;
    for (const call of waiting.splice(0)) perform(element, call);
  };
  const start = (): void => {
    fetching ??= bring().catch((error: unknown) => {
      // The next call tries again.
      fetching = undefined;
      warn('could not be loaded', error);
    });
  };
  const caller: Caller = (...call) => {
    if (alive) return perform(element, call);
    waiting.push(call);
    withBody(start);
  };
  caller.element = element;
  page.ChatWidget = caller;
  withBody(waiting.length ? start : () => whenIdle(start));
}

function perform(element: HTMLElement, call: Call): void {
  const [method, ...rest] = Array.from(call);
  const name = ALIASES[method as string] ?? (method as string);
  const act = (element as unknown as Record<string, unknown>)[name];
  if (typeof act !== 'function') return warn(`there is no method "${name}"`);
  // A method may throw at once or later; both stay here.
  new Promise((done) => done(act.apply(element, rest))).catch(() => {});
}

const warn = (...words: unknown[]): void => console.warn('ChatWidget:', ...words);

const whenIdle = (act: () => void): unknown =>
  'requestIdleCallback' in window ? requestIdleCallback(act, { timeout: 4000 }) : setTimeout(act, 200);

/** As soon as there is a body to stand in. */
function withBody(act: () => void): void {
  if (document.body) act();
  else document.addEventListener('DOMContentLoaded', act, { once: true });
}

try {
  embed(document.currentScript as HTMLScriptElement);
} catch (error) {
  warn('could not be started', error);
}
