import 'chat-widget-element/define';
import {
  aiReply,
  expectNothingLost,
  ManualClock,
  MockChatServer,
  staffEscalation,
  untilSaid,
  viewOf,
} from 'chat-widget-element/testing';
import { ChatClient } from 'chat-widget-element';
import { afterEach, expect, test, vi } from 'vitest';

const until = (holds) => vi.waitUntil(holds, { timeout: 8000 });

let server;
let widget;

/** Opens a chat that tells a story. */
function open(...scenarios) {
  server = new MockChatServer({ scenarios, unmatched: 'fail' });
  widget = document.createElement('chat-widget');
  widget.backend = server.backend();
  widget.persistence = 'none';
  document.body.append(widget);
  widget.show();
}

afterEach(async () => {
  widget?.remove();
  await server.stop();
});

test('a person comes, and answers', async () => {
  open(staffEscalation({ position: 1, stepMs: 300, readMs: 0, typeMs: 0 }), aiReply());
  await until(() => widget.status === 'online');
  widget.escalate();
  await until(() => viewOf(widget).queue !== '');
  await until(() => widget.answering === 'staff');
  await widget.send('Is the Ridge 2 in stock?');
  await untilSaid(widget, /./, { by: 'staff' });
  expectNothingLost(server, widget);
});

test('time passes when the test says so', async () => {
  const clock = new ManualClock();
  server = new MockChatServer({ clock, scenarios: [aiReply({ answer: [{ text: 'Yes.' }] })] });
  const client = new ChatClient({
    backend: server.backend(),
    namespace: 'test',
    persistence: 'none',
    clock,
    tabs: false,
  });
  void client.start();
  await clock.advance(1000);
  void client.send('Is it waterproof?');
  await clock.advance(30_000);
  expect(client.state.messages.map(({ text }) => text)).toEqual(['Is it waterproof?', 'Yes.']);
  client.destroy();
});
