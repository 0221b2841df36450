import { expect } from '@open-wc/testing';
import { aiSays, MAYA } from './fake-client.js';
import { openWidget } from './open-widget.js';

const messages = [aiSays('Hello')];

describe('<cw-header>', () => {
  it('is accessible', async () => {
    const { widget } = await openWidget({ messages, answering: 'staff', participants: [MAYA] });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('says who answers', async () => {
    const { texts, set } = await openWidget({ messages });
    const said = () => [...texts('.title'), ...texts('.subtitle')].join(': ');
    expect(said()).to.equal('Fernway support: AI assistant · people on hand');
    await set({ features: [] });
    expect(said()).to.equal('Fernway support: Assistant');
    await set({ answering: 'queued' });
    expect(said()).to.equal('Fernway support: Finding you a person');
    await set({ answering: 'staff', participants: [MAYA] });
    expect(said()).to.equal('Maya Okafor: Support · here now');
    await set({ answering: 'closed' });
    expect(said()).to.equal('Fernway support: Conversation ended');
  });

  it('shows a portrait, or initials where there is none', async () => {
    const { texts, all, set } = await openWidget({ messages, answering: 'staff', participants: [MAYA] });
    expect(texts('.header .avatar')).to.deep.equal(['MO']);
    await set({ participants: [{ ...MAYA, avatarUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }] });
    expect(all('.header .avatar img').length).to.equal(1);
    expect(all('.header .avatar img')[0]!.getAttribute('alt')).to.equal('');
  });

  it('says when the line is not there, in words and form', async () => {
    const { texts, find, set } = await openWidget({ messages, connection: { status: 'connecting' } });
    expect(texts('.subtitle')).to.deep.equal(['Connecting…']);
    expect(find('.presence').classList.contains('away')).to.be.true;
    await set({ connection: { status: 'online' } });
    expect(find('.presence').classList.contains('away')).to.be.false;
  });

  it('closes the panel', async () => {
    const { find, widget } = await openWidget({ messages });
    find('.header .icon-button').click();
    expect(widget.open).to.be.false;
  });
});
