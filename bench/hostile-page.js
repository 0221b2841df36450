/** In the page of bench/hostile.ts: fetches what draws answers by showing one, and times others in the same place. */
const { MockChatServer, aiReply } = await import('/testing.js');

const server = new MockChatServer({ scenarios: [aiReply({ thinkMs: 0, wordMs: 0 })] });
const widget = document.querySelector('chat-widget');
widget.backend = server.backend();
void widget.send('Hi');

const root = widget.shadowRoot;
const found = () => [...root.querySelectorAll('*')].find(({ localName }) => localName === 'cw-rich-text');
while (!found()?.markdown) await new Promise((resolve) => setTimeout(resolve, 20));
const { markdown } = found();
const box = root.querySelector('[part~=messages]');

const drawn = async (element) => {
  const begun = performance.now();
  box.append(element);
  await element.updateComplete;
  void box.offsetHeight;
  const took = performance.now() - begun;
  element.remove();
  return took;
};

globalThis.measure = async (text) => {
  const rich = () => Object.assign(document.createElement('cw-rich-text'), { markdown, text });
  const plain = Object.assign(document.createElement('div'), { className: 'bubble', textContent: text });
  const took = Math.min(await drawn(rich()), await drawn(rich()), await drawn(rich()));
  return Math.max(0, took - (await drawn(plain)));
};
globalThis.reader = markdown;
