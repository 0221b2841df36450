import { expect } from '@open-wc/testing';
import { pusherAddress, type PusherAddress } from '../../src/transports/pusher-address.js';

const QUERY = '?protocol=7&client=js&version=1.0.0';

describe('pusherAddress', () => {
  const CASES: readonly (readonly [string, PusherAddress, string])[] = [
    ['hosted Pusher, in its default cluster', { key: 'k' }, 'wss://ws-mt1.pusher.com:443/app/k'],
    ['a cluster', { key: 'k', cluster: 'eu' }, 'wss://ws-eu.pusher.com:443/app/k'],
    ['hosted Pusher without TLS', { key: 'k', tls: false }, 'ws://ws-mt1.pusher.com:80/app/k'],
    // The page of these tests is not encrypted, like a page in development.
    [
      'Reverb in development, which names neither port nor scheme',
      { key: 'k', host: 'localhost' },
      'ws://localhost:8080/app/k',
    ],
    ['TLS without a port', { key: 'k', host: 'ws.shop.test', tls: true }, 'wss://ws.shop.test:443/app/k'],
    ['a port', { key: 'k', host: 'ws.shop.test', tls: true, port: 6001 }, 'wss://ws.shop.test:6001/app/k'],
    ['a prefix', { key: 'k', host: 'h', path: 'reverb' }, 'ws://h:8080/reverb/app/k'],
    ['a prefix with slashes', { key: 'k', host: 'h', path: '/a/b/' }, 'ws://h:8080/a/b/app/k'],
    ['an empty prefix', { key: 'k', host: 'h', path: '/' }, 'ws://h:8080/app/k'],
    ['a key with odd characters', { key: 'a/b?c', host: 'h' }, 'ws://h:8080/app/a%2Fb%3Fc'],
    [
      'fields that a configuration left empty',
      { key: 'k', host: '', cluster: '', path: '' },
      'wss://ws-mt1.pusher.com:443/app/k',
    ],
  ];
  for (const [what, address, expected] of CASES) {
    it(`writes ${what}`, () => {
      expect(pusherAddress(address)).to.equal(expected + QUERY);
    });
  }
});
