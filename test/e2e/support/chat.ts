import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import type { ChatWidget } from '../../../src/index.js';

/** Something that stands in the transcript, as a reader tells it. */
export interface Entry {
  /** `system` for the lines between the bubbles. */
  role: 'guest' | 'ai' | 'staff' | 'system';
  /** Who said it, as written above the bubbles. */
  author: string;
  text: string;
  /** `queued`, `sending`, `sent`, `delivered`, `read`, `failed` for the guest's; `streaming` for a reply that grows. */
  state: string;
}

/** A `<chat-widget>` as its guest sees it: by roles and names, through its shadow root. */
export class Chat {
  readonly host: Locator;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly log: Locator;
  readonly box: Locator;
  readonly title: Locator;
  readonly subtitle: Locator;
  readonly notice: Locator;
  readonly typing: Locator;
  readonly queue: Locator;

  constructor(
    readonly page: Page | Frame,
    selector = 'chat-widget',
  ) {
    this.host = page.locator(selector);
    this.launcher = this.host.locator('[part=launcher]');
    this.panel = this.host.getByRole('dialog');
    this.log = this.host.getByRole('log');
    this.box = this.host.getByRole('textbox', { name: 'Message' });
    this.title = this.host.locator('[part=header] [part=title]');
    this.subtitle = this.host.locator('[part=subtitle]');
    this.notice = this.host.locator('[part=banner]');
    this.typing = this.host.getByRole('img', { name: /is typing$/ });
    this.queue = this.host.locator('[part~=queue]');
  }

  /** Opens the panel with the launcher. */
  async open(): Promise<void> {
    await this.launcher.click();
    await expect(this.launcher).toHaveAttribute('aria-expanded', 'true');
    await expect(this.box).toBeVisible();
  }

  /** Writes a message and sends it with Enter. */
  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  button(name: string | RegExp): Locator {
    return this.host.getByRole('button', { name });
  }

  /** A line between the bubbles. */
  system(text: string): Locator {
    return this.log.locator('[part=system]').filter({ hasText: text });
  }

  /** A bubble by what is said in it. */
  bubble(text: string | RegExp): Locator {
    return this.log.locator('[part~=bubble]').filter({ hasText: text });
  }

  /** Everything in the transcript, in order. */
  async entries(): Promise<Entry[]> {
    return this.log.evaluate((log) => {
      const roles = ['guest', 'ai', 'staff', 'system'] as const;
      const states = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'streaming'];
      const tokens = (element: Element): string[] => (element.getAttribute('part') ?? '').split(' ');
      const lines = [...log.querySelectorAll('[part~=bubble]:not([part~=typing]), [part=system]')];
      return lines.map((line) => {
        const words = line.cloneNode(true) as Element;
        for (const silent of words.querySelectorAll('time, [aria-hidden=true]')) silent.remove();
        const text = (words.textContent ?? '').replace(/\s+/g, ' ').replace(/ · ?$/, '').trim();
        const parts = tokens(line);
        return {
          role: roles.find((role) => parts.includes(role)) ?? 'system',
          author: line.closest('[role=group]')?.getAttribute('aria-label') ?? '',
          text,
          state: parts.find((part) => states.includes(part)) ?? '',
        };
      });
    });
  }

  /** The transcript as plain lines, `author: text`; lines of the system have no author. */
  async lines(): Promise<string[]> {
    return (await this.entries()).map(({ author, text }) => (author ? `${author}: ${text}` : text));
  }

  /** State of one message of the guest. */
  async state(text: string): Promise<string | undefined> {
    return (await this.entries()).findLast((entry) => entry.text === text)?.state;
  }

  /** Reads something of the element itself. */
  read<T>(fn: (widget: ChatWidget) => T | Promise<T>): Promise<T> {
    return this.host.evaluate(fn as (element: HTMLElement | SVGElement) => T | Promise<T>);
  }
}
