import { expect } from '@open-wc/testing';
import { aiSays, guestSays } from './fake-client.js';
import { countUpdates, focused, laidOut, openWidget, type Opened } from './open-widget.js';

const messages = [guestSays('Hi')];

const write = ({ find }: Opened, text: string): HTMLTextAreaElement => {
  const input = find<HTMLTextAreaElement>('textarea');
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return input;
};
const press = (input: HTMLElement, init: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, composed: true, ...init });
  input.dispatchEvent(event);
  return event;
};

describe('<cw-composer>', () => {
  it('is accessible, empty and while a reply grows', async () => {
    const opened = await openWidget({ messages });
    await expect(opened.widget).to.be.accessible();
    await opened.set({ features: ['stop'], messages: [...messages, aiSays('Gro', { streaming: true })] });
    await expect(opened.widget).to.be.accessible();
  }).timeout(10_000);

  it('sends on Enter, and is empty and focused afterwards', async () => {
    const opened = await openWidget({ messages });
    const input = write(opened, '  Two tents, please \n');
    expect(press(input, { key: 'Enter' }).defaultPrevented).to.be.true;
    expect(opened.client.callsOf('send')).to.deep.equal([['Two tents, please', undefined]]);
    expect(input.value).to.equal('');
    await opened.drawn();
    expect(focused(opened.widget)).to.equal('input');
  });

  it('makes a line on Shift+Enter', async () => {
    const opened = await openWidget({ messages });
    const event = press(write(opened, 'One'), { key: 'Enter', shiftKey: true });
    expect(event.defaultPrevented).to.be.false;
    expect(opened.client.callsOf('send').length).to.equal(0);
  });

  it('leaves Enter to an input method, also as Safari tells of it', async () => {
    const opened = await openWidget({ messages });
    const input = write(opened, 'にほん');
    press(input, { key: 'Enter', isComposing: true });
    press(input, { key: 'Enter', keyCode: 229 });
    expect(opened.client.callsOf('send').length).to.equal(0);
  });

  it('has nothing to send while it is empty, and says so without leaving the way of the keyboard', async () => {
    const opened = await openWidget({ messages });
    const { find, client, drawn } = opened;
    expect(find('.send').getAttribute('aria-disabled')).to.equal('true');
    find('.send').click();
    press(write(opened, '   '), { key: 'Enter' });
    expect(client.callsOf('send').length).to.equal(0);
    write(opened, 'Hi');
    await drawn();
    expect(find('.send').getAttribute('aria-disabled')).to.equal('false');
    find('.send').click();
    expect(client.callsOf('send')).to.deep.equal([['Hi', undefined]]);
  });

  it('keeps the text when the page refuses it', async () => {
    const opened = await openWidget({ messages });
    opened.widget.addEventListener('chat-before-send', (event) => event.preventDefault());
    const input = write(opened, 'Hi');
    press(input, { key: 'Enter' });
    expect(input.value).to.equal('Hi');
    expect(opened.client.callsOf('send').length).to.equal(0);
  });

  it('stops a growing reply where the backend can, under the same button', async () => {
    const { find, client, set } = await openWidget({ messages });
    const send = find('.send');
    const growing = aiSays('Gro', { id: 'r1', streaming: true, seq: undefined });
    await set({ messages: [...messages, growing] });
    expect(send.getAttribute('aria-label')).to.equal('Send message');
    await set({ features: ['stop'] });
    expect(send.getAttribute('aria-label')).to.equal('Stop reply');
    expect(send.getAttribute('aria-disabled')).to.equal('false');
    send.click();
    expect(client.callsOf('stop')).to.deep.equal([['r1']]);
  });

  it('tells of typing and draws nothing but itself', async () => {
    const opened = await openWidget({ messages });
    const counts = countUpdates(opened.all('cw-transcript, cw-message, cw-header'));
    write(opened, 'H');
    write(opened, 'He');
    await opened.drawn();
    expect(opened.client.callsOf('typing').length).to.equal(2);
    expect(counts().every((count) => count === 0)).to.be.true;
  });

  it('grows to six lines, then scrolls', async () => {
    const opened = await openWidget({ messages });
    const { find } = opened;
    const field = find('.composer-field');
    expect(field.offsetHeight).to.equal(46);
    write(opened, 'a\nb\nc');
    expect(field.offsetHeight).to.equal(46 + 2 * 22);
    write(opened, 'a\n'.repeat(20));
    const tallest = field.offsetHeight;
    expect(tallest).to.be.within(46 + 5 * 22, 46 + 5 * 22 + 4);
    expect(find('textarea').scrollHeight).to.be.above(tallest);
  });

  it('takes no more than the server does', async () => {
    const { find } = await openWidget({
      messages,
      limits: { maxTextLength: 12, maxFrameBytes: 65_536, maxAttachmentBytes: 0 },
    });
    expect(find<HTMLTextAreaElement>('textarea').maxLength).to.equal(12);
  });

  it('asks for a person, and hides that when there is one', async () => {
    const { find, all, client, set } = await openWidget({ messages, features: ['escalation'] });
    find('.escalate').click();
    expect(client.callsOf('escalate').length).to.equal(1);
    await set({ answering: 'queued' });
    expect(all('.escalate').length).to.equal(0);
    expect(find('textarea').getAttribute('placeholder')).to.equal('Add details while you wait…');
  });

  it('shows the words of the page in the empty field', async () => {
    const { find } = await openWidget({ messages }, { placeholder: 'Ask the shop' });
    expect(find('textarea').getAttribute('placeholder')).to.equal('Ask the shop');
  });

  it('scrolls the thread with the page keys while it is empty', async () => {
    const opened = await openWidget({
      messages: Array.from({ length: 30 }, (_, i) => aiSays(`Line ${i}`)),
    });
    await laidOut();
    const { find } = opened;
    const { scrollTop } = find('.transcript');
    expect(scrollTop).to.be.above(0);
    press(find('textarea'), { key: 'PageUp' });
    expect(find('.transcript').scrollTop).to.be.below(scrollTop);
    const there = find('.transcript').scrollTop;
    press(write(opened, 'x'), { key: 'PageUp' });
    expect(find('.transcript').scrollTop).to.equal(there);
  });
});
