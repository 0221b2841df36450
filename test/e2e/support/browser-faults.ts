import type { Browser, CDPSession, Page } from '@playwright/test';

/**
 * Freezes a page, as browsers do with tabs nobody has looked at for long: it is hidden, hears `freeze`, and its process
 * gets no time. (`Page.setWebLifecycleState` would do it, but Chromium obeys only for pages that are hidden, and a page
 * that is driven by Playwright never is.)
 * @returns wakes it up again
 */
export async function freeze(browser: Browser, page: Page): Promise<() => Promise<void>> {
  await setVisible(page, false);
  const goOn = await hang(browser, page, 'freeze');
  return async () => {
    goOn();
    await page.evaluate(() => document.dispatchEvent(new Event('resume')));
    await setVisible(page, true);
  };
}

/** Crashes the tab: its process is gone, and nothing in it could say goodbye. */
export async function crash(page: Page): Promise<void> {
  const gone = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  // It never answers.
  session.send('Page.crash').catch(() => {});
  await gone;
}

/** Tells a page that it is hidden, or that it can be seen again; a browser without a window has no other way. */
export async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    visible ? 'visible' : 'hidden',
  );
}

/**
 * Stops the process that renders a page, as a machine does that has no time for it.
 * @param told the event it hears just before
 * @returns lets it go on
 */
export async function hang(browser: Browser, page: Page, told?: 'freeze'): Promise<() => void> {
  const session = await browser.newBrowserCDPSession();
  // One after the other: a page is told from others by the work it does.
  const finding = search.then(() => rendererOf(session, page));
  search = finding.catch(() => {});
  const pid = await finding;
  await session.detach();
  // What it does about it goes out before the answer to this comes back.
  if (told) await page.evaluate((type) => void document.dispatchEvent(new Event(type)), told);
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
}

let search: Promise<unknown> = Promise.resolve();

/** The process of a page: among all renderers the one whose work grows when the page works. */
async function rendererOf(session: CDPSession, page: Page): Promise<number> {
  const times = async (): Promise<Map<number, number>> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]),
    );
  };
  const before = await times();
  await page.evaluate(() => {
    const end = new Date().getTime() + 1500;
    while (new Date().getTime() < end);
  });
  const grown = [...(await times())].map(([pid, time]) => [pid, time - (before.get(pid) ?? 0)] as const);
  const [pid] = grown.reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0] as const);
  if (pid === 0) throw new Error('no process works for this page');
  return pid;
}
