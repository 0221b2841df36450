import { expect } from '@open-wc/testing';
import { Connection, type ConnectionOptions } from '../../src/connection/connection.js';
import type { ConnectionState } from '../../src/connection/status.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { NATIVE_CLOSE_CODES, readCloseCode } from '../../src/transports/close-codes.js';
import { FakeTransport, FakeWake, fakeBackend } from './fake-line.js';

const setUp = (more: Partial<ConnectionOptions> = {}, random = () => 0.5) => {
  const clock = new ManualClock({ random });
  const transport = new FakeTransport();
  const wake = new FakeWake();
  const states: ConnectionState[] = [];
  const faults: unknown[] = [];
  const events: string[] = [];
  let gone = 0;
  const connection = new Connection({
    backend: fakeBackend(transport),
    clock,
    wake,
    idlePauseMs: 300_000,
    mayPause: () => true,
    session: async () => ({ guestId: 'g1' }),
    renewable: () => false,
    hello: () => ({ type: 'hello', protocol: 1, guestId: 'g1' }),
    onState: (state) => states.push(state),
    onEvents: (incoming) => events.push(...incoming.map(({ type }) => type)),
    onFault: (error) => faults.push(error),
    onGone: () => gone++,
    ...more,
  });
  const online = async (): Promise<void> => {
    connection.connect();
    await clock.settle();
    transport.last.opens();
    await clock.settle();
    transport.last.greets();
  };
  const statuses = (): string[] => states.map(({ status }) => status);
  return { clock, transport, wake, states, statuses, faults, events, connection, online, gone: () => gone };
};

