import { expect } from '@open-wc/testing';
import { staffSays } from './fake-client.js';
import { entry, focused, openWidget } from './open-widget.js';

const unread = (n: number) => ({
  messages: Array.from({ length: n }, (_, i) => staffSays(`${i}`, { seq: i + 1 })),
});
/** The words for screen readers; the badge is not among them. */
const named = (launcher: HTMLElement) => launcher.querySelector('.vh')!.textContent;

describe('<cw-launcher>', () => {
  it('is accessible, plain, labelled and with a badge', async () => {
    for (const properties of [{}, { launcherLabel: 'Ask us' }]) {
      const { widget } = await openWidget(unread(12), { open: false, ...properties });
      await expect(widget).to.be.accessible();
    }
  }).timeout(10_000);

  it('says what it does and how many messages wait', async () => {
    const { find, set } = await openWidget(unread(1), { open: false });
    const launcher = find('.launcher');
    expect(named(launcher)).to.equal('Open chat, 1 unread message');
    expect(launcher.getAttribute('aria-haspopup')).to.equal('dialog');
    expect(launcher.getAttribute('aria-expanded')).to.equal('false');
    await set(unread(12));
    expect(named(launcher)).to.equal('Open chat, 12 unread messages');
    expect(find('.badge').textContent).to.equal('9+');
  });

  it('begins its name with the words on it', async () => {
    const { find, drawn, widget } = await openWidget({}, { open: false, launcherLabel: 'Ask us' });
    expect(find('.launcher').textContent).to.match(/^\s*Ask us, Open chat\s*$/);
    widget.launcherLabel = '';
    await drawn();
    expect(find('.launcher').textContent).to.contain('Chat with us');
  });

  it('opens and closes; focus goes in and comes back', async () => {
    const { find, widget, drawn, all } = await openWidget({}, { open: false });
    expect(all('.panel').length).to.equal(0);
    find('.launcher').focus();
    find('.launcher').click();
    await drawn();
    expect(widget.open).to.be.true;
    expect(focused(widget)).to.equal(entry());
    expect(named(find('.launcher'))).to.equal('Close chat');
    expect(find('.launcher').getAttribute('aria-expanded')).to.equal('true');
    find('.launcher').click();
    await drawn();
    expect(widget.open).to.be.false;
    expect(focused(widget)).to.equal('launcher');
  });

  it('shows the icon that the page slots in', async () => {
    const { find } = await openWidget({}, { open: false });
    expect(find<HTMLSlotElement>('slot[name="launcher-icon"]').querySelector('svg') !== null).to.be.true;
  });
});
