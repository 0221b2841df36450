import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { TabRelay } from '../../src/transports/tab-relay.js';
import { FakeBrowser, type FakeTab } from '../platform/fake-tabs.js';

const setUp = () => {
  const clock = new ManualClock();
  const browser = new FakeBrowser(clock);
  let count = 0;
  const open = (tab: FakeTab = browser.open()) => {
    const id = `tab ${++count}`;
    const told: string[] = [];
    const view = { visible: true, hiddenMs: 0 };
    const relay: TabRelay<string, string, string> = new TabRelay({
      means: () => tab.means,
      name: 'relay',
      id,
      clock: tab.clock,
      visible: () => view.visible,
      hiddenMs: () => view.hiddenMs,
      onLead: () => told.push('leads'),
      onDeposed: () => told.push('deposed'),
      greeting: () => `greeting of ${id}`,
      onJoined() {},
      onFollow: (greeting) => told.push(greeting),
      onSaid: (said) => told.push(`said ${said}`),
      onAsked: (asked) => told.push(`asked ${asked}`),
    });
    return { tab, relay, told, view };
  };
  const several = async (n: number) => {
    const tabs = Array.from({ length: n }, () => open());
    for (const { relay } of tabs) {
      relay.join();
      await clock.advance(10);
    }
    return tabs;
  };
  return { clock, browser, open, several };
};

describe('TabRelay', () => {
  it('makes the first tab the leader and the others followers', async () => {
    const { clock, several } = setUp();
    const [first, second, third] = await several(3);
    expect(first!.relay.role).to.equal('leader');
    expect(second!.told).to.deep.equal(['greeting of tab 1']);
    first!.relay.say('hello');
    second!.relay.say('followers do not speak');
    await clock.advance(5);
    expect(first!.told).to.deep.equal(['leads']);
    for (const { told } of [second!, third!]) expect(told.at(-1)).to.equal('said hello');
  });

  it('has the leader do what is asked, in order, and once', async () => {
    const { clock, several } = setUp();
    const [first, second] = await several(2);
    second!.relay.ask('a');
    first!.relay.ask('b');
    second!.relay.ask('c');
    await clock.advance(5);
    expect(first!.told).to.deep.equal(['leads', 'asked b', 'asked a', 'asked c']);
    first!.relay.leave();
    await clock.advance(5);
    expect(second!.told).to.deep.equal(['greeting of tab 1', 'leads']);
  });

  it('keeps what was asked before there is a leader', async () => {
    const { clock, open } = setUp();
    const { relay, told } = open();
    relay.ask('early');
    await clock.advance(1000);
    expect(told).to.deep.equal([]);
    relay.join();
    await clock.advance(5);
    expect(told).to.deep.equal(['leads', 'asked early']);
  });

  it('has another lead at once when the leader is gone', async () => {
    const { clock, several } = setUp();
    const [first, second, third] = await several(3);
    first!.tab.crash();
    await clock.advance(5);
    expect(second!.relay.role).to.equal('leader');
    expect(third!.told.at(-1)).to.equal('greeting of tab 2');
  });

  it('takes over within a second from a leader that stands still, with what that one did not take', async () => {
    const { clock, several } = setUp();
    const [first, second] = await several(2);
    first!.tab.freeze();
    second!.relay.ask('in vain');
    await clock.advance(1000);
    expect(second!.told).to.deep.equal(['greeting of tab 1', 'leads', 'asked in vain']);
    first!.tab.thaw();
    await clock.advance(700);
    expect(first!.relay.role).to.equal('follower');
    expect(first!.told.filter((word) => word !== 'asked in vain').slice(0, 3)).to.deep.equal([
      'leads',
      'deposed',
      'greeting of tab 2',
    ]);
    expect(second!.relay.role).to.equal('leader');
  });

  it('does not listen to a leader that has lost its place and does not know it', async () => {
    const { clock, browser, open, several } = setUp();
    const [first, second] = await several(2);
    first!.tab.freeze();
    await clock.advance(1000);
    first!.relay.say('ghost');
    await clock.advance(5);
    expect(second!.told).to.deep.equal(['greeting of tab 1', 'leads']);
    const third = open(browser.open());
    third.relay.join();
    await clock.advance(10);
    expect(third.told).to.deep.equal(['greeting of tab 2']);
  });

  it('leaves a leader that stands still alone while nobody looks, and checks it when somebody does', async () => {
    const { clock, several } = setUp();
    const [first, second] = await several(2);
    second!.view.visible = false;
    await clock.advance(11_000);
    first!.tab.freeze();
    await clock.advance(60_000);
    expect(second!.relay.role).to.equal('follower');
    second!.view.visible = true;
    second!.relay.check();
    await clock.advance(1000);
    expect(second!.relay.role).to.equal('leader');
  });

  it('does not take its own standing still for the silence of the leader', async () => {
    const { clock, several } = setUp();
    const [first, second] = await several(2);
    second!.tab.freeze();
    await clock.advance(30_000);
    second!.tab.thaw();
    await clock.advance(2000);
    expect(first!.relay.role).to.equal('leader');
    expect(second!.relay.role).to.equal('follower');
  });

  it('moves the line from a tab that has been hidden for long to one that somebody looks at', async () => {
    const { clock, several } = setUp();
    const [first, second, third] = await several(3);
    third!.view.visible = false;
    first!.view.visible = false;
    first!.view.hiddenMs = 59_000;
    await clock.advance(1000);
    expect(first!.relay.role).to.equal('leader');
    first!.view.hiddenMs = 60_000;
    await clock.advance(1000);
    expect(second!.relay.role).to.equal('leader');
    expect(first!.told).to.include('deposed');
    expect(third!.told.at(-1)).to.equal('greeting of tab 2');
  });

  it('knows whether somebody looks at another tab', async () => {
    const { clock, several } = setUp();
    const [first, second] = await several(2);
    expect(first!.relay.othersVisible).to.equal(true);
    second!.view.visible = false;
    second!.relay.check();
    await clock.advance(5);
    expect(first!.relay.othersVisible).to.equal(false);
  });

  it('lets a tab that the browser denies its help lead itself', async () => {
    const { clock, browser, open } = setUp();
    const tab = browser.open();
    tab.means.lock.request = () => {
      throw new DOMException('sandboxed', 'SecurityError');
    };
    const { relay, told } = open(tab);
    relay.join();
    relay.ask('something');
    await clock.advance(5);
    expect(told).to.deep.equal(['leads', 'asked something']);
    relay.leave();
    expect(relay.role).to.equal('apart');
  });

  it('leaves no timer behind', async () => {
    const { clock, several } = setUp();
    const tabs = await several(3);
    for (const { relay } of tabs) relay.leave();
    await clock.advance(10);
    expect(clock.pending).to.equal(0);
  });
});
