import { fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/define.js';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import type { ChatState } from '../../src/conversation/state.js';
import { fakeClient, type FakeClient } from './fake-client.js';

/** A widget on the page, with a client that shows what it is told. */
export interface Opened {
  readonly widget: ChatWidget;
  readonly client: FakeClient;
  /** The first element in the shadow tree that fits; fails when there is none. */
  find<T extends HTMLElement = HTMLElement>(selector: string): T;
  /** All elements in the shadow tree that fit. */
  all<T extends HTMLElement = HTMLElement>(selector: string): T[];
  /** Texts of all elements that fit, without the words for screen readers alone. */
  texts(selector: string): string[];
  /** Changes the state and waits until that is drawn. */
  set(change: Partial<ChatState>): Promise<void>;
  /** Waits until everything is drawn. */
  drawn(): Promise<void>;
}

const trimmed = (element: Element): string => element.textContent!.replace(/\s+/g, ' ').trim();

/** Puts an open widget on the page and waits until all its parts are there. */
export async function openWidget(
  state: Partial<ChatState> = {},
  properties: Partial<ChatWidget> = {},
  content: unknown = '',
): Promise<Opened> {
  const client = fakeClient(state);
  const widget = await fixture<ChatWidget>(html`<chat-widget .client=${client}>${content}</chat-widget>`);
  Object.assign(widget, { open: true, locale: 'en-GB', heading: 'Fernway support', ...properties });
  const drawn = async (): Promise<void> => {
    await widget.updateComplete;
  };
  await drawn();
  const root = widget.shadowRoot!;
  // Half transparent text has no contrast: what moves in has arrived.
  for (const animation of root.getAnimations()) {
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  }
  const all = <T extends HTMLElement>(selector: string): T[] => [...root.querySelectorAll<T>(selector)];
  return {
    widget,
    client,
    drawn,
    all,
    find(selector) {
      const [found] = all<never>(selector);
      if (!found) throw new Error(`nothing fits ${selector}`);
      return found;
    },
    texts: (selector) => all(selector).map(trimmed),
    async set(change) {
      client.set(change);
      await drawn();
    },
  };
}

/**
 * Waits until the browser has laid out what was drawn, and told those who observe it. It ends in the telling: in a frame’s
 * own callback, something may have been drawn since the last frame that nobody has been told of.
 */
export async function laidOut(): Promise<void> {
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
  // Whoever observes already is told before this one, in the same go.
  await new Promise<void>((resolve) => {
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body);
  });
}

/** Counts the renderings of elements from now on. */
export function countUpdates(elements: readonly HTMLElement[]): () => number[] {
  const counts = elements.map(() => 0);
  elements.forEach((element, i) => {
    (element as LitElement).addController({ hostUpdated: () => void (counts[i]! += 1) });
  });
  return () => counts;
}

/** What in the shadow tree has the focus, by its first class. */
export const focused = ({ shadowRoot }: ChatWidget): string | undefined =>
  (shadowRoot!.activeElement ?? undefined)?.classList[0];

/** What gets the focus when the guest has done something in the panel: a touch would bring up a keyboard. */
export const entry = (): string => (matchMedia('(pointer: coarse)').matches ? 'title' : 'input');
