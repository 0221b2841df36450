import { expect } from '@open-wc/testing';
import { DEFAULT_OPTIONS, readOptions } from '../../src/elements/options.js';

describe('readOptions', () => {
  const read = (raw: object) => {
    const faults: string[] = [];
    return { options: readOptions(raw, (fault) => faults.push(fault)), faults };
  };

  it('has defaults', () => {
    expect(DEFAULT_OPTIONS).to.deep.equal({
      mode: 'floating',
      position: 'end',
      theme: 'auto',
      layer: 'page',
      persistence: 'local',
      resumeHours: 24,
      idlePause: 300,
      suggestions: [],
    });
  });

  it('keeps what is usable', () => {
    const raw = {
      mode: 'inline',
      position: 'start',
      theme: 'dark',
      layer: 'top',
      persistence: 'none',
      resumeHours: 0,
      idlePause: 0.5,
    };
    const { options, faults } = read({ ...raw, heading: 'Shop', welcome: '' });
    expect(options).to.deep.equal({ ...raw, heading: 'Shop', welcome: '', suggestions: [] });
    expect(faults).to.deep.equal([]);
  });

  it('replaces what is not, and says so', () => {
    const { options, faults } = read({ theme: 'pink', idlePause: NaN, resumeHours: -1, persistence: 1 });
    expect(options).to.deep.equal(DEFAULT_OPTIONS);
    expect(faults).to.deep.equal([
      'theme is one of auto, light, dark, not "pink"',
      'persistence is one of local, session, none, not "1"',
      'resumeHours is a number from 0 up, not "-1"',
      'idlePause is a number from 0 up, not "NaN"',
    ]);
  });

  it('takes questions as texts or pairs, and drops what is neither', () => {
    const pair = { label: 'Sizes', value: 'Which size?' };
    const { options, faults } = read({ suggestions: ['One', pair, 7, { label: 'x' }, null] });
    expect(options.suggestions).to.deep.equal([{ label: 'One', value: 'One' }, pair]);
    expect(faults.length).to.equal(1);
    expect(read({ suggestions: 'One' }).options.suggestions).to.deep.equal([]);
  });
});
