import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { openWidget, type Opened } from './open-widget.js';

describe('what has the focus in the page', function () {
  // Keys take the way through the driver of the browser.
  this.timeout(10_000);

  let field: HTMLButtonElement;

  beforeEach(() => {
    field = document.body.appendChild(document.createElement('button'));
    field.style.cssText = 'position:fixed;inline-size:30px;block-size:20px;padding:0';
  });
  afterEach(() => field.remove());

  /** Puts it in the middle of an element of the widget, and focuses it. */
  const putBehind = ({ find }: Opened, selector: string): void => {
    const { left, top, width, height } = find(selector).getBoundingClientRect();
    field.style.left = `${left + width / 2 - 15}px`;
    field.style.top = `${top + height / 2 - 10}px`;
    field.focus();
  };
  const apart = ({ find }: Opened): boolean =>
    find('.launcher').getBoundingClientRect().bottom <= field.getBoundingClientRect().top;

  it('is made way for by the launcher, which comes back', async () => {
    const opened = await openWidget({}, { open: false });
    const { top } = opened.find('.launcher').getBoundingClientRect();
    putBehind(opened, '.launcher');
    await waitUntil(() => apart(opened), 'the launcher steps aside');
    field.blur();
    await waitUntil(() => opened.find('.launcher').getBoundingClientRect().top === top, 'and comes back');
  });

  it('may be covered in part', async () => {
    const opened = await openWidget({}, { open: false });
    const launcher = opened.find('.launcher');
    putBehind(opened, '.launcher');
    await waitUntil(() => apart(opened));
    field.style.left = `${launcher.getBoundingClientRect().left - 10}px`;
    field.blur();
    field.focus();
    expect(launcher.style.translate).to.equal('');
  });

  it('is uncovered by Esc, from the page, when the panel covers it', async () => {
    const opened = await openWidget();
    putBehind(opened, '.panel');
    // What listens comes when the page gets the focus for the first time.
    await waitUntil(
      async () => {
        await sendKeys({ press: 'Escape' });
        return !opened.widget.open;
      },
      'Esc closes the panel',
      { timeout: 8_000 },
    );
    expect(document.activeElement === field, 'focus stays where it was').to.be.true;
  });

  it('keeps its own Esc where the panel is beside it, or where it has a use for the key', async () => {
    const opened = await openWidget();
    putBehind(opened, '.panel');
    const use = (event: Event): void => event.preventDefault();
    field.addEventListener('keydown', use);
    await waitUntil(() => opened.widget.shadowRoot !== null);
    await sendKeys({ press: 'Escape' });
    expect(opened.widget.open).to.be.true;
    field.removeEventListener('keydown', use);
    field.style.left = '0px';
    await sendKeys({ press: 'Escape' });
    expect(opened.widget.open).to.be.true;
  });
});
