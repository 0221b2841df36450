import type { Locator, Page } from '@playwright/test';

/** The staff desk as its person sees it. */
export class Desk {
  readonly thread: Locator;
  readonly box: Locator;
  readonly typing: Locator;
  /** Guests who wait for a person. */
  readonly waiting: Locator;

  constructor(readonly page: Page) {
    this.thread = page.getByRole('log', { name: 'Messages' });
    this.box = page.getByRole('textbox', { name: 'Answer' });
    this.typing = page.getByRole('region', { name: /^Conversation with/ }).getByRole('status');
    this.waiting = page
      .getByRole('navigation', { name: 'Guests' })
      .locator('h2:has-text("Waiting for a person") + ul button');
  }

  /** Goes to the desk under a name. */
  async enter(url: string, name: string): Promise<void> {
    await this.page.goto(`${url}/staff.html`);
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await this.page.getByRole('button', { name: 'Go to the desk' }).click();
    await this.page.getByText(`${name} is here`).waitFor();
  }

  /** A guest in the list, by something that stands in their line. */
  guest(text: string): Locator {
    return this.page
      .getByRole('navigation', { name: 'Guests' })
      .getByRole('button')
      .filter({ hasText: text });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }
}
