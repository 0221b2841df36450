import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../src/define.js';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import type { ChatErrorEvent } from '../../src/elements/events.js';
import { loadBackend } from '../../src/index.js';
import { chooseScenarios, scenarioLibrary, transcript, viewOf } from '../../src/testing/index.js';

/** A file of the page, without a server. */
const file = (data: unknown): string => URL.createObjectURL(new Blob([JSON.stringify(data)]));

const PARROT = { name: 'parrot', triggers: [{ on: 'message', steps: [{ say: 'You said {{text}}' }] }] };
const WAITING = {
  name: 'waiting',
  people: { maya: { name: 'Maya' } },
  triggers: [{ on: 'escalate', steps: [{ queue: 3, secondsPerPlace: 60 }] }],
};

describe('backend="mock"', () => {
  const open = async (scenario: string): Promise<ChatWidget> =>
    fixture<ChatWidget>(
      html`<chat-widget backend="mock" scenario=${scenario} persistence="none" open></chat-widget>`,
    );
  const seen = (widget: ChatWidget): string[] => transcript(widget).map(({ text }) => text);

  it('plays a scenario without a line of code', async () => {
    const widget = await open(file(PARROT));
    await widget.send('Polly');
    await waitUntil(() => seen(widget).includes('You said Polly'), 'the answer', { timeout: 8_000 });
    expect(widget.status).to.equal('online');
  }).timeout(20_000);

  it('takes several, the first that takes something being the only one', async () => {
    const widget = await open(`${file([WAITING])}, ${file(PARROT)}`);
    await widget.send('Hello');
    await waitUntil(() => seen(widget).includes('You said Hello'), 'the answer', { timeout: 8_000 });
    widget.escalate();
    await waitUntil(() => widget.answering === 'queued', 'in the queue', { timeout: 8_000 });
    await waitUntil(() => viewOf(widget).queue !== '', 'the place', { timeout: 8_000 });
  }).timeout(20_000);

  it('begins another story when the attribute changes', async () => {
    const widget = await open(file(PARROT));
    await widget.send('Polly');
    await waitUntil(() => seen(widget).includes('You said Polly'), 'the answer', { timeout: 8_000 });
    widget.scenario = file({ ...PARROT, triggers: [{ on: 'message', steps: [{ say: 'Quite.' }] }] });
    await widget.updateComplete;
    await widget.send('And now?');
    await waitUntil(() => seen(widget).includes('Quite.'), 'the other answer', { timeout: 8_000 });
    expect(seen(widget)).to.deep.equal(['And now?', 'Quite.']);
  }).timeout(20_000);

  const failure = async (scenario: string): Promise<ChatErrorEvent> => {
    const widget = document.createElement('chat-widget');
    Object.assign(widget, { backend: 'mock', scenario, persistence: 'none' });
    const told = oneEvent(widget, 'chat-error') as unknown as Promise<ChatErrorEvent>;
    document.body.append(widget);
    widget.show();
    const event = await told;
    widget.remove();
    return event;
  };

  it('says which scenarios there are when a name is none of them', async () => {
    const { code, error } = await failure('staff-escalaton');
    expect(code).to.equal('scenario-unknown');
    expect(error.message).to.contain('"staff-escalaton"');
    for (const name of scenarioLibrary.keys()) expect(error.message).to.contain(name);
  });

  it('says what is wrong in a file, with the path to it, and that it could not be had', async () => {
    const broken = { ...PARROT, triggers: [{ on: 'message', steps: [{ sya: 'Hello' }] }] };
    const wrong = await failure(file(broken));
    expect(wrong.code).to.equal('scenario-invalid');
    expect(wrong.error.message).to.contain('parrot: triggers[0].steps[0]').and.contain('did you mean "say"?');
    const gone = await failure('./no-such-file.json');
    expect(gone.code).to.equal('scenario-invalid');
    expect(gone.error.message).to.contain('the server answered 404');
  }).timeout(20_000);

  it('needs no address, and keeps one server for each way it is asked for', async () => {
    const options = { scenario: file({ ...PARROT, name: 'one' }) };
    const backends = await Promise.all([loadBackend('mock', options), loadBackend('mock', options)]);
    expect(backends.map(({ name }) => name)).to.deep.equal(['mock', 'mock']);
  });

  it('reads a list of names and files, each story once', async () => {
    const read = async (address: string): Promise<unknown> => ({ ...PARROT, name: address });
    const names = async (asked: string): Promise<string[]> =>
      (await chooseScenarios(asked, read)).map(({ name }) => name);
    expect(await names('faq, busy-queue,')).to.deep.equal(['faq', 'ai-reply', 'busy-queue']);
    expect(await names('./own.json,faq')).to.deep.equal(['./own.json', 'faq', 'ai-reply']);
  });
});
