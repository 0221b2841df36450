import { expect, waitUntil } from '@open-wc/testing';
import { aiSays, staffSays } from '../fake-client.js';
import { openWidget } from '../open-widget.js';
import { Listener } from './listener.js';

describe('<chat-widget> and screen readers', () => {
  let listener: Listener;

  beforeEach(() => (listener = new Listener()));
  afterEach(() => listener.end());

  it('has its regions in the page before the first message, and reads it out', async () => {
    const { client } = await openWidget({ messages: [aiSays('History')] });
    await waitUntil(() => listener.regions.length === 2);
    const message = staffSays('Hello');
    client.add(message);
    client.tell('message', { message, direction: 'in' });
    await waitUntil(() => listener.heard.length > 0);
    expect(listener.heard).to.deep.equal(['Maya Okafor: Hello']);
  });

  it('tells who has closed it, in their language', async () => {
    const { client } = await openWidget({}, { open: false, locale: 'de' });
    await waitUntil(() => listener.regions.length === 2);
    const message = staffSays('Hello');
    await waitUntil(() => {
      client.tell('message', { message, direction: 'in' });
      return listener.heard.some((words) => words.startsWith('Neue Nachricht'));
    });
    expect(listener.heard.at(-1)).to.equal('Neue Nachricht von Maya Okafor');
  });

  it('shares them with the other widgets of the page, and takes them away with the last', async () => {
    const [one, two] = [await openWidget(), await openWidget()];
    await waitUntil(() => listener.regions.length > 0);
    const [region] = listener.regions;
    one.widget.remove();
    await one.drawn();
    expect(listener.regions.length).to.equal(2);
    expect(listener.regions[0] === region).to.be.true;
    document.body.append(two.widget);
    two.widget.remove();
    await waitUntil(() => listener.regions.length === 0);
  });

  it('shows what may be read in the transcript: a log that is not live, groups by author, and who said it when', async () => {
    const sentAt = '2026-01-05T10:50:00';
    const { find, texts, all } = await openWidget({ messages: [staffSays('Hello', { sentAt })] });
    const log = find('[role=log]');
    expect([log.ariaLive, log.ariaLabel, log.tabIndex]).to.deep.equal(['off', 'Conversation', 0]);
    expect(find('[role=group]').ariaLabel).to.equal('Maya Okafor');
    expect(texts('cw-message .vh')).to.deep.equal(['Maya Okafor said, 10:50']);
    expect(find('.transcript').querySelector('button')!.textContent).to.equal('Skip to message box');
    expect(all('svg:not([aria-hidden=true])')).to.be.empty;
    expect(all('.panel [aria-live]:not([aria-live=off])'), 'nothing is live but the announcer').to.be.empty;
  });
});
