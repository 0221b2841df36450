import { expect } from '@open-wc/testing';
import { readCompletion } from '../../../src/backends/http/chat-completions.js';
import { ProtocolError } from '../../../src/protocol/read.js';

const read = (piece: unknown) => readCompletion(JSON.stringify(piece));

describe('readCompletion', () => {
  it('reads the text of a piece, and why the last one ends', () => {
    expect(read({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] })).to.deep.equal({
      text: '',
    });
    expect(read({ choices: [{ delta: { content: 'Hel' }, finish_reason: null }] })).to.deep.equal({
      text: 'Hel',
    });
    expect(read({ choices: [{ delta: {}, finish_reason: 'stop' }] })).to.deep.equal({
      text: '',
      finish: 'stop',
    });
    expect(readCompletion('[DONE]')).to.deep.equal({ text: '', done: true });
  });

  it('bears what servers in the field leave out or add', () => {
    const pieces = [
      { choices: [], usage: { total_tokens: 9 } },
      { choices: null },
      { usage: {} },
      { choices: [null] },
      { choices: [{ delta: { content: null, tool_calls: [{}], reasoning_content: 'hm', refusal: null } }] },
      { choices: [{ delta: null }] },
      { choices: 'none' },
    ];
    for (const piece of pieces) expect(read(piece), JSON.stringify(piece)).to.deep.equal({ text: '' });
  });

  it('reads a whole answer, and content in parts', () => {
    const whole = { choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }] };
    expect(read(whole)).to.deep.equal({ text: 'Hello', finish: 'stop' });
    const parts = [{ type: 'text', text: 'Hel' }, { type: 'image' }, { type: 'text', text: 'lo' }];
    expect(read({ choices: [{ message: { content: parts } }] }).text).to.equal('Hello');
  });

  it('reads an error in mid-stream, however it is written', () => {
    expect(read({ error: { message: 'too many', type: 'rate', code: null } }).error).to.deep.equal({
      code: 'rate',
      message: 'too many',
    });
    expect(read({ error: 'broken' }).error).to.deep.equal({ code: 'internal', message: 'broken' });
    expect(read({ error: { code: 500 } }).error).to.deep.equal({ code: 'internal', message: '' });
  });

  it('refuses what is no JSON object', () => {
    for (const data of ['', 'Hel', '[]', '"a"', '{'])
      expect(() => readCompletion(data)).to.throw(ProtocolError);
  });
});
