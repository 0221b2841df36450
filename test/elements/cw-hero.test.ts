import { expect } from '@open-wc/testing';
import { MAYA } from './fake-client.js';
import { entry, focused, openWidget } from './open-widget.js';

describe('<cw-hero>', () => {
  it('is accessible', async () => {
    const { widget } = await openWidget({ participants: [MAYA] }, { suggestions: ['Track an order'] });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('offers questions: what is shown may differ from what is sent', async () => {
    const { all, texts, client, widget, drawn } = await openWidget(
      { features: [] },
      { suggestions: ['Track an order', { label: 'Sizes', value: 'Help me choose a size' }] },
    );
    expect(texts('.row')).to.deep.equal(['Track an order', 'Sizes']);
    all('.row')[1]!.focus();
    all('.row')[1]!.click();
    await drawn();
    expect(client.callsOf('send')).to.deep.equal([['Help me choose a size', undefined]]);
    expect(focused(widget)).to.equal(entry());
  });

  it('leads to a person where there are people', async () => {
    const { find, client, texts, set } = await openWidget({ features: ['escalation'], participants: [MAYA] });
    expect(texts('.row b')).to.deep.equal(['Talk to a person']);
    find('.row').click();
    expect(client.callsOf('escalate').length).to.equal(1);
    await set({ features: [] });
    expect(texts('.row')).to.deep.equal([]);
  });

  it('says that answers may come from an assistant', async () => {
    const { texts } = await openWidget();
    expect(texts('.footnote')).to.deep.equal(['Answers may come from an AI assistant.']);
  });

  it('takes nothing away while the conversation of a new guest gets its name', async () => {
    const { texts, set } = await openWidget({ loaded: false });
    await set({ conversationId: 'c1' });
    expect(texts('.footnote').length).to.equal(1);
    await set({ loaded: true });
    expect(texts('.footnote').length).to.equal(1);
  });
});
