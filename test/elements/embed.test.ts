import { expect, waitUntil } from '@open-wc/testing';

interface Page extends Window {
  ChatWidget?: { (...call: unknown[]): void; q?: unknown[]; element?: HTMLElement };
}

const page = window as unknown as Page;

/**
 * Runs the script as the build makes it: in a scope of its own, classic. Beside it there is no chat-widget.js here; that
 * it comes to life is proved on the built files, here is proved what a page can rely on when it does not.
 */
async function run(attributes: Record<string, string> = {}): Promise<void> {
  const code = await (await fetch('/src/embed.ts')).text();
  const script = document.createElement('script');
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  script.src = URL.createObjectURL(new Blob([`(() => {${code}})()`], { type: 'text/javascript' }));
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error('the script did not load'));
    document.head.append(script);
  });
  script.remove();
}

describe('embed.ts', () => {
  const { warn } = console;
  const faults: unknown[] = [];
  let warnings: unknown[][] = [];
  const onFault = (event: Event): void => void faults.push(event);

  beforeEach(() => {
    warnings = [];
    console.warn = (...words) => warnings.push(words);
    for (const type of ['error', 'unhandledrejection']) window.addEventListener(type, onFault);
  });
  afterEach(() => {
    console.warn = warn;
    for (const type of ['error', 'unhandledrejection']) window.removeEventListener(type, onFault);
    page.ChatWidget?.element?.remove();
    delete page.ChatWidget;
    expect(faults).to.deep.equal([]);
  });

  it('makes an element of its attributes, at the end of the page, when the browser is idle', async () => {
    await run({ 'data-url': 'wss://shop.test/', 'data-launcher-label': 'Ask', 'data-eager': '', async: '' });
    await waitUntil(() => document.querySelector('body > chat-widget'));
    const element = document.querySelector('chat-widget')!;
    expect(element.getAttribute('url')).to.equal('wss://shop.test/');
    expect(element.getAttribute('launcher-label')).to.equal('Ask');
    expect(element.hasAttribute('eager')).to.be.true;
    expect(element.hasAttribute('async')).to.be.false;
  });

  it('starts at once for calls of a stub, and is one line in the console when nothing can be fetched', async () => {
    const stub: NonNullable<Page['ChatWidget']> = (...call) => void (stub.q ??= []).push(call);
    page.ChatWidget = stub;
    stub('show');
    await run();
    expect(document.querySelectorAll('chat-widget').length).to.equal(1);
    await waitUntil(() => warnings.length > 0);
    expect(warnings.length).to.equal(1);
    expect(warnings[0]!.slice(0, 2)).to.deep.equal(['ChatWidget:', 'could not be loaded']);
  });

  it('does nothing when a page has it twice', async () => {
    await run();
    const first = page.ChatWidget;
    await run();
    expect(page.ChatWidget === first).to.be.true;
    page.ChatWidget!('show');
    expect(document.querySelectorAll('chat-widget').length).to.equal(1);
  });
});
