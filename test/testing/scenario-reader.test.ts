import { expect } from '@open-wc/testing';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import { aiReply } from '../../src/testing/scenarios/ai-reply.js';
import { staffEscalation } from '../../src/testing/scenarios/staff-escalation.js';
import { ScenarioError } from '../../src/testing/script/scenario-complaints.js';
import type { ScenarioData } from '../../src/testing/script/scenario-data.js';
import { readScenario, scenarioProblems } from '../../src/testing/script/scenario-reader.js';

/** A scenario of one trigger on messages. */
const playing = (...steps: unknown[]): unknown => ({ name: 's', triggers: [{ on: 'message', steps }] });

describe('readScenario', () => {
  it('takes the scenarios of the library', () => {
    expect(scenarioProblems(aiReply())).to.deep.equal([]);
    expect(scenarioProblems(staffEscalation())).to.deep.equal([]);
  });

  it('takes what has been JSON', () => {
    const data: ScenarioData = staffEscalation();
    expect(readScenario(JSON.parse(JSON.stringify(data)))).to.deep.equal(data);
  });

  it('names the trigger and the step, what was expected and what stands there', () => {
    const data = {
      name: 'mine',
      triggers: [
        { on: 'message', steps: [] },
        { on: 'escalate', steps: [] },
        { on: 'message', matches: 'a(', steps: [{ stream: 12 }, { think: [900, 100] }] },
      ],
    };
    // How an expression is wrong, each browser says in its own words.
    const [wrong, ...problems] = scenarioProblems(data);
    expect(wrong).to.match(/^triggers\[2\]\.matches: no regular expression: ./);
    expect(problems).to.deep.equal([
      'triggers[2].steps[0].stream: expected a text, got 12',
      'triggers[2].steps[1].think: expected milliseconds, or a pair of them from the shortest to the longest, got [900,100]',
    ]);
  });

  it('knows slips of the pen', () => {
    expect(scenarioProblems(playing({ streem: 'Hi' }))[0]).to.equal(
      'triggers[0].steps[0]: no step is called "streem"; did you mean "stream"?',
    );
    expect(scenarioProblems(playing({ stream: 'Hi', wrodMs: 4 }))[0]).to.equal(
      'triggers[0].steps[0]: "stream" has no "wrodMs"; did you mean "wordMs"?',
    );
    expect(scenarioProblems({ name: 's', triggers: [{ on: 'mesage', steps: [] }] })[0]).to.match(
      /^triggers\[0\]\.on: expected one of message, escalate, .*, got "mesage"$/,
    );
  });

  it('takes no word for a step because every object has it', () => {
    for (const word of ['constructor', 'toString', '__proto__']) {
      const step = JSON.parse(`{"${word}": 1}`) as unknown;
      expect(scenarioProblems(playing(step))[0]).to.match(
        new RegExp(`^triggers\\[0\\]\\.steps\\[0\\]: no step is called "${word}"`),
      );
      expect(scenarioProblems({ name: 's', triggers: [{ on: word, steps: [] }] })[0]).to.match(
        /expected one of/,
      );
      expect(scenarioProblems(playing({ play: word }))[0]).to.match(/is not in parts/);
    }
    expect(scenarioProblems(playing({ say: 'Hi', valueOf: 1 }))[0]).to.match(/"say" has no "valueOf"/);
  });

  it('says what is missing', () => {
    expect(scenarioProblems({ triggers: [{ on: 'time', steps: [] }] })).to.deep.equal([
      'a scenario needs "name"',
      'triggers[0]: a trigger on "time" needs "afterMs"',
    ]);
    expect(scenarioProblems(null)).to.deep.equal(['expected a scenario, got null']);
    expect(scenarioProblems(playing({}, 'Hi'))).to.deep.equal([
      'triggers[0].steps[0]: a step has no words; the first is one of think, wait, stream, say, answer, typing, receipt, react, queue, dequeue, join, leave, transfer, mode, report, close, rate, ack, nack, fault, frame, play, either',
      'triggers[0].steps[1]: expected a step such as {"say": "Hello"}, got "Hi"',
    ]);
  });

  it('knows who and which parts there are', () => {
    const data = {
      name: 's',
      people: { maya: { name: 'Maya' } },
      parts: { a: [{ play: 'b' }], b: [{ either: [[{ play: 'a' }]] }] },
      triggers: [
        { on: 'message', with: 'tom', steps: [{ say: 'Hi', by: 'tom' }, { join: 'maya' }, { play: 'c' }] },
      ],
    };
    expect(scenarioProblems(data)).to.deep.equal([
      'parts.b[0].either[0][0].play: "a" plays itself without an end',
      'parts.a[0].play: "b" plays itself without an end',
      'triggers[0].with: "tom" is not in people; there is maya',
      'triggers[0].steps[0].by: "tom" is not in people; there are ai, guest, system, maya',
      'triggers[0].steps[2].play: "c" is not in parts; there are a, b',
    ]);
  });

  it('takes a step with two first words for a mistake', () => {
    expect(scenarioProblems(playing({ say: 'Hi', think: 3 }))).to.deep.equal([
      'triggers[0].steps[0]: one step does one thing; "say" and "think" are two steps',
    ]);
  });

  it('stops a server from being made of it', () => {
    const broken = playing({ say: 1 }) as ScenarioData;
    expect(() => new MockChatServer({ scenarios: [broken] }))
      .to.throw(ScenarioError, 's: triggers[0].steps[0].say: expected a text, got 1')
      .with.deep.property('problems', ['triggers[0].steps[0].say: expected a text, got 1']);
  });
});
