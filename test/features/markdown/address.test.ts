import { expect } from '@open-wc/testing';
import { pictureAddress, safeAddress } from '../../../src/features/markdown/address.js';

describe('safeAddress', () => {
  it('lets http, https, mail and telephone through, as the browser writes them', () => {
    expect(safeAddress('https://shop.test/a b'.replace(' ', '%20'))?.href).to.equal(
      'https://shop.test/a%20b',
    );
    expect(safeAddress('HTTP://Shop.test')?.href).to.equal('http://shop.test/');
    expect(safeAddress('mailto:a@b.test?subject=Hi')?.href).to.equal('mailto:a@b.test?subject=Hi');
    expect(safeAddress('tel:+49123')?.href).to.equal('tel:+49123');
    expect(safeAddress('https://shop.test/?a=1&amp;b=2')?.search).to.equal('?a=1&b=2');
  });

  for (const address of [
    'javascript:alert(1)',
    'java&#115;cript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/relative',
    '//host.test/x',
    '#part',
    '',
    'https://',
    'https://user@host.test/',
    'https://host.test/\u202Etxt.exe',
    'https://host.test/a b',
  ]) {
    it(`refuses ${JSON.stringify(address)}`, () => {
      expect(safeAddress(address)).to.equal(undefined);
    });
  }

  it('takes pictures from the web alone', () => {
    expect(pictureAddress('https://shop.test/a.png')?.href).to.equal('https://shop.test/a.png');
    expect(pictureAddress('mailto:a@b.test')).to.equal(undefined);
    expect(pictureAddress('data:image/png;base64,AAAA')).to.equal(undefined);
  });
});
