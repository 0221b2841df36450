import { aTimeout, expect, fixture, fixtureCleanup, html, oneEvent } from '@open-wc/testing';
import '../../src/define.js';
import type { Backend } from '../../src/backends/backend.js';
import { nativeCodec } from '../../src/backends/native/codec.js';
import { ChatWidget } from '../../src/elements/chat-widget.js';
import type { ChatErrorEvent } from '../../src/elements/events.js';
import { aiSays, fakeClient, guestSays, staffSays } from './fake-client.js';
import { focused, openWidget } from './open-widget.js';

/** A backend that is never reached, and counts who tries. */
function silentBackend(): Backend & { opened: number } {
  const backend = {
    name: 'silent',
    codec: nativeCodec,
    opened: 0,
    transport: {
      name: 'silent',
      open: () => {
        backend.opened += 1;
        return new Promise<never>(() => {});
      },
    },
  };
  return backend;
}

const made = (): ChatWidget => document.createElement('chat-widget');

describe('<chat-widget>', () => {
  it('is accessible, closed and open, light and dark, in both directions', async () => {
    const state = { messages: [guestSays('Hi'), aiSays('Hello'), staffSays('Maya here')] };
    for (const theme of ['light', 'dark'] as const) {
      for (const open of [false, true]) {
        const { widget } = await openWidget(state, { theme, open, dir: open ? 'rtl' : 'ltr' });
        await expect(widget).to.be.accessible();
      }
    }
  }).timeout(20_000);

  describe('in the page', () => {
    it('is ready once, also after a move', async () => {
      const widget = made();
      widget.client = fakeClient();
      let ready = 0;
      widget.addEventListener('chat-ready', () => (ready += 1));
      const [one, other] = [await fixture(html`<div></div>`), await fixture(html`<div></div>`)];
      one.append(widget);
      await widget.updateComplete;
      other.append(widget);
      await widget.updateComplete;
      await aTimeout(0);
      expect(ready).to.equal(1);
    });

    it('takes over what was set before it was defined', async () => {
      const client = fakeClient();
      const box = document.createElement('div');
      box.innerHTML = '<chat-widget></chat-widget>';
      const inert = document.implementation.createHTMLDocument().importNode(box, true);
      const widget = inert.firstElementChild as ChatWidget;
      Object.assign(widget, { client, heading: 'Early', suggestions: ['One'] });
      expect(widget).not.to.be.instanceOf(ChatWidget);
      document.body.append(document.adoptNode(widget));
      customElements.upgrade(widget);
      await widget.updateComplete;
      expect(widget.client === client).to.be.true;
      expect(widget.heading).to.equal('Early');
      expect(widget.suggestions).to.deep.equal(['One']);
      widget.remove();
    });

    it('survives a move and ends with its removal', async () => {
      const widget = await fixture<ChatWidget>(
        html`<chat-widget .backend=${silentBackend()} persistence="none" eager></chat-widget>`,
      );
      const { client } = widget;
      expect(client).not.to.equal(undefined);
      document.body.append(widget);
      await aTimeout(0);
      expect(widget.client === client).to.be.true;
      widget.remove();
      await aTimeout(0);
      expect(widget.client).to.equal(undefined);
      document.body.append(widget);
      await widget.updateComplete;
      expect(widget.client).not.to.equal(undefined);
      expect(widget.client === client).to.be.false;
      widget.remove();
    });

    it('lets the page keep a client of its own', async () => {
      const { widget, client } = await openWidget();
      widget.remove();
      await aTimeout(0);
      expect(client.callsOf('destroy').length).to.equal(0);
      expect(client.callsOf('start').length).to.equal(0);
    });

    it('shows its children only while the chat cannot be reached', async () => {
      const { find, set } = await openWidget(
        { messages: [aiSays('Hi')] },
        {},
        html`<a id="mail" href="mailto:x@y.z">Mail us</a>`,
      );
      const mail = document.querySelector<HTMLElement>('#mail')!;
      expect(mail.checkVisibility()).to.be.false;
      await set({ connection: { status: 'failed' } });
      expect(mail.checkVisibility()).to.be.true;
      expect(find<HTMLSlotElement>('slot.fallback').assignedElements()).to.include(mail);
    });

    it('leaves the look of the page and its own look to each other', async () => {
      const style = document.createElement('style');
      style.textContent = '* { all: unset !important } html { font-size: 62.5% }';
      document.head.append(style);
      const { find } = await openWidget();
      const frame = getComputedStyle(find('.frame'));
      expect(frame.position).to.equal('fixed');
      expect(getComputedStyle(find('textarea')).fontSize).to.equal('15px');
      style.remove();
    });
  });

  describe('before it is used', () => {
    it('neither connects nor stores', async () => {
      const backend = silentBackend();
      const before = [localStorage.length, (await indexedDB.databases()).length];
      const widget = await fixture<ChatWidget>(
        html`<chat-widget .backend=${backend} url="wss://never.test/"></chat-widget>`,
      );
      await aTimeout(0);
      expect(backend.opened).to.equal(0);
      expect(widget.status).to.equal('idle');
      expect([localStorage.length, (await indexedDB.databases()).length]).to.deep.equal(before);
      expect(widget.shadowRoot!.querySelector('cw-panel')).to.equal(null);
    });

    it('connects when it is opened, asked to, or eager', async () => {
      for (const use of [
        (widget: ChatWidget) => widget.show(),
        (widget: ChatWidget) => widget.connect(),
        (widget: ChatWidget) => void widget.send('Hi').catch(() => {}),
        (widget: ChatWidget) => (widget.eager = true),
      ]) {
        const backend = silentBackend();
        const widget = made();
        Object.assign(widget, { backend, persistence: 'none' });
        use(widget);
        document.body.append(widget);
        if (widget.status === 'idle') await oneEvent(widget, 'chat-status');
        expect(widget.status).to.equal('connecting');
        expect(widget.dataset.status).to.equal('connecting');
        widget.remove();
      }
    });
  });

  describe('set up wrongly', () => {
    it('says what is missing, as an event and one line, and shows a way out', async () => {
      const warnings: unknown[][] = [];
      const { warn } = console;
      console.warn = (...words) => warnings.push(words);
      const errors: ChatErrorEvent[] = [];
      const widget = made();
      widget.innerHTML = '<a href="mailto:x@y.z">Mail us</a>';
      widget.addEventListener('chat-error', (event) => errors.push(event));
      document.body.append(widget);
      await widget.updateComplete;
      widget.show();
      await widget.updateComplete;
      const refused = await widget.send('Hi').then(
        () => '',
        (error: { code: string }) => error.code,
      );
      console.warn = warn;
      expect(refused).to.equal('url-missing');
      expect(errors[0]!.code).to.equal('url-missing');
      expect(warnings.length).to.equal(1);
      expect(widget.shadowRoot!.querySelector('.empty h3')!.textContent).to.equal('We can’t reach the chat.');
      expect(widget.querySelector('a')!.checkVisibility()).to.be.true;
      await expect(widget).to.be.accessible();
      widget.remove();
    });

    it('takes an address that comes later', async () => {
      const { warn } = console;
      console.warn = () => {};
      const widget = await fixture<ChatWidget>(html`<chat-widget persistence="none"></chat-widget>`);
      console.warn = warn;
      expect(widget.client).to.equal(undefined);
      widget.url = 'wss://later.test/';
      widget.eager = true;
      await widget.updateComplete;
      expect(widget.client).not.to.equal(undefined);
    });

    it('does not know every backend', async () => {
      const widget = await fixture<ChatWidget>(
        html`<chat-widget url="wss://x.test/" backend="pigeon" persistence="none"></chat-widget>`,
      );
      setTimeout(() => widget.connect());
      const { code } = (await oneEvent(widget, 'chat-error')) as ChatErrorEvent;
      expect(code).to.equal('backend-unknown');
      expect(widget.status).to.equal('failed');
      expect(widget.dataset.status).to.equal('failed');
    });

    it('goes on with the default where a value is not usable, and says so once', async () => {
      const errors: ChatErrorEvent[] = [];
      const widget = made();
      widget.addEventListener('chat-error', (event) => errors.push(event));
      Object.assign(widget, { client: fakeClient() });
      widget.setAttribute('mode', 'sideways');
      widget.setAttribute('idle-pause', 'soon');
      document.body.append(widget);
      await widget.updateComplete;
      widget.heading = 'Again';
      await widget.updateComplete;
      expect(errors.map(({ code }) => code)).to.deep.equal(['option-invalid', 'option-invalid']);
      expect(errors[0]!.error.message).to.equal(
        '<chat-widget>: mode is one of floating, inline, not "sideways"',
      );
      expect(widget.shadowRoot!.querySelector('.frame.floating')).not.to.equal(null);
      widget.remove();
    });
  });

  describe('opened and closed', () => {
    it('tells the page and the client', async () => {
      const told: string[] = [];
      const { widget, client, drawn } = await openWidget({}, { open: false });
      for (const type of ['chat-show', 'chat-hide'] as const)
        widget.addEventListener(type, () => told.push(type));
      widget.show();
      await drawn();
      expect(widget.hasAttribute('open')).to.be.true;
      widget.toggle();
      await drawn();
      expect(told).to.deep.equal(['chat-show', 'chat-hide']);
      expect(client.callsOf('setOpen')).to.deep.equal([[true], [false]]);
    });

    it('closes on Esc; focus goes back to where it came from', async () => {
      const { widget, drawn, find } = await openWidget({}, { open: false });
      find('.launcher').focus();
      find('.launcher').click();
      await drawn();
      await aTimeout(0);
      const inside = find('textarea');
      inside.focus();
      inside.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Escape',
          bubbles: true,
          composed: true,
          isComposing: true,
          keyCode: 229,
        }),
      );
      expect(widget.open, 'Esc ends a composition first').to.be.true;
      inside.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
      await drawn();
      expect(widget.open).to.be.false;
      expect(focused(widget)).to.equal('launcher');
    });

    it('is not told of what was undone at once', async () => {
      const { widget, drawn } = await openWidget({}, { open: false });
      const told: string[] = [];
      for (const type of ['chat-show', 'chat-hide']) widget.addEventListener(type, () => told.push(type));
      widget.show();
      widget.hide();
      await drawn();
      widget.show();
      await drawn();
      widget.hide();
      widget.show();
      await drawn();
      expect(told).to.deep.equal(['chat-show']);
    });

    it('leaves the focus with the page when a timer opens it', async () => {
      const { widget, drawn } = await openWidget({}, { open: false });
      const field = await fixture<HTMLInputElement>(html`<input aria-label="Mail" />`);
      field.focus();
      await new Promise((resolve) => setTimeout(resolve, 0));
      widget.show();
      await drawn();
      expect(document.activeElement === field).to.be.true;
    });

    it('keeps a text in the message box that is longer than the server takes', async () => {
      const { widget, client, find, drawn } = await openWidget();
      const codes: string[] = [];
      widget.addEventListener('chat-error', ({ code }) => codes.push(code));
      const input = find<HTMLTextAreaElement>('textarea');
      input.value = 'x'.repeat(5000);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await drawn();
      find('.send').click();
      await drawn();
      expect(input.value.length).to.equal(5000);
      expect(client.callsOf('send').length).to.equal(0);
      expect(codes).to.deep.equal(['send']);
    });

    it('takes null for no texts of the page', async () => {
      const { widget, drawn, find } = await openWidget();
      widget.strings = null as never;
      await drawn();
      expect(find('.hero-title').textContent).to.contain('How can we help today?');
    });

    it('takes no focus that the guest did not give', async () => {
      const button = await fixture<HTMLButtonElement>(html`<button>Page</button>`);
      button.focus();
      const { widget, set } = await openWidget({}, { open: true });
      await set({ messages: [staffSays('Hi')] });
      await set({ connection: { status: 'reconnecting' } });
      expect(document.activeElement === button).to.be.true;
      expect(focused(widget)).to.equal(undefined);
    });

    it('goes to the message box when asked', async () => {
      const { widget } = await openWidget();
      widget.focusComposer();
      await widget.updateComplete;
      await aTimeout(0);
      expect(focused(widget)).to.equal('input');
    });
  });

  describe('as an interface for the page', () => {
    it('passes on what the client tells, as bubbling events with fields', async () => {
      const { widget, client } = await openWidget();
      const told: Event[] = [];
      const types = [
        'chat-message',
        'chat-delivery',
        'chat-status',
        'chat-answering',
        'chat-unread',
        'chat-error',
      ] as const;
      for (const type of types) document.addEventListener(type, (event) => told.push(event), { once: true });
      const message = staffSays('Hi');
      client.tell('message', { message, direction: 'in' });
      client.tell('delivery', { clientId: 'c', state: 'sent' });
      client.tell('status', { status: 'reconnecting', attempt: 2, retryAt: 5, reason: 'lost' });
      client.tell('answering', { mode: 'queued', position: 3 });
      client.tell('unread', { count: 4 });
      client.tell('error', { code: 'token', error: new Error('no') });
      expect(told.map(({ type, composed }) => [type, composed])).to.deep.equal(
        types.map((type) => [type, true]),
      );
      const has = (index: number, fields: object) => expect(told[index]).to.include(fields);
      has(0, { message, direction: 'in' });
      has(1, { clientId: 'c', state: 'sent' });
      has(2, { status: 'reconnecting', attempt: 2, retryAt: 5, reason: 'lost' });
      has(3, { mode: 'queued', position: 3 });
      has(4, { count: 4 });
      has(5, { code: 'token' });
      expect(widget.dataset.status).to.equal('reconnecting');
    });

    it('shows the state of the client', async () => {
      const messages = [staffSays('Hi', { seq: 1 })];
      const { widget } = await openWidget({ messages, answering: 'staff', connection: { status: 'paused' } });
      expect(widget.messages).to.deep.equal(messages);
      expect([widget.status, widget.answering, widget.unread]).to.deep.equal(['paused', 'staff', 1]);
    });

    it('passes its methods on', async () => {
      const { widget, client } = await openWidget();
      widget.escalate('broken pole');
      widget.identify({ name: 'Sam' });
      widget.end();
      widget.connect();
      widget.disconnect();
      await widget.reset();
      const wanted = ['escalate', 'identify', 'end', 'connect', 'disconnect', 'reset'];
      expect(client.calls.filter(([name]) => wanted.includes(name))).to.deep.equal([
        ['escalate', 'broken pole'],
        ['identify', { name: 'Sam' }],
        ['end'],
        ['connect'],
        ['disconnect'],
        ['reset'],
      ]);
      expect(widget.transcript('json')).to.equal('transcript as json');
      expect(await widget.diagnose()).to.include({ status: 'online', provider: null });
      expect(client.callsOf('diagnose').length).to.equal(1);
    });

    it('says what is missing where nothing can be used', async () => {
      const widget = await fixture<ChatWidget>(html`<chat-widget></chat-widget>`);
      const diagnosis = await widget.diagnose();
      expect(diagnosis).to.deep.include({ status: 'idle', provider: null, attempts: [] });
      expect(diagnosis.hints).to.have.length(1);
      expect(diagnosis.hints[0]).to.include('set the attribute url');
      widget.url = 'wss://shop.test/chat';
      await widget.updateComplete;
      expect((await widget.diagnose()).hints[0]).to.match(/^Nothing was tried yet/);
    });

    it('lets the page change or refuse what is sent', async () => {
      const { widget, client } = await openWidget();
      widget.addEventListener('chat-before-send', (event) => (event.text += '!'), { once: true });
      await widget.send('Hi');
      expect(client.callsOf('send')).to.deep.equal([['Hi!', undefined]]);
      widget.addEventListener('chat-before-send', (event) => event.preventDefault(), { once: true });
      const refused = await widget.send('Hi').then(
        () => '',
        (error: { code: string }) => error.code,
      );
      expect(refused).to.equal('cancelled');
      expect(client.callsOf('send').length).to.equal(1);
    });

    it('says what the page wants it to say', async () => {
      const { widget, find, drawn } = await openWidget({}, { strings: { 'input.send': 'Los' } });
      expect(find('.send').getAttribute('aria-label')).to.equal('Los');
      widget.strings = {};
      await drawn();
      expect(find('.send').getAttribute('aria-label')).to.equal('Send message');
    });

    it('reads the language of the page', async () => {
      const sentAt = new Date(2020, 4, 7, 15, 30).toISOString();
      const { widget, texts, drawn } = await openWidget(
        { messages: [staffSays('Hi', { sentAt })] },
        { locale: '' },
      );
      widget.lang = 'de';
      widget.requestUpdate();
      await drawn();
      expect(texts('.day')).to.deep.equal(['7. Mai 2020']);
    });
  });

  afterEach(() => fixtureCleanup());
});
