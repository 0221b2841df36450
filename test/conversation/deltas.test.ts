import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { foldDelta } from '../../src/conversation/deltas.js';

describe('foldDelta', () => {
  it('appends a piece that meets the end', () => {
    expect(foldDelta('Hel', { offset: 3, text: 'lo' })).to.equal('Hello');
  });

  it('swallows what it knows', () => {
    expect(foldDelta('Hello', { offset: 3, text: 'lo' })).to.equal('Hello');
    expect(foldDelta('Hello', { offset: 0, text: 'Hello world' })).to.equal('Hello world');
    expect(foldDelta('Hello', { offset: 4, text: 'o!' })).to.equal('Hello!');
  });

  it('notices a hole', () => {
    expect(foldDelta('Hel', { offset: 4, text: 'o' })).to.equal(undefined);
  });

  it('gives the whole text for any cut, with any repeats', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.tuple(fc.nat(60), fc.nat(60))), (text, repeats) => {
        let soFar = '';
        for (let at = 0; at < text.length; at++) {
          soFar = foldDelta(soFar, { offset: at, text: text[at]! })!;
          for (const [from, length] of repeats) {
            const offset = Math.min(from, soFar.length);
            const piece = text.slice(offset, Math.min(offset + length, soFar.length));
            expect(foldDelta(soFar, { offset, text: piece })).to.equal(soFar);
          }
        }
        expect(soFar).to.equal(text);
      }),
      { numRuns: 50 },
    );
  });
});
