import { expect } from '@open-wc/testing';
import { Timer, systemClock } from '../../src/platform/clock.js';
import { uuid } from '../../src/platform/uuid.js';
import { pageSignals, type WakeSignal } from '../../src/platform/wake-signals.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

describe('page signals', () => {
  it('tell what the browser tells, until they are let go', () => {
    const heard: WakeSignal[] = [];
    const stop = pageSignals.subscribe((signal) => heard.push(signal));
    const everything = (): void => {
      window.dispatchEvent(new Event('online'));
      window.dispatchEvent(new Event('offline'));
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      document.dispatchEvent(new Event('freeze'));
      document.dispatchEvent(new Event('resume'));
      document.dispatchEvent(new PointerEvent('pointerdown'));
      document.dispatchEvent(new KeyboardEvent('keydown'));
    };
    everything();
    const visible = document.visibilityState === 'hidden' ? 'hidden' : 'visible';
    const all = [
      'online',
      'offline',
      visible,
      'resume',
      'suspend',
      'suspend',
      'resume',
      'pressed',
      'pressed',
    ];
    expect(heard).to.deep.equal(all);
    stop();
    everything();
    expect(heard).to.have.length(all.length);
  });
});

describe('Timer', () => {
  it('runs once, and only what was set last', async () => {
    const clock = new ManualClock();
    const timer = new Timer(clock);
    const runs: string[] = [];
    timer.set(10, () => runs.push('first'));
    timer.set(20, () => runs.push('second'));
    expect(timer.pending).to.equal(true);
    await clock.advance(30);
    expect(runs).to.deep.equal(['second']);
    expect(timer.pending).to.equal(false);
    timer.set(10, () => runs.push('third'));
    timer.clear();
    await clock.advance(30);
    expect(runs).to.deep.equal(['second']);
  });
});

describe('Timer of the real clock', () => {
  it('does not fire at once when asked to wait longer than browsers can', async () => {
    const timer = new Timer(systemClock);
    let runs = 0;
    timer.set(2 ** 40, () => runs++);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await new Promise((resolve) => setTimeout(resolve, 0));
    timer.clear();
    expect(runs).to.equal(0);
  });
});

describe('uuid', () => {
  it('is a version 4 UUID, also on pages that are no secure context', () => {
    const form = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(uuid()).to.match(form);
    const original = crypto.randomUUID.bind(crypto);
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(uuid()).to.match(form);
      expect(uuid()).not.to.equal(uuid());
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: original, configurable: true });
    }
  });
});
