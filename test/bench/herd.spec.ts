import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ReconnectingWebSocket from 'partysocket/ws';
import { Manager } from 'socket.io-client';
import { seeded } from '../../src/testing/seed.js';
import { expectedAttempts } from '../../bench/herd/expectation.js';
import { PartySocketClient, partySocket } from '../../bench/herd/partysocket-client.js';
import { scenariosFor } from '../../bench/herd/scenarios.js';
import { ServerModel } from '../../bench/herd/server-model.js';
import { simulate } from '../../bench/herd/simulation.js';
import { SocketIoClient } from '../../bench/herd/socket-io-client.js';
import { hiddenWidget, widget } from '../../bench/herd/widget-client.js';

const CLIENTS = 10_000;
const PER_SECOND = 200;
const HERD = { clients: CLIENTS, server: { perSecond: PER_SECOND, backlog: 400 }, seed: 11 };

const incidentOf = (wanted: string) => {
  const found = scenariosFor(CLIENTS, PER_SECOND).find(({ id }) => id === wanted);
  return found?.incident ?? assert.fail(wanted);
};

describe('a herd of our clients', () => {
  it('comes back from a planned restart at no more than twice what the server can, each with one attempt', () => {
    for (const id of ['hint', 'hint-late']) {
      const tally = simulate(widget, incidentOf(id), HERD);
      assert.ok(tally.peak().attempts <= 2 * PER_SECOND, `${id}: ${tally.peak().attempts}`);
      assert.equal(tally.medianAttempts, 1);
      assert.equal(tally.backShare, 1);
    }
  });

  it('asks a server that is back from a kill no more often than every fifth second each', () => {
    const tally = simulate(widget, incidentOf('killed'), HERD);
    assert.ok(tally.peak(10_000).attempts <= (CLIENTS / 5) * 1.1, String(tally.peak(10_000).attempts));
    assert.equal(tally.backShare, 1);
  });

  it('comes out the same for the same seed', () => {
    const [first, second, other] = [11, 11, 12].map((seed) => {
      const tally = simulate(hiddenWidget, incidentOf('killed'), { ...HERD, seed });
      return [tally.total, tally.peak(), tally.backBy(0.5), tally.backBy(1), tally.inSecond(3)];
    });
    assert.deepEqual(first, second);
    assert.notDeepEqual(first, other);
  });

  it('does on a server that is down what the formula says', () => {
    const tally = simulate(widget, incidentOf('killed'), HERD);
    for (const [second, expected] of expectedAttempts(CLIENTS, 10).entries()) {
      const attempts = tally.inSecond(second);
      // Five times what chance does to a count that large.
      assert.ok(
        Math.abs(attempts - expected) < 5 * Math.sqrt(expected),
        `${second}: ${attempts}, ${expected}`,
      );
    }
  });
});

describe('the server of the herd', () => {
  it('takes one after the other, lets others wait, and refuses the rest', () => {
    const server = new ServerModel({ perSecond: 1000, backlog: 2 });
    assert.equal(server.connect(0, 0), 'refused', 'down');
    server.start();
    assert.deepEqual(
      [1, 2, 3].map((client) => server.connect(client, 0)),
      ['waiting', 'waiting', 'refused'],
    );
    const accepted: number[] = [];
    for (let ms = 0; ms < 3; ms++) server.tick((client) => accepted.push(client));
    assert.deepEqual(accepted, [1, 2]);
  });

  it('loses the turn of who gave up waiting', () => {
    const hasty = { ...partySocket, openTimeoutMs: 2000 };
    const server = { perSecond: 100, backlog: 1000 };
    const tally = simulate(hasty, incidentOf('plain-restart'), { clients: 1000, server, seed: 3 });
    assert.ok(tally.total > 1000, 'late attempts are made again');
    // All arrive within a second; the first 2 s of work are in time, the turns of the other 8 s are lost.
    assert.ok(tally.inSecond(3) > 990 && (tally.backBy(0.25) ?? 0) > 13_000, String(tally.backBy(0.25)));
    assert.equal(tally.backShare, 1);
  });
});

describe('the clients beside ours', () => {
  it('wait as Socket.IO does', (t) => {
    const manager = new Manager('http://localhost', { autoConnect: false });
    const backoff = Reflect.get(manager, 'backoff') as { reset(): void; duration(): number };
    const [ours, theirs] = [seeded(5), seeded(5)];
    t.mock.method(Math, 'random', theirs);
    const model = new SocketIoClient(ours);
    for (let life = 0; life < 50; life++) {
      backoff.reset();
      const expected = Array.from({ length: 8 }, () => backoff.duration());
      assert.deepEqual([model.lost(), ...Array.from({ length: 7 }, () => model.failed())], expected);
    }
  });

  it('wait as partysocket does', () => {
    const socket = new ReconnectingWebSocket('ws://localhost', [], { startClosed: true });
    const model = new PartySocketClient();
    for (let retry = 1; retry < 9; retry++) {
      Reflect.set(socket, '_retryCount', retry);
      const delay = retry === 1 ? model.lost() : model.failed();
      const expected = (Reflect.get(socket, '_getNextDelay') as () => number).call(socket);
      assert.ok(Math.abs(delay - expected) < 1e-6, `retry ${retry}`);
    }
  });
});
