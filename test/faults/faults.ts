/** What goes wrong, as data: how it is done, how long it lasts, how it heals. */
import { crash, freeze, hang, setVisible } from '../e2e/support/browser-faults.js';
import { GARBAGE, HUGE, type FaultProxy } from '../e2e/support/fault-proxy.js';
import { shiftDate } from '../e2e/support/fast-time.js';
import { SPEED } from './side.js';
import type { Stage } from './stage.js';

/** One kind of fault. */
export interface Fault {
  readonly name: string;
  /** Where it happens. Faults of the protocol concern our own side alone. */
  readonly level: 'network' | 'protocol' | 'server' | 'browser';
  /** How long it lasts, in milliseconds of the page. */
  readonly lasts: number;
  begin(stage: Stage): unknown;
  /** Default: the proxy heals. */
  end?(stage: Stage): unknown;
  /** Set where the fault makes no sense for a peer. */
  readonly oursAlone?: true;
}

/** Undoes what `begin` left for the end, by stage. */
const undo = new WeakMap<Stage, () => unknown>();
const undone = (stage: Stage): unknown => undo.get(stage)?.();

const NETWORK: readonly Fault[] = [
  network('RST', 0, ({ side }) => side.proxy.reset()),
  network('FIN without a close frame', 0, ({ side }) => side.proxy.finish()),
  network('RST four times, 2 s apart', 0, async (stage) => {
    for (let time = 0; time < 4; time++) {
      stage.side.proxy.reset();
      await stage.wait(2000);
    }
  }),
  network('black hole, open lines only', 1000, ({ side }) => side.proxy.blackHole('open')),
  network('black hole, everything, 15 s', 15_000, ({ side }) => side.proxy.blackHole()),
  network('half open: server not heard', 1000, ({ side }) => side.proxy.loseFromServer('open')),
  network('half open: guest not heard', 1000, ({ side }) => side.proxy.loseFromClient('open')),
  network('stall, 2 s', 2000, ({ side }) => side.proxy.stall()),
  network('stall, 12 s', 12_000, ({ side }) => side.proxy.stall()),
  network(
    'refused with RST, 10 s',
    10_000,
    outage((stage) => stage.side.proxy.refuse()),
  ),
  network(
    'port closed, 10 s',
    10_000,
    outage((stage) => stage.side.proxy.closePort()),
  ),
  network(
    'accept after 3 s',
    5000,
    outage((stage) => stage.side.proxy.acceptAfter(3000 / SPEED)),
  ),
  network(
    'accept after 12 s',
    15_000,
    outage((stage) => stage.side.proxy.acceptAfter(12_000 / SPEED)),
  ),
  network(
    '401 to two upgrades',
    5000,
    outage((stage) => stage.side.proxy.answer(401, 2)),
  ),
  network(
    '503 to upgrades, 10 s',
    10_000,
    outage((stage) => stage.side.proxy.answer(503)),
  ),
];

const PROTOCOL: readonly Fault[] = [
  ...[1000, 1001, 1002, 1008, 1011, 1012, 4404, 4409, 4429].map((code) =>
    protocol(`close with ${code}`, async (stage, proxy) => {
      proxy.closeWith(code);
      if (code !== 1008) return;
      // Only the guest helps: they press Retry.
      await stage.wait(2000);
      await stage.visitor.page().evaluate(() => document.querySelector('chat-widget')!.connect());
    }),
  ),
  protocol('ack dropped', (_, proxy) => proxy.drop('server', 'ack')),
  protocol('message dropped', (_, proxy) => proxy.drop('server', 'message')),
  protocol('send dropped', (_, proxy) => proxy.drop('client', 'send')),
  protocol('welcome dropped', (_, proxy) => (proxy.drop('server', 'welcome'), proxy.reset())),
  protocol('history dropped', (_, proxy) => (proxy.drop('server', 'history'), proxy.reset())),
  protocol('every frame twice', (_, proxy) => {
    for (const type of ['ack', 'message', 'welcome', 'history']) proxy.duplicate('server', type, 5);
    proxy.duplicate('client', 'send', 5);
    proxy.reset();
  }),
  protocol('two messages swapped', (_, proxy) => proxy.swap('server', 'message')),
  protocol('garbage', (_, proxy) => GARBAGE.forEach((data) => proxy.inject(data))),
  protocol('a frame of 4 MB', (_, proxy) => proxy.inject(HUGE)),
];

