/** `chat-widget-element mock` and clients that send what no client should: it goes on for all others. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { startMock, type MockProcess } from './mock-process.js';

/** Texts that are no frame of any wire, or one with wrong parts. */
const FRAMES = [
  '',
  ' ',
  '\u0000',
  'null',
  '[]',
  '[[[',
  '"text"',
  '42',
  '0',
  '2',
  '40',
  '40/elsewhere,{',
  '42[',
  '42[null]',
  '42["send"]',
  '42["send",null,{"__proto__":1}]',
  '429999999999999999999["send",{}]',
  '451-["x",{"_placeholder":true,"num":9}]',
  '{"type":"hello"}',
  '{"type":"hello","protocol":"1","guestId":7,"since":-1,"conversation":[]}',
  '{"type":"send","clientId":{},"text":[]}',
  '{"type":"send","clientId":"a","text":"before any hello"}',
  '{"type":"constructor"}',
  '{"event":"pusher:subscribe"}',
  '{"event":"pusher:subscribe","data":"{"}',
  '{"event":"pusher:subscribe","data":{"channel":"presence-a","auth":7,"channel_data":"{"}}',
  '{"event":"client-typing","channel":null,"data":1}',
  `{"type":"send","clientId":"long","text":"${'x'.repeat(300_000)}"}`,
];
const PATHS = ['/chat', '/app/app-key?protocol=7', '/socket.io/?EIO=4&transport=websocket', '/', '//', '/%'];
/** Addresses and hosts that are none. */
const REQUESTS: [target: string, host: string][] = [
  ['//', 'a'],
  ['/chat', '['],
  ['http://[', 'a'],
  ['/socket.io/?EIO=4&transport=polling', '['],
  ['/%E0%A4%A', 'a'],
  ['/widget/..%2Fpackage.json', 'a'],
];
const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

describe('the command mock and hostile clients', { timeout: 60_000 }, () => {
  let server: MockProcess;
  before(async () => void (server = await startMock()));
  after(() => server.stop());

  /** Status of a request as it stands on the wire, which no client would write. */
  async function statusOf(target: string, host: string, headers = ''): Promise<number> {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`);
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return Number(head.toString('latin1').split(' ')[1]);
  }

  const plays = async (): Promise<void> => {
    assert.equal((await fetch(server.url)).status, 200);
  };

  it('answers addresses that are none, and goes on', async () => {
    for (const [target, host] of REQUESTS) {
      const status = await statusOf(target, host);
      assert.ok(status >= 400 && status < 500, `${target} of ${host}: ${status}`);
    }
    for (const [target, host] of [REQUESTS[1]!, REQUESTS[2]!]) {
      assert.equal(await statusOf(target, host, UPGRADE), 400, `${target} of ${host}`);
    }
    await plays();
  });

  it('takes any frame on any path, and goes on', async () => {
    for (const path of PATHS) {
      for (const frame of FRAMES) {
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`);
        // It may refuse at once, or close later; it has to end this one for it only.
        socket.on('error', () => {});
        const ended = once(socket, 'close');
        socket.on('open', () => {
          socket.send(frame);
          socket.send(Buffer.from([0xff, 0xfe, 0x00]));
          socket.close();
        });
        await ended;
      }
    }
    await plays();
  });

  it('says so when a body is too long, and takes bodies of any kind', async () => {
    const post = async (path: string, body: string): Promise<number> => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(server.url + path, { method: 'POST', headers, body })).status;
    };
    for (const path of ['/chat', '/api/chat/start', '/api/chat/x/message', '/broadcasting/auth']) {
      assert.equal(await post(path, 'x'.repeat(1_000_001)), 413, path);
      for (const body of FRAMES) {
        const status = await post(path, body);
        assert.ok(status < 500, `${path} with ${body.slice(0, 40)}: ${status}`);
      }
    }
    await plays();
  });
});
