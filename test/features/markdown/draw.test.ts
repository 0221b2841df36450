import { expect } from '@open-wc/testing';
import { draw } from '../../../src/features/markdown/draw.js';
import { listing, shape, type Piece } from '../../../src/features/markdown/piece.js';

describe('drawing of formatted text', () => {
  let box: HTMLElement;
  beforeEach(() => (box = document.body.appendChild(document.createElement('div'))));
  afterEach(() => box.remove());

  /** Draws one state after the other. @returns the markup after each */
  const drawn = (...states: readonly Piece[][]): string[] =>
    states.map((state) => {
      draw(box, state);
      return box.innerHTML;
    });

  it('makes elements, attributes and texts, and leaves attributes without a value out', () => {
    const link = shape('a', ['there'], { href: 'https://a.test/', rel: undefined });
    expect(drawn(['Go <', shape('em', [link]), shape('br')])).to.deep.equal([
      'Go &lt;<em><a href="https://a.test/">there</a></em><br>',
    ]);
  });

  it('keeps what fits, and adds what is new behind it', () => {
    drawn(['One', shape('em', ['two'])]);
    const nodes = [...box.childNodes, box.querySelector('em')!.firstChild!];
    drawn(['One', shape('em', ['two and']), ' three']);
    expect(box.innerHTML).to.equal('One<em>two and</em> three');
    expect([...box.childNodes].slice(0, 2).concat(box.querySelector('em')!.firstChild!)).to.deep.equal(nodes);
  });

  it('makes anew what is something else now, and takes away what is no more', () => {
    const states = drawn(
      ['a', shape('em', ['b']), 'c'],
      [shape('p', ['a'], { class: 'heading' })],
      [shape('p', ['a'])],
      [shape('p', ['a'], { dir: 'auto' }), 'b'],
      [],
    );
    expect(states).to.deep.equal([
      'a<em>b</em>c',
      '<p class="heading">a</p>',
      '<p>a</p>',
      '<p dir="auto">a</p>b',
      '',
    ]);
  });

  it('leaves selected what is selected in a text that grows', () => {
    drawn(['Some words']);
    getSelection()!.setBaseAndExtent(box.firstChild!, 5, box.firstChild!, 10);
    drawn(['Some words and more']);
    expect(getSelection()!.toString()).to.equal('words');
    getSelection()!.removeAllRanges();
  });

  it('is right again after somebody else, such as a translator, has changed what stands there', () => {
    drawn([shape('p', ['Hello'])]);
    box.querySelector('p')!.innerHTML = '<font>Bonjour</font>';
    expect(drawn([shape('p', ['Hello you'])])).to.deep.equal(['<p>Hello you</p>']);
  });

  it('hands properties to elements that draw themselves, and leaves what is in them alone', () => {
    const element = (code: string): Piece => shape('x-code', [], {}, { code });
    drawn([element('a')]);
    const made = box.querySelector<HTMLElement & { code: string }>('x-code')!;
    made.append('drawn');
    drawn([element('b')]);
    expect(made.isConnected && made.code).to.equal('b');
    expect(made.textContent).to.equal('drawn');
  });

  describe('of a list that grows', () => {
    const looked: string[] = [];
    const view = (item: string): Piece[] => {
      looked.push(item);
      return [item];
    };
    const drawList = (list: { items: string[]; settled: number }): string => {
      looked.length = 0;
      draw(box, listing(list, 'li', view));
      return box.innerHTML;
    };

    it('never looks at a settled item again, and draws what is not settled as it is now', () => {
      const list = { items: ['a', 'b'], settled: 1 };
      expect(drawList(list)).to.equal('<li>a</li><li>b</li>');
      list.items.splice(1, 1, 'bc', 'd');
      list.settled = 2;
      expect(drawList(list)).to.equal('<li>a</li><li>bc</li><li>d</li>');
      expect(looked).to.deep.equal(['bc', 'd']);
      drawList(list);
      expect(looked).to.deep.equal(['d']);
    });

    it('draws all of another list, in the elements that are there, and takes away what is left over', () => {
      drawList({ items: ['a', 'b', 'c'], settled: 3 });
      const first = box.firstChild;
      expect(drawList({ items: ['x', 'b'], settled: 2 })).to.equal('<li>x</li><li>b</li>');
      expect(box.firstChild).to.equal(first);
    });
  });
});
