import { expect } from '@open-wc/testing';
import { Context } from '../../../src/backends/http/context.js';

const GUEST = { guestId: 'g1' };
const contents = (messages: readonly { content: string }[]): string[] =>
  messages.map(({ content }) => content);

describe('Context', () => {
  it('tells what was said before a question, and the same when it is asked again', () => {
    const context = new Context('Be brief.');
    context.ask('a', 'One', GUEST);
    context.answered('a', '1');
    const told = context.ask('b', 'Two', GUEST);
    expect(told.map(({ role, content }) => `${role}: ${content}`)).to.deep.equal([
      'system: Be brief.',
      'user: One',
      'assistant: 1',
      'user: Two',
    ]);
    expect(context.ask('b', 'Two', GUEST)).to.deep.equal(told);
  });

  it('leaves out a question that was refused, and keeps one that has an empty answer', () => {
    const context = new Context();
    context.ask('a', 'Refused', GUEST);
    context.ask('b', 'Taken', GUEST);
    context.answered('b', '');
    expect(contents(context.ask('c', 'Now', GUEST))).to.deep.equal(['Taken', 'Now']);
  });

  it('tells the last forty messages at most, beginning with a question, and what is said before everything else', () => {
    const context = new Context('Be brief.');
    for (let i = 0; i < 100; i++) {
      context.ask(`${i}`, `q${i}`, GUEST);
      context.answered(`${i}`, `a${i}`);
    }
    const told = contents(context.ask('last', 'Now', GUEST));
    expect(told).to.have.length(40);
    expect([told[0], told[1], told.at(-2), told.at(-1)]).to.deep.equal(['Be brief.', 'q81', 'a99', 'Now']);
  });

  it('tells nothing of another guest', () => {
    const context = new Context();
    context.ask('a', 'Secret', GUEST);
    context.answered('a', 'Yes');
    expect(contents(context.ask('b', 'Hi', { guestId: 'g2' }))).to.deep.equal(['Hi']);
  });
});
