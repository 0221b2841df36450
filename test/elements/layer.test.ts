import { expect, fixture, html } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import { fakeClient } from './fake-client.js';
import { openWidget } from './open-widget.js';

const frameOf = (widget: ChatWidget): HTMLElement => widget.shadowRoot!.querySelector('.frame')!;
const onTop = (widget: ChatWidget): boolean => frameOf(widget).matches(':popover-open');

describe('<chat-widget layer>', () => {
  it('is among the elements of the page by default', async () => {
    const { widget } = await openWidget();
    expect(widget.layer).to.equal(undefined);
    expect(frameOf(widget).hasAttribute('popover')).to.equal(false);
  });

  it('"top" lies over everything, also after a move', async () => {
    const { widget, find, drawn } = await openWidget({}, { layer: 'top' });
    expect(frameOf(widget).getAttribute('popover')).to.equal('manual');
    expect(onTop(widget)).to.equal(true);
    const lid = await fixture(
      html`<div style="position: fixed; inset: 0; z-index: 2147483647; background: red"></div>`,
    );
    const { left, top } = find('.launcher').getBoundingClientRect();
    expect(document.elementFromPoint(left + 28, top + 28)).to.equal(widget);
    lid.after(widget);
    await drawn();
    expect(onTop(widget)).to.equal(true);
    widget.remove();
    widget.requestUpdate();
    await drawn();
    expect(onTop(widget)).to.equal(false);
    lid.after(widget);
    await drawn();
    expect(onTop(widget)).to.equal(true);
  });

  it('"top" looks the same', async () => {
    const { widget, find, drawn } = await openWidget();
    const look = () =>
      ['.frame', '.launcher', '.panel'].map((selector) => {
        const { x, y, width, height } = find(selector).getBoundingClientRect();
        const { backgroundColor, color, margin, overflow, border } = getComputedStyle(find(selector));
        return { selector, x, y, width, height, backgroundColor, color, margin, overflow, border };
      });
    const before = look();
    widget.layer = 'top';
    await drawn();
    expect(onTop(widget)).to.equal(true);
    expect(look()).to.deep.equal(before);
    widget.removeAttribute('layer');
    widget.layer = undefined;
    await drawn();
    expect(frameOf(widget).hasAttribute('popover')).to.equal(false);
    expect(look()).to.deep.equal(before);
  });

  it('"top" is out of reach of what the page does to elements around', async () => {
    const { find, widget, drawn } = await openWidget({}, { layer: 'top' });
    const plain = find('.panel').getBoundingClientRect().toJSON();
    const box = await fixture(
      html`<div style="transform: scale(0.5); overflow: hidden; width: 10px; height: 10px; opacity: 0.1"></div>`,
    );
    box.append(widget);
    await drawn();
    for (const animation of widget.shadowRoot!.getAnimations()) animation.finish();
    expect(find('.panel').getBoundingClientRect().toJSON()).to.deep.equal(plain);
  });

  it('says nothing where the chat is part of the page', async () => {
    const { widget, drawn } = await openWidget({}, { layer: 'top', mode: 'inline' });
    expect(frameOf(widget).hasAttribute('popover')).to.equal(false);
    widget.mode = 'floating';
    await drawn();
    expect(onTop(widget)).to.equal(true);
  });

  it('is the page where the browser has no popovers', async () => {
    const { prototype } = HTMLElement;
    const kept = ['popover', 'togglePopover', 'showPopover'].map(
      (name) => [name, Object.getOwnPropertyDescriptor(prototype, name)!] as const,
    );
    for (const [name] of kept) Reflect.deleteProperty(prototype, name);
    try {
      const { find } = await openWidget({}, { layer: 'top' });
      expect(find('.panel').checkVisibility()).to.equal(true);
      expect(getComputedStyle(find('.frame')).position).to.equal('fixed');
    } finally {
      for (const [name, descriptor] of kept) Object.defineProperty(prototype, name, descriptor);
    }
  });

  it('tells of a layer that does not exist', async () => {
    const codes: string[] = [];
    const widget = await fixture<ChatWidget>(
      html`<chat-widget layer="moon" .client=${fakeClient()} @chat-error=${(event: Event & { error: Error }) => codes.push(event.error.message)}></chat-widget>`,
    );
    expect(codes.join()).to.contain('layer is one of page, top');
    expect(frameOf(widget).hasAttribute('popover')).to.equal(false);
  });
});
