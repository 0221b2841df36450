import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { aiSays, guestSays } from './fake-client.js';
import { focused, openWidget } from './open-widget.js';

// In a file of its own, because WebKit's driver cannot set the size of the window.
describe('<cw-panel> on a small screen', function () {
  this.timeout(10_000);
  afterEach(() => setViewport({ width: 900, height: 800 }));

  it('covers a small screen: modal, page locked, focus kept inside', async () => {
    await setViewport({ width: 360, height: 640 });
    const { find, all, widget, drawn } = await openWidget({}, { suggestions: ['One'] });
    const panel = find('.panel');
    expect(panel.getAttribute('aria-modal')).to.equal('true');
    expect(panel.getBoundingClientRect().width).to.equal(360);
    expect(panel.getBoundingClientRect().height).to.equal(640);
    expect(getComputedStyle(document.documentElement).overflow).to.equal('hidden');
    await expect(widget).to.be.accessible();
    const [start, end] = all('.edge');
    start!.focus();
    expect(focused(widget)).to.equal('send');
    end!.focus();
    expect(focused(widget)).to.equal('icon-button');
    widget.hide();
    await drawn();
    expect(getComputedStyle(document.documentElement).overflow).to.equal('visible');
    expect(document.documentElement.getAttribute('style')).to.equal(null);
  });

  it('does not scroll sideways at 320 pixels, whatever is said', async () => {
    await setViewport({ width: 320, height: 480 });
    const { find, all } = await openWidget({
      features: ['reactions'],
      messages: [guestSays('W'.repeat(200)), aiSays(`https://shop.example/${'a'.repeat(300)}`)],
    });
    expect(document.documentElement.scrollWidth).to.equal(320);
    expect(find('.transcript').scrollWidth).to.equal(find('.transcript').clientWidth);
    const out = all('.panel *').filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < 0 || right > 320);
    });
    expect(out.map(({ className }) => className)).to.be.empty;
  });

  it('gives the page back when it is taken away while it covers it', async () => {
    await setViewport({ width: 360, height: 640 });
    const { widget } = await openWidget();
    widget.remove();
    expect(getComputedStyle(document.documentElement).overflow).to.equal('visible');
  });
});