describe('Connection', () => {
  it('is online only when it is open and greeted', async () => {
    const { clock, transport, connection, statuses } = setUp();
    connection.connect();
    await clock.settle();
    transport.last.opens();
    await clock.settle();
    expect(transport.last.sent.map(({ event }) => event)).to.deep.equal(['hello']);
    expect(connection.state.status).to.equal('connecting');
    transport.last.greets();
    expect(statuses()).to.deep.equal(['connecting', 'online']);
  });

  it('gives up on a server that never greets after five seconds, and tries again', async () => {
    const { clock, transport, connection } = setUp();
    connection.connect();
    await clock.settle();
    transport.last.opens();
    await clock.advance(4999);
    expect(connection.state.status).to.equal('connecting');
    await clock.advance(1);
    expect(connection.state).to.include({ status: 'reconnecting', reason: 'late', attempt: 1 });
    expect(transport.attempts[0]!.closed).not.to.equal(false);
    await clock.advance(1000);
    expect(transport.attempts).to.have.length(2);
  });

  it('tells nothing of what comes before the welcome', async () => {
    const { clock, transport, connection, events } = setUp();
    connection.connect();
    await clock.settle();
    transport.last.opens();
    await clock.settle();
    transport.last.tells('mode', { mode: 'staff' });
    transport.last.greets();
    transport.last.tells('mode', { mode: 'ai' });
    expect(events).to.deep.equal(['welcome', 'mode']);
  });

  it('backs off with full jitter: half of 1, 2, 4, 8, 10, 10 seconds for a die that always shows one half', async () => {
    const { clock, transport, connection, states } = setUp();
    connection.connect();
    await clock.settle();
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt++) {
      transport.last.fails();
      await clock.settle();
      expect(states.at(-1)).to.include({ status: 'reconnecting', attempt });
      delays.push(states.at(-1)!.retryAt! - clock.date());
      await clock.advance(delays.at(-1)!);
    }
    expect(delays).to.deep.equal([500, 1000, 2000, 4000, 5000, 5000]);
  });

  it('forgets its failures only after five steady seconds', async () => {
    const { clock, transport, connection, online } = setUp();
    await online();
    transport.last.dies();
    expect(connection.state.attempt).to.equal(1);
    await clock.advance(500);
    transport.last.opens();
    await clock.settle();
    transport.last.greets();
    transport.last.dies();
    expect(connection.state.attempt).to.equal(2);
    await clock.advance(1000);
    transport.last.opens();
    await clock.settle();
    transport.last.greets();
    await clock.advance(5000);
    transport.last.dies();
    expect(connection.state.attempt).to.equal(1);
  });

  it('makes no attempt while the browser is offline and one at once when it is back', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    wake.tell('offline');
    expect(connection.state.status).to.equal('offline');
    await clock.advance(600_000);
    expect(transport.attempts).to.have.length(1);
    wake.tell('online');
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
  });

  it('tries at once when the page becomes visible, but not twice in a second', async () => {
    const { clock, transport, wake, connection } = setUp({}, () => 0.999);
    connection.connect();
    await clock.settle();
    transport.last.fails();
    await clock.advance(0);
    wake.tell('hidden');
    wake.tell('visible');
    await clock.advance(999);
    expect(transport.attempts).to.have.length(1);
    await clock.advance(1);
    expect(transport.attempts).to.have.length(2);
  });

  it('probes a line that claims to live when the page wakes', async () => {
    const { transport, wake, online } = setUp();
    await online();
    wake.tell('visible');
    wake.tell('resume');
    expect(transport.last.probes).to.deep.equal([3000, 3000]);
    expect(transport.attempts).to.have.length(1);
  });

  it('pauses when hidden for long, comes back when visible, and never pauses a guest who waits for a person', async () => {
    let waiting = true;
    const { clock, transport, wake, connection, online } = setUp({ mayPause: () => !waiting });
    await online();
    wake.tell('hidden');
    await clock.advance(300_000);
    expect(connection.state.status).to.equal('online');
    waiting = false;
    await clock.advance(300_000);
    expect(connection.state).to.include({ status: 'paused', reason: 'idle' });
    expect(transport.attempts[0]!.closed).to.equal('idle');
    wake.tell('visible');
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
  });

  it('lets go of the line when the page is frozen or cached, and takes it up again', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    wake.tell('suspend');
    expect(connection.state).to.include({ status: 'paused', reason: 'suspended' });
    wake.tell('resume');
    await clock.advance(1000);
    expect(transport.attempts).to.have.length(2);
  });

  it('comes back when a `bye` says, whatever the code, and not earlier for a wake signal', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    transport.last.tells('bye', { reason: 'deploy', retryAfterMs: 3000, spreadMs: 4000 });
    transport.last.dies(readCloseCode(1000, ''));
    expect(connection.state.retryAt! - clock.date()).to.equal(5000);
    wake.tell('visible');
    connection.nudge();
    await clock.advance(4999);
    expect(transport.attempts).to.have.length(1);
    await clock.advance(1);
    expect(transport.attempts).to.have.length(2);
  });

  it('lets the guest try now, even before a `bye` allows it', async () => {
    const { clock, transport, connection, online } = setUp();
    await online();
    transport.last.tells('bye', { reason: 'deploy', retryAfterMs: 60_000 });
    transport.last.dies();
    connection.connect();
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
  });

  it('treats a fatal error like a refusal', async () => {
    const { transport, connection, online } = setUp();
    await online();
    transport.last.tells('error', { code: 'banned', message: 'no', fatal: true });
    expect(connection.state).to.include({ status: 'failed', reason: 'refused' });
    expect(transport.last.closed).not.to.equal(false);
  });

  it('reports a bad frame and goes on', async () => {
    const { transport, connection, faults, online } = setUp();
    await online();
    transport.last.tells('message', { message: { id: 'm1' } });
    expect(faults.map(String)).to.deep.equal(['ProtocolError: message.seq: expected a whole number from 1']);
    expect(connection.state.status).to.equal('online');
  });

  it('hears nothing of a line that is over', async () => {
    const { clock, transport, events, online } = setUp();
    await online();
    transport.last.dies();
    transport.attempts[0]!.tells('mode', { mode: 'staff' });
    transport.attempts[0]!.dies();
    expect(events).to.deep.equal(['welcome']);
    await clock.advance(500);
    expect(transport.attempts).to.have.length(2);
  });

  it('ends for good on disconnect: no timer, no listener', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    transport.last.dies();
    connection.disconnect();
    expect(connection.state.status).to.equal('idle');
    expect(clock.pending).to.equal(0);
    expect(wake.listeners).to.equal(0);
  });

  it('lets an attempt go that opens after it was given up', async () => {
    const { clock, transport, connection } = setUp();
    connection.connect();
    await clock.settle();
    const attempt = transport.last;
    connection.disconnect();
    expect(attempt.signal.aborted).to.equal(true);
    attempt.opens();
    await clock.settle();
    expect(connection.state.status).to.equal('idle');
  });
});

