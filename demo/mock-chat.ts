import type { ChatWidget } from '../src/index.js';
import { MockChatServer, aiReply, staffEscalation } from '../src/testing/index.js';
import { SHOP_TEAM, shopAnswer } from './answers.js';
import type { Chat } from './chat.js';

/** Mock: a chat server inside the page. Call it before the element is defined. */
export function mockChat(widget: ChatWidget): Chat {
  const server = new MockChatServer({
    scenarios: [staffEscalation(SHOP_TEAM), aiReply({ answer: shopAnswer, format: 'plain' })],
  });
  widget.backend = server.backend();
  // The server ends with the page; a conversation that outlived it could not be resumed.
  widget.persistence = 'none';
  let tell: (plugged: boolean) => void = () => {};
  return {
    explained:
      'Nothing runs: a chat server inside this page plays the assistant and the team. Cut the line and write on.',
    setPlugged(plugged) {
      if (plugged) server.network.recover();
      else server.network.refuse().drop();
      tell(plugged);
    },
    onPlug: (fn) => void (tell = fn),
  };
}
