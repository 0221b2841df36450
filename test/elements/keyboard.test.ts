import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { MAYA, aiSays, guestSays, staffSays } from './fake-client.js';
import { entry, focused, openWidget } from './open-widget.js';

const long = Array.from({ length: 30 }, (_, i) =>
  i % 2 ? aiSays(`Answer ${i}`) : guestSays(`Question ${i}`),
);

describe('the keyboard', function () {
  // Keys take the way through the driver of the browser.
  this.timeout(10_000);

  it('scrolls the transcript by arrows, Home and End: one stop of Tab', async () => {
    const { find, all } = await openWidget({ messages: long });
    const transcript = find('.transcript');
    const stops = all(
      '.transcript [tabindex="0"], .transcript a, .transcript button:not(.vh, [tabindex="-1"])',
    );
    expect(stops.length).to.equal(0);
    transcript.focus();
    await waitUntil(() => transcript.scrollTop > 100, 'it begins at the end');
    const end = transcript.scrollTop;
    await waitUntil(
      async () => {
        await sendKeys({ press: 'Home' });
        return transcript.scrollTop === 0 && all('.bubble')[0]!.textContent === 'Question 0';
      },
      'Home goes to the beginning, which is drawn on the way',
      { timeout: 8_000 },
    );
    await waitUntil(
      async () => {
        await sendKeys({ press: 'ArrowDown' });
        return transcript.scrollTop > 0;
      },
      'an arrow scrolls',
      { timeout: 8_000 },
    );
    await sendKeys({ press: 'End' });
    await waitUntil(() => transcript.scrollTop > end - 2, 'End goes to the end');
  });

  it('stops following what comes by a step upwards', async () => {
    const { all, find, set } = await openWidget({ messages: long });
    const transcript = find('.transcript');
    const end = transcript.scrollHeight - transcript.clientHeight;
    await waitUntil(() => transcript.scrollTop > end - 2);
    transcript.focus();
    await sendKeys({ press: 'ArrowUp' });
    // A pixel or two is the end all the same.
    await waitUntil(() => transcript.scrollTop < end - 10, 'an arrow scrolls', { timeout: 5_000 });
    await set({ messages: [...long, aiSays('New')] });
    await waitUntil(() => all('.jump').length > 0, 'it is told how many are below', { timeout: 5_000 });
  });

  it('passes the transcript by its first item, on the way to the message box', async () => {
    const { find, widget } = await openWidget({ messages: long });
    find('.transcript').focus();
    await sendKeys({ press: 'Tab' });
    expect(widget.shadowRoot!.activeElement!.textContent).to.equal('Skip to message box');
    expect(widget.shadowRoot!.activeElement!.getBoundingClientRect().width, 'to be seen').to.be.greaterThan(
      20,
    );
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => focused(widget) === 'input');
  });

  it('stays with a message that is tried again', async () => {
    const message = guestSays('Failed', { delivery: 'failed', seq: undefined });
    const { client, all, set, widget } = await openWidget({ messages: [message] });
    all('.text-button')[0]!.focus();
    await sendKeys({ press: 'Enter' });
    expect(client.callsOf('retry')).to.deep.equal([[message.clientId]]);
    await set({ messages: [{ ...message, delivery: 'queued' }] });
    expect(focused(widget)).to.equal('bubble');
  });

  it('goes to the message box after a quick reply', async () => {
    const { find, drawn, widget } = await openWidget({
      messages: [aiSays('Well?', { actions: [{ label: 'Yes', value: 'y' }] })],
    });
    find('.quick-reply').focus();
    await sendKeys({ press: 'Enter' });
    await drawn();
    await waitUntil(() => focused(widget) === 'input');
  });

  it('does not fall out of the panel when what it is on goes by itself', async () => {
    const { find, set, widget } = await openWidget({
      messages: [aiSays('Well?', { actions: [{ label: 'Yes', value: 'y' }] })],
    });
    find('.quick-reply').focus();
    await set({ messages: [aiSays('Never mind')] });
    expect(focused(widget)).to.equal('transcript');
    await set({ answering: 'queued', position: 1 });
    find('.queue button').focus();
    await set({ answering: 'staff', participants: [MAYA] });
    expect(focused(widget)).to.equal('transcript');
  });

  it('stays in the page when messages arrive, people join, and the line goes and comes', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    const { set } = await openWidget({ messages: [aiSays('Hi')] });
    field.focus();
    await set({ messages: [aiSays('Hi'), staffSays('Hello', { actions: [{ label: 'Yes', value: 'y' }] })] });
    await set({ answering: 'staff', participants: [MAYA] });
    await set({ connection: { status: 'failed' } });
    await set({ connection: { status: 'online' }, restored: 1 });
    expect(document.activeElement === field).to.be.true;
    field.remove();
  });

  it('leaves a floating panel by Tab', async () => {
    const { find, widget } = await openWidget({ messages: [aiSays('Hi')] });
    const after = document.body.appendChild(document.createElement('button'));
    find('.send').focus();
    for (let stops = 0; stops < 3 && document.activeElement === widget; stops += 1) {
      await sendKeys({ press: 'Tab' });
    }
    expect(document.activeElement !== widget).to.be.true;
    after.remove();
  });

  it('goes in by the launcher and comes back to it', async () => {
    const { find, widget, drawn } = await openWidget({}, { open: false });
    find('.launcher').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => focused(widget) === entry() || (entry() === 'title' && focused(widget) === 'hero'));
    await sendKeys({ press: 'Escape' });
    await drawn();
    expect(widget.open).to.be.false;
    expect(focused(widget)).to.equal('launcher');
  });
});
