import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';

const FONTS = fileURLToPath(new URL('../../fixtures/fonts/', import.meta.url));

/** The fonts of this repository in place of those of the machine. */
const FONT_RULES = `
  @font-face { font-family: Sans; src: url(/test-fonts/noto-sans.woff2); font-weight: 100 900 }
  @font-face { font-family: Naskh; src: url(/test-fonts/noto-sans-arabic.woff2); font-weight: 100 900 }
  @font-face { font-family: Mono; src: url(/test-fonts/noto-sans-mono.woff2); font-weight: 100 900 }
  chat-widget { --chat-font: Sans, Naskh; --chat-font-mono: Mono }`;

/** States that are pictured with what is around the panel. */
const WHOLE = ['launcher', 'welcome', 'phone'];

/** The gallery in a page, in fonts that are the same everywhere. */
export class Gallery {
  /** What the page wrote into its console, and what it did not catch. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {}

  /** Opens it. */
  static async open(page: Page, demo: string, search: string): Promise<Gallery> {
    const gallery = new Gallery(page);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) gallery.complaints.push(message.text());
    });
    page.on('pageerror', (error) => gallery.complaints.push(error.message));
    await page.route('**/test-fonts/*', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1)!;
      await route.fulfill({ body: await readFile(FONTS + name), contentType: 'font/woff2' });
    });
    await page.route('**/gallery/gallery.css', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()) + FONT_RULES });
    });
    await page.goto(`${demo}/gallery.html${search}`);
    await page.locator('html[data-gallery=drawn]').waitFor({ state: 'attached' });
    return gallery;
  }

  /** The window of a state. */
  stage(id: string): Locator {
    return this.page.locator(`#${id} > .stage`);
  }

  /** What a picture of a state shows: its panel, or the window where that is closed or its shadow matters. */
  picture(id: string): Locator {
    const whole = WHOLE.some((name) => id.startsWith(name));
    return whole ? this.stage(id) : this.stage(id).locator('[part=panel]');
  }

  /** Names of all states on the page. */
  ids(): Promise<string[]> {
    return this.page.locator('.state').evaluateAll((states) => states.map(({ id }) => id));
  }
}
