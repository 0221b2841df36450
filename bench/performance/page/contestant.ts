/** A message as the bench says it; each contestant gets it in the form it takes. */
export interface Said {
  readonly id: string;
  readonly seq: number;
  readonly role: 'guest' | 'ai';
  /** Markdown when the assistant says it. */
  readonly text: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

/** What every chat under test can be made to do. The code behind each is its adapter, as short as it can be. */
export interface Contestant {
  /** Fetches and runs its code. */
  load(): Promise<void>;
  /** Hands over a conversation, as far as that can be done before anybody sees the chat. */
  prepare(history: readonly Said[]): Promise<void>;
  /** Puts the open chat into the page. */
  show(): Promise<void>;
  /** Only where there is a launcher: puts the closed chat into the page. */
  showClosed?(): Promise<void>;
  /** A message of the assistant comes in; nothing is waited for. */
  receive(message: Said): void;
  /** The guest asks something; resolves when an answer can begin. */
  ask(): Promise<void>;
  /** A piece of the answer comes in; nothing is waited for. */
  token(text: string): void;
  /** The answer is complete. */
  finish(): void;
  /** Where its elements are. */
  root(): Element | ShadowRoot;
  /** What the guest types into. */
  input(): HTMLElement;
  /** Takes it out of the page, with all that was made for it. */
  destroy(): void;
}

/** Adds a style sheet to the page and waits for it. */
export function styleSheet(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address });
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(link);
  });
}

/** A box of the size that a chat usually has, at the end of the page. */
export function box(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'box';
  document.body.append(element);
  return element;
}

/** Waits until something is there, looking once a frame. */
export async function until<T>(look: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
}