describe('Connection, by close code', () => {
  const outcomes: Record<number, Partial<ConnectionState>> = {
    1000: { status: 'idle', reason: 'closed' },
    1008: { status: 'failed', reason: 'refused' },
    4400: { status: 'failed', reason: 'refused' },
    4403: { status: 'failed', reason: 'refused' },
    4401: { status: 'failed', reason: 'unauthorized' },
    4404: { status: 'reconnecting', reason: 'gone' },
    4408: { status: 'reconnecting', reason: 'late' },
    4409: { status: 'paused', reason: 'replaced' },
    4429: { status: 'reconnecting', reason: 'busy' },
    1012: { status: 'reconnecting', reason: 'restart' },
    1013: { status: 'reconnecting', reason: 'restart' },
  };
  for (const code of [1001, 1005, 1006, 1011, 1014, 3000, 4999]) {
    outcomes[code] = { status: 'reconnecting', reason: 'lost' };
  }
  for (const code of [1002, 1003, 1007, 1009, 1010])
    outcomes[code] = { status: 'reconnecting', reason: 'fault' };

  for (const [code, outcome] of Object.entries(outcomes)) {
    it(`${code}: ${outcome.status}, ${outcome.reason}`, async () => {
      const { transport, connection, online } = setUp();
      await online();
      transport.last.dies(readCloseCode(Number(code), ''));
      expect(connection.state).to.include(outcome);
    });
  }

  it('has a test for every code in the table', () => {
    expect(Object.keys(outcomes)).to.include.members(Object.keys(NATIVE_CLOSE_CODES));
  });

  const waits: Record<number, number> = { 1012: 5000, 4429: 7500, 4404: 0, 1006: 500 };
  for (const [code, delay] of Object.entries(waits)) {
    it(`${code}: waits ${delay} ms for a die that shows one half`, async () => {
      const { clock, transport, connection, online } = setUp();
      await online();
      transport.last.dies(readCloseCode(Number(code), ''));
      expect(connection.state.retryAt! - clock.date()).to.equal(delay);
    });
  }

  it('4429 after an error with retryAfterMs waits that long', async () => {
    const { clock, transport, connection, online } = setUp();
    await online();
    transport.last.tells('error', { code: 'rate-limited', message: '', retryAfterMs: 20_000 });
    transport.last.dies(readCloseCode(4429, ''));
    expect(connection.state.retryAt! - clock.date()).to.equal(20_000);
  });

  it('a server that asks to come back at once is backed off from all the same', async () => {
    const { clock, transport, online } = setUp();
    await online();
    for (const goodbye of ['error', 'bye']) {
      for (let i = 0; i < 10; i++) {
        transport.last.tells(goodbye, { code: 'x', message: '', reason: '', retryAfterMs: 0 });
        transport.last.dies();
        await clock.advance(100);
        transport.last.opens();
        await clock.settle();
        transport.last.greets();
      }
    }
    expect(transport.attempts.length).to.be.at.most(6);
  });

  it('a wait that was asked for long ago means nothing any more', async () => {
    const { clock, transport, connection, online } = setUp();
    await online();
    transport.last.tells('error', { code: 'x', message: '', retryAfterMs: 1000 });
    await clock.advance(3_600_000);
    transport.last.dies();
    expect(connection.state.retryAt! - clock.date()).to.equal(500);
  });

  it('a protocol fault is forgiven three times in a row', async () => {
    const { clock, transport, connection, online } = setUp();
    await online();
    for (let fault = 1; fault <= 3; fault++) {
      transport.last.dies(readCloseCode(1002, ''));
      expect(connection.state.status).to.equal('reconnecting');
      await clock.advance(10_000);
      transport.last.opens();
      await clock.settle();
      transport.last.greets();
    }
    transport.last.dies(readCloseCode(1002, ''));
    expect(connection.state).to.include({ status: 'failed', reason: 'fault' });
  });

  it('4401 asks for a fresh token once', async () => {
    let tokens = 0;
    const { clock, transport, connection, online } = setUp({
      renewable: () => true,
      session: async () => ({ guestId: 'g1', token: `t${++tokens}` }),
    });
    await online();
    transport.last.dies(readCloseCode(4401, ''));
    await clock.advance(0);
    expect(tokens).to.equal(2);
    transport.last.opens();
    await clock.settle();
    transport.last.dies(readCloseCode(4401, ''));
    expect(connection.state).to.include({ status: 'failed', reason: 'unauthorized' });
  });

  it('4404 forgets the conversation before the next hello', async () => {
    const { transport, online, gone } = setUp();
    await online();
    transport.last.dies(readCloseCode(4404, ''));
    expect(gone()).to.equal(1);
  });

  it('4409 stays paused until this tab is used', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    transport.last.dies(readCloseCode(4409, ''));
    wake.tell('online');
    await clock.advance(60_000);
    expect(transport.attempts).to.have.length(1);
    connection.nudge();
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
  });

  it('1000 stays closed until the guest writes again', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    transport.last.dies(readCloseCode(1000, ''));
    wake.tell('visible');
    await clock.advance(60_000);
    expect(transport.attempts).to.have.length(1);
    connection.nudge();
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
  });

  it('goes on from where the line of another tab stood', async () => {
    for (const [from, to, attempts] of [
      [{ status: 'online' }, 'reconnecting', 1],
      [{ status: 'connecting' }, 'connecting', 1],
      [{ status: 'reconnecting', attempt: 3, reason: 'lost' }, 'reconnecting', 1],
      [{ status: 'paused', reason: 'suspended' }, 'connecting', 1],
      [{ status: 'paused', reason: 'replaced' }, 'paused', 0],
      [{ status: 'failed', reason: 'refused' }, 'failed', 0],
      [{ status: 'idle', reason: 'closed' }, 'idle', 0],
    ] as [ConnectionState, string, number][]) {
      const { clock, transport, connection } = setUp();
      connection.adopt(from);
      await clock.settle();
      expect(connection.state.status, JSON.stringify(from)).to.equal(to);
      expect(transport.attempts, JSON.stringify(from)).to.have.length(attempts);
      connection.disconnect();
    }
  });

  it('waits as long as the server asked another tab to', async () => {
    const { clock, transport, connection } = setUp();
    connection.adopt({ status: 'reconnecting', attempt: 1, reason: 'restart', retryAt: clock.date() + 8000 });
    expect(connection.state).to.include({ status: 'reconnecting', retryAt: clock.date() + 8000 });
    await clock.advance(7999);
    expect(transport.attempts).to.have.length(0);
    await clock.advance(1);
    expect(transport.attempts).to.have.length(1);
  });

  it('lets go of the line without a word', async () => {
    const { clock, transport, wake, connection, statuses, online } = setUp();
    await online();
    const before = statuses().length;
    connection.rest('deposed');
    expect(transport.last.closed).to.equal('deposed');
    await clock.advance(600_000);
    expect(statuses()).to.have.length(before);
    expect(wake.listeners).to.equal(0);
  });

  it('is not paused while somebody looks at another tab, and tries as often as for a visible page', async () => {
    const { clock, transport, wake, connection, online } = setUp({ othersVisible: () => true }, () => 0.999);
    await online();
    wake.tell('hidden');
    await clock.advance(1_000_000);
    expect(connection.state.status).to.equal('online');
    for (let i = 0; i < 8; i++) {
      transport.last.dies();
      await clock.advance(9999);
    }
    expect(transport.attempts.length).to.be.greaterThan(7);
  });

  it('comes back to a tab that was replaced when it is pressed, and then only', async () => {
    const { clock, transport, wake, connection, online } = setUp();
    await online();
    wake.tell('pressed');
    transport.last.dies(readCloseCode(4409, ''));
    expect(connection.state).to.include({ status: 'paused', reason: 'replaced' });
    await clock.advance(60_000);
    expect(transport.attempts).to.have.length(1);
    wake.tell('pressed');
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
  });
});
