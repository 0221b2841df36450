import { expect } from '@open-wc/testing';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FullScreenController } from '../../src/elements/controllers/full-screen-controller.js';

/** An element with the controller, which the tests connect and disconnect by hand. */
function screen() {
  const host = document.createElement('div') as unknown as ReactiveControllerHost & HTMLElement;
  let controller: ReactiveController | undefined;
  host.addController = (added) => void (controller = added);
  const full = new FullScreenController(host);
  controller!.hostConnected!();
  return { full, leave: () => controller!.hostDisconnected!() };
}

/** Lets the visual viewport be what a keyboard or two fingers would make it, and tells that it is. */
function setViewport(values: Partial<Record<'height' | 'offsetTop' | 'scale', number>>, type = 'resize') {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(visualViewport, name, { configurable: true, value });
  }
  visualViewport!.dispatchEvent(new Event(type));
}

const overflow = (element: Element): string => getComputedStyle(element).overflow;

describe('FullScreenController', () => {
  const { body, documentElement: root } = document;
  let panel: HTMLElement;
  let tall: HTMLElement;
  let leaving: (() => void)[];

  const open = () => {
    const opened = screen();
    leaving.push(opened.leave);
    return opened;
  };

  beforeEach(() => {
    leaving = [];
    tall = document.createElement('div');
    tall.style.cssText = 'height: 6000px; width: 1px';
    panel = document.createElement('div');
    body.append(tall, panel);
  });
  afterEach(() => {
    for (const leave of leaving) leave();
    tall.remove();
    panel.remove();
    for (const element of [body, root]) element.removeAttribute('style');
    for (const name of ['height', 'offsetTop', 'scale']) Reflect.deleteProperty(visualViewport!, name);
    scrollTo(0, 0);
  });

  it('keeps the page where it is while the panel covers it, and gives it back as it was', () => {
    root.setAttribute('style', 'overflow: scroll; scroll-behavior: smooth');
    body.setAttribute('style', 'overflow-x: hidden');
    const sheets = [...document.adoptedStyleSheets];
    scrollTo({ top: 1234, behavior: 'instant' });
    const { full } = open();
    full.cover(panel);
    expect(overflow(root)).to.equal('hidden');
    expect(getComputedStyle(root).overscrollBehavior).to.equal('none');
    expect(scrollY).to.equal(1234);
    // As when a phone shows a field above its keyboard.
    scrollTo({ top: 300, behavior: 'instant' });
    full.cover(undefined);
    expect(scrollY).to.equal(1234);
    expect(root.getAttribute('style')).to.equal('overflow: scroll; scroll-behavior: smooth');
    expect(body.getAttribute('style')).to.equal('overflow-x: hidden');
    expect(document.adoptedStyleSheets).to.deep.equal(sheets);
  });

  it('keeps the place of a page whose body says how it scrolls', () => {
    body.style.cssText = 'height: 100%; overflow: auto';
    root.style.height = '100%';
    scrollTo(0, 2000);
    expect(scrollY, 'scrolled before').to.equal(2000);
    const { full } = open();
    full.cover(panel);
    expect(scrollY, 'covered').to.equal(2000);
    expect(body.scrollTop).to.equal(0);
    full.cover(undefined);
    expect(scrollY, 'uncovered').to.equal(2000);
    expect(overflow(body)).to.equal('auto');
  });

  it('leaves a body that scrolls in itself alone', () => {
    root.style.cssText = 'height: 100%; overflow: hidden';
    body.style.cssText = 'height: 100%; overflow: auto';
    body.scrollTop = 700;
    expect(body.scrollTop).to.equal(700);
    const { full } = open();
    full.cover(panel);
    expect(overflow(body)).to.equal('auto');
    expect(body.scrollTop).to.equal(700);
    full.cover(undefined);
    expect(body.scrollTop).to.equal(700);
  });

  it('holds the page until the last of several panels is gone, however it goes', () => {
    scrollTo(0, 500);
    const [one, other] = [open(), open()];
    one.full.cover(panel);
    other.full.cover(panel);
    one.full.cover(undefined);
    one.full.cover(undefined);
    expect(overflow(root)).to.equal('hidden');
    // Sheets that the page puts on and takes off meanwhile are its own.
    const own = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
    other.leave();
    expect(overflow(root)).to.equal('visible');
    expect(document.adoptedStyleSheets).to.include(own);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== own);
    expect(scrollY).to.equal(500);
  });

  it('fits the panel above a keyboard, and follows what is seen of the page', () => {
    const { full } = open();
    const fitted = () => ['--_top', '--_height'].map((name) => panel.style.getPropertyValue(name));
    setViewport({ height: 664, offsetTop: 0 });
    expect(fitted(), 'not before it covers').to.deep.equal(['', '']);
    full.cover(panel);
    expect(fitted()).to.deep.equal(['0px', '664px']);
    setViewport({ height: 328 });
    expect(fitted(), 'keyboard').to.deep.equal(['0px', '328px']);
    setViewport({ offsetTop: 96 }, 'scroll');
    expect(fitted(), 'pushed up').to.deep.equal(['96px', '328px']);
    setViewport({ scale: 2, height: 164, offsetTop: 200 });
    expect(fitted(), 'zoomed in by the guest').to.deep.equal(['96px', '328px']);
    setViewport({ scale: 1, height: 664, offsetTop: 0 });
    expect(fitted(), 'back').to.deep.equal(['0px', '664px']);
  });

  it('does not count twice what the page is zoomed by its own styles', function () {
    if (!('currentCSSZoom' in panel)) return;
    body.style.zoom = '1.25';
    const { full } = open();
    setViewport({ height: 500, offsetTop: 100 });
    full.cover(panel);
    expect(panel.style.getPropertyValue('--_height')).to.equal('400px');
    expect(panel.style.getPropertyValue('--_top')).to.equal('80px');
  });
});
