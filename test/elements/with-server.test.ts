import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define.js';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';

describe('<chat-widget> with a server', () => {
  let server: MockChatServer;
  let widget: ChatWidget;

  const all = (selector: string): HTMLElement[] => [
    ...widget.shadowRoot!.querySelectorAll<HTMLElement>(selector),
  ];
  const texts = (selector: string): string[] =>
    all(selector).map((element) => element.textContent!.replace(/\s+/g, ' ').trim());
  const shows = (selector: string, text: string): Promise<void> =>
    waitUntil(() => texts(selector).some((shown) => shown.includes(text)), `${selector} shows "${text}"`, {
      timeout: 8_000,
    });

  beforeEach(async () => {
    server = new MockChatServer();
    widget = await fixture<ChatWidget>(
      html`<chat-widget .backend=${server.backend()} persistence="none" locale="en-GB" heading="Shop"></chat-widget>`,
    );
  });
  afterEach(async () => {
    widget.remove();
    await server.stop();
  });

  it('tells the server at each beginning in which language it speaks by then', async () => {
    const told = (): unknown[] =>
      server.log
        .filter((entry) => entry.what === 'frame' && entry.text.includes('"hello"'))
        .map((entry) => (JSON.parse((entry as { text: string }).text) as { locale?: string }).locale);
    widget.open = true;
    await waitUntil(() => widget.status === 'online', 'online', { timeout: 8_000 });
    expect(told()).to.deep.equal(['en-GB']);
    widget.locale = 'de-AT';
    await widget.updateComplete;
    widget.disconnect();
    widget.connect();
    await waitUntil(() => told().length > 1, 'hello again', { timeout: 8_000 });
    expect(told()).to.deep.equal(['en-GB', 'de-AT']);
  }).timeout(20_000);

  it('is used from the first opening to a person, all in one conversation', async () => {
    all('.launcher')[0]!.click();
    await waitUntil(() => widget.status === 'online');
    await widget.updateComplete;
    expect(all('.hero').length).to.equal(1);

    const input = widget.shadowRoot!.querySelector('textarea')!;
    input.value = 'Is the Ridge 2 waterproof?';
    input.dispatchEvent(new InputEvent('input'));
    const next = server.nextTurn();
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await shows('.bubble.guest', 'Is the Ridge 2 waterproof?');
    const bubble = all('.bubble.guest')[0];

    const turn = await next;
    turn.ack();
    await shows('.meta', 'Sent');
    expect(all('.bubble.guest')[0] === bubble, 'the bubble survives the ack').to.be.true;
    turn.type('Looking it up');
    await shows('.typing', 'Looking it up');
    turn.stream('Yes, ', 'to 3000 mm.');
    await shows('.bubble.ai', 'Yes, to 3000 mm.');
    await waitUntil(() => all('.caret, .typing').length === 0);

    turn.escalate({ position: 2 });
    await shows('.queue-number', '2nd');
    await shows('.subtitle', 'Finding you a person');
    turn.staff({ name: 'Maya' }).joins().says('Hi! Maya here.');
    await shows('.bubble.staff', 'Hi! Maya here.');
    await shows('.title', 'Maya');
    expect(all('.queue').length).to.equal(0);
    await expect(widget).to.be.accessible();
  }).timeout(20_000);

  it('says that the line is lost, keeps what is written, and sends it when the line is back', async () => {
    widget.show();
    await waitUntil(() => widget.status === 'online');
    server.network.drop().refuse(1000);
    await waitUntil(() => widget.status === 'reconnecting');
    const sent = widget.send('Are you there?');
    await shows('.meta', 'Waiting to send');
    expect(all('.bubble.queued').length).to.equal(1);
    await shows('.banner', 'Reconnecting…');
    server.network.recover();
    all('.banner-action')[0]!.click();
    const turn = await server.nextTurn();
    turn.ack();
    await sent;
    await shows('.meta', 'Sent');
    expect(all('.bubble').length).to.equal(1);
  }).timeout(20_000);
});
