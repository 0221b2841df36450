import type { ChatWidget } from '../../src/index.js';
import { searchOf, type Look } from './look.js';
import type { GalleryState } from './states.js';
import { stillClient } from './still-client.js';
import { wordsFor } from './words.js';

/** A state on its way to the page. */
export interface Stage {
  /** What to put into the page. */
  readonly element: HTMLElement;
  /** Resolves when everything is drawn. Call it once the element is on the page. */
  drawn(): Promise<void>;
}

const make = (tag: string, properties: Record<string, unknown>): HTMLElement =>
  Object.assign(document.createElement(tag), properties);

/** Builds the frame of a state: its name, what to look at, and the widget. */
export function stage(state: GalleryState, asked: Look): Stage {
  const look = { ...asked, ...state.look };
  const inner = state.phone && !look.bare ? phone(state, look) : live(state, look);
  const section = make('section', { className: 'state', id: state.id });
  section.setAttribute('aria-labelledby', `${state.id}-title`);
  const box = make('div', { className: `stage ${look.theme}` });
  box.dir = look.dir;
  box.append(inner.element);
  if (look.bare) {
    section.append(box);
    section.classList.add('bare');
  } else {
    const link = make('a', { href: searchOf({ ...asked, state: state.id }), textContent: state.title });
    const title = make('h2', { id: `${state.id}-title` });
    title.append(link);
    section.append(title, make('p', { textContent: state.says }), box);
  }
  const floating = inner.element.localName !== 'iframe' && !state.page?.(wordsFor('en')).mode;
  const closed = state.page?.(wordsFor('en')).open === false;
  box.classList.add(closed ? 'closed' : floating ? 'floating' : 'filled');
  section.style.setProperty(
    '--width',
    `${state.page && !floating && !closed ? Math.max(look.width, 720) : look.width}px`,
  );
  return { element: section, drawn: inner.drawn };
}

/** A widget with the state's conversation. */
function live(state: GalleryState, look: Look): Stage {
  const words = wordsFor(look.locale);
  const client = stillClient({ readUpTo: 1000, ...state.chat(words) });
  const widget = document.createElement('chat-widget') as ChatWidget;
  if (look.dir) widget.dir = look.dir;
  Object.assign(widget, {
    client,
    open: true,
    locale: look.locale,
    theme: look.theme,
    heading: words.team,
    avatar: new URL('../fernway.svg', import.meta.url).href,
    ...state.page?.(words),
  });
  widget.append(make('a', { href: 'mailto:help@fernway.example', textContent: 'help@fernway.example' }));
  return {
    element: widget,
    async drawn() {
      await widget.updateComplete;
      // What draws Markdown is fetched when it is needed, and the widget does not wait for it.
      const { messages } = client.state;
      const rich = messages.some(({ format, streaming }) => format === 'markdown' || streaming);
      if (widget.open && rich) await appears('cw-rich-text', widget.shadowRoot!);
      await widget.updateComplete;
      await state.play?.({ widget, client, words });
      await widget.updateComplete;
    },
  };
}

/** Resolves when something that fits is there. */
async function appears(selector: string, root: ShadowRoot): Promise<void> {
  while (!root.querySelector(selector)) await new Promise(requestAnimationFrame);
}

/** The same page in a small window. */
function phone(state: GalleryState, look: Look): Stage {
  const frame = document.createElement('iframe');
  frame.title = state.title;
  // The page itself, not a copy of its file that a bundler would make; built, scripts stand in a folder beside it, too.
  const address = new URL(/* @vite-ignore */ '../gallery.html', import.meta.url);
  address.search = searchOf({ ...look, state: state.id, bare: true });
  const drawn = new Promise<void>((resolve) => {
    addEventListener('message', ({ source, data }) => {
      if (source === frame.contentWindow && data === 'gallery drawn') resolve();
    });
  });
  frame.src = address.href;
  return { element: frame, drawn: () => drawn };
}