const SERVER: readonly Fault[] = [
  {
    name: 'killed, back with its state after 3 s',
    level: 'server',
    lasts: 3000,
    begin: ({ side }) => side.kill(),
    end: ({ side }) => side.start(),
  },
  {
    name: 'killed, back without its state',
    level: 'server',
    lasts: 3000,
    oursAlone: true,
    begin: ({ side }) => side.kill(),
    end: ({ side }) => side.start(false),
  },
  {
    name: 'planned restart, 3 s',
    level: 'server',
    lasts: 3000,
    begin: ({ side }) => side.stop(),
    end: ({ side }) => side.start(),
  },
];

const BROWSER: readonly Fault[] = [
  browser('offline, 10 s', 10_000, {
    begin: ({ visitor, side }) => visitor.context.setOffline(true).then(() => side.proxy.reset()),
    end: ({ visitor }) => visitor.context.setOffline(false),
  }),
  browser('reload in a burst of five', 0, {
    begin: ({ visitor }) => visitor.write('a', ['b1', 'b2', 'b3', 'b4', 'b5'], 'reload'),
  }),
  browser('reload in an outage of 6 s', 6000, {
    begin: outage(async (stage) => {
      stage.side.proxy.refuse();
      await stage.wait(2000);
      await stage.visitor.alone(() => stage.visitor.reload());
    }),
  }),
  browser('crashed tab', 0, { begin: ({ visitor }) => again(visitor, crash) }),
  browser('closed tab', 0, { begin: ({ visitor }) => again(visitor, (page) => page.close()) }),
  browser('two tabs, one line cut', 0, {
    begin: ({ visitor, side }) => visitor.alone(() => visitor.open('b')).then(() => side.proxy.reset()),
  }),
  browser('frozen page, 10 s', 10_000, {
    begin: async (stage) => undo.set(stage, await freeze(stage.visitor.browser, stage.visitor.page())),
    end: undone,
  }),
  browser('renderer hangs, 10 s', 10_000, {
    begin: async (stage) => undo.set(stage, await hang(stage.visitor.browser, stage.visitor.page())),
    end: undone,
  }),
  browser('wall clock + 1 h', 0, { begin: ({ visitor }) => shiftDate(visitor.page(), 3_600_000) }),
  browser('wall clock − 1 h', 0, { begin: ({ visitor }) => shiftDate(visitor.page(), -3_600_000) }),
  browser('hidden, the line dies, seen again', 5000, {
    begin: async ({ visitor, side }) => {
      await setVisible(visitor.page(), false);
      side.proxy.blackHole('open');
    },
    end: async ({ visitor, side }) => {
      await side.proxy.heal();
      await setVisible(visitor.page(), true);
    },
  }),
  browser('away to another page, and back', 0, {
    begin: ({ visitor }) =>
      visitor.alone(async () => {
        await visitor.page().goto('about:blank');
        // A page that was kept does not load again.
        await visitor.page().goBack({ waitUntil: 'commit' });
        await visitor.ready();
      }),
  }),
];

/** All of them. */
export const FAULTS: readonly Fault[] = [...NETWORK, ...PROTOCOL, ...SERVER, ...BROWSER];

function network(name: string, lasts: number, begin: Fault['begin']): Fault {
  return { name, level: 'network', lasts, begin };
}

/** Cuts what is open after it has made sure that the next attempt meets the fault. */
function outage(prepare: Fault['begin']): Fault['begin'] {
  return async (stage) => {
    const prepared = prepare(stage);
    stage.side.proxy.reset();
    await prepared;
  };
}

function protocol(name: string, act: (stage: Stage, proxy: FaultProxy) => unknown): Fault {
  const begin = (stage: Stage): unknown => act(stage, stage.side.frames!);
  // It ends by itself; what waits for a frame goes on waiting.
  return { name, level: 'protocol', lasts: 0, oursAlone: true, begin, end: () => {} };
}

function browser(name: string, lasts: number, acts: Pick<Fault, 'begin' | 'end'>): Fault {
  return { name, level: 'browser', lasts, ...acts };
}

/** The tab ends in one way or another, and the same guest comes back in a new one. */
function again(visitor: Stage['visitor'], end: (page: ReturnType<typeof visitor.page>) => Promise<unknown>) {
  return visitor.alone(async () => {
    await end(visitor.page());
    await visitor.open('a');
  });
}
