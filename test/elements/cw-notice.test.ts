import { expect, waitUntil } from '@open-wc/testing';
import { aiSays } from './fake-client.js';
import { openWidget } from './open-widget.js';

const messages = [aiSays('Hello')];
const reconnecting = (retryAt?: number) => ({
  connection: { status: 'reconnecting', attempt: 1, retryAt } as const,
});

describe('<cw-notice>', () => {
  it('is accessible with every piece of news', async () => {
    for (const state of [
      { connection: { status: 'offline' } as const },
      { connection: { status: 'failed' } as const },
      { restored: 2 },
      { unsaved: true },
    ]) {
      const { widget, all } = await openWidget({ messages, ...state });
      expect(all('.banner').length).to.equal(1);
      await expect(widget).to.be.accessible();
    }
  }).timeout(10_000);

  it('says once that messages are not kept on this device', async () => {
    const { texts, find, client } = await openWidget({ messages, unsaved: true });
    expect(texts('.banner strong')).to.deep.equal(['This device doesn’t keep your messages.']);
    find<HTMLButtonElement>('.banner-action').click();
    expect(client.callsOf('acceptUnsaved')).to.have.length(1);
  });

  it('is silent while all is well', async () => {
    const { all } = await openWidget({ messages });
    expect(all('.banner').length).to.equal(0);
  });

  it('says that the guest is offline, under the welcome too', async () => {
    const { texts, set } = await openWidget({ connection: { status: 'offline' } });
    expect(texts('.banner')).to.deep.equal(['You’re offline. Messages will send when you’re back.']);
    await set({ messages });
    expect(texts('.banner strong')).to.deep.equal(['You’re offline.']);
  });

  it('says that the chat cannot be reached, tries again, and shows what the page has for this case', async () => {
    const { texts, find, client, all, set } = await openWidget({
      messages,
      connection: { status: 'failed', reason: 'refused' },
    });
    expect(texts('.banner p')).to.deep.equal(['We can’t reach the chat.']);
    expect(all('slot.fallback').length).to.equal(1);
    find('.banner-action').click();
    expect(client.callsOf('connect').length).to.equal(1);
    await set({ connection: { status: 'online' } });
    expect(all('.banner, slot.fallback').length).to.equal(0);
  });

  it('gives the all-clear with the number of messages that went out', async () => {
    const { texts, set } = await openWidget({ messages, restored: 1 });
    expect(texts('.banner')).to.deep.equal(['Back online. 1 message sent.']);
    await set({ restored: 0 });
    expect(texts('.banner')).to.deep.equal(['Back online.']);
    await set({ restored: undefined });
    expect(texts('.banner')).to.deep.equal([]);
  });

  it('keeps a short loss to itself, then counts down and offers to try now', async () => {
    const { texts, set, find, client, drawn, all } = await openWidget({ messages });
    await set(reconnecting(Date.now() + 5500));
    expect(all('.banner').length).to.equal(0);
    await waitUntil(() => all('.banner').length > 0, 'the loss is told', { timeout: 8_000 });
    expect(texts('.banner p')[0]).to.match(/^Reconnecting… Next try in [1-4] seconds?\.$/);
    find('.banner-action').click();
    expect(client.callsOf('connect').length).to.equal(1);
    await set(reconnecting());
    await drawn();
    expect(texts('.banner')).to.deep.equal(['Reconnecting… Try now']);
  }).timeout(10_000);

  it('does not count down for nobody: in a hidden page, or once the chat is called out of reach', async () => {
    const delays: (number | undefined)[] = [];
    const { setTimeout: begin } = globalThis;
    const hide = (hidden: boolean): void => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const { set, drawn, texts } = await openWidget({ messages });
    const ticks = (): number => delays.filter((ms) => ms !== undefined && ms > 0 && ms <= 1000).length;
    globalThis.setTimeout = ((act: () => void, ms?: number) => {
      delays.push(ms);
      return begin(act, ms);
    }) as typeof setTimeout;
    try {
      hide(true);
      await set(reconnecting(Date.now() + 30_000));
      expect(ticks()).to.equal(0);
      hide(false);
      await drawn();
      const seen = ticks();
      expect(seen).to.be.above(0);
      await set({ connection: { status: 'failed', reason: 'refused' } });
      expect(texts('.banner p')).to.deep.equal(['We can’t reach the chat.']);
      expect(ticks()).to.equal(seen);
    } finally {
      globalThis.setTimeout = begin;
      Reflect.deleteProperty(document, 'hidden');
    }
  });
});
