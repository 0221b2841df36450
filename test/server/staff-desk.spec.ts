import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { startChatServer, type ChatServer, type ChatServerOptions } from '../../server/chat-server.js';
import type { DeskGuest } from '../../server/desk-protocol.js';
import { aiReply } from '../../src/testing/scenarios/ai-reply.js';
import { staffEscalation } from '../../src/testing/scenarios/staff-escalation.js';
import { SocketClient, type Told } from './socket-client.js';

const quick = [
  staffEscalation({ stepMs: 5, readMs: 1, typeMs: 1, position: 1 }),
  aiReply({ answer: (text) => `re ${text}`, thinkMs: 1, wordMs: 1 }),
];

describe('staff desk', { timeout: 20_000 }, () => {
  let server: ChatServer;

  const start = async (options: ChatServerOptions = {}): Promise<ChatServer> =>
    (server = await startChatServer({ port: 0, scenarios: quick, desk: { graceMs: 20 }, ...options }));

  afterEach(() => server.kill());

  const says =
    (text: string) =>
    (frame: Told): boolean =>
      frame.type === 'message' && frame.message.text === text;
  /** Waits until the desk's line of a guest is as it should be. */
  const guestIs = async (desk: SocketClient, fields: Partial<DeskGuest>): Promise<DeskGuest> => {
    const frame = await desk.until(
      ({ type, guest }) =>
        type === 'guest' &&
        Object.entries(fields).every(([name, value]) => (guest as Record<string, unknown>)[name] === value),
    );
    return frame.guest as DeskGuest;
  };

  it('lists guests who wrote, and tells every change', async () => {
    await start();
    const guest = await SocketClient.guest(server.url, { guest: { name: 'Sam', email: 'sam@example.com' } });
    await SocketClient.guest(server.url, { guestId: 'only-looking' });
    guest.tell({ type: 'send', clientId: 'a', text: 'hello' });
    await guest.until(says('re hello'));
    const desk = await SocketClient.desk(server.staffUrl);
    const { you, guests } = await desk.hears('desk');
    assert.deepEqual(you, { id: 'desk-tom', role: 'staff', name: 'Tom' });
    assert.equal(guests.length, 1);
    const { id, lastAt, ...line } = guests[0] as DeskGuest;
    assert.ok(id && lastAt);
    assert.deepEqual(line, {
      state: 'ai',
      unread: 1,
      online: true,
      typing: false,
      staff: [],
      name: 'Sam',
      email: 'sam@example.com',
      lastText: 're hello',
      lastRole: 'ai',
    });
    guest.tell({ type: 'typing', active: true });
    await guestIs(desk, { typing: true });
    guest.tell({ type: 'send', clientId: 'b', text: 'again' });
    await guestIs(desk, { lastText: 'again', unread: 2, typing: false });
    guest.tell({ type: 'rate', score: 4 }, { type: 'identify', guest: { name: 'Samantha' } });
    guest.tell({ type: 'end' });
    await guestIs(desk, { state: 'closed', rating: 4, name: 'Samantha' });
    await guest.close();
    await guestIs(desk, { online: false });
  });

  it('has guests wait for a person, in order', async () => {
    await start();
    const desk = await SocketClient.desk(server.staffUrl);
    const first = await SocketClient.guest(server.url);
    const second = await SocketClient.guest(server.url, { guestId: 'guest-2' });
    first.tell({ type: 'escalate' });
    await first.hears('mode', { mode: 'queued', position: 1 });
    second.tell({ type: 'send', clientId: 'a', text: 'a person, please' });
    assert.equal((await second.hears('mode', { mode: 'queued', position: 2 })).waitSeconds, 120);
    const { id, waitingSince } = await guestIs(desk, { state: 'waiting', position: 1 });
    assert.ok(waitingSince);
    desk.tell({ type: 'join', id });
    await first.hears('joined');
    await first.hears('mode', { mode: 'staff' });
    await second.hears('mode', { mode: 'queued', position: 1 });
    second.tell({ type: 'escalate', cancel: true });
    await second.hears('mode', { mode: 'ai' });
    await guestIs(desk, { state: 'ai' });
  });

  it('lets a person talk, while the AI keeps quiet', async () => {
    await start();
    const guest = await SocketClient.guest(server.url);
    guest.tell({ type: 'send', clientId: 'a', text: 'hello' });
    await guest.until(says('re hello'));
    const desk = await SocketClient.desk(server.staffUrl);
    const id = (await desk.hears('desk')).guests[0].id as string;
    desk.tell({ type: 'open', id });
    const thread = await desk.hears('thread');
    assert.deepEqual(
      thread.messages.map(({ text }: { text: string }) => text),
      ['hello', 're hello'],
    );
    await guestIs(desk, { unread: 0 });
    assert.equal(
      guest.told.some(({ type, by }) => type === 'receipt' && by.role === 'staff'),
      false,
    );

    desk.tell({ type: 'join', id });
    await guest.until(({ type, by }) => type === 'receipt' && by.id === 'desk-tom');
    desk.tell({ type: 'typing', id, active: true });
    await guest.until(({ type, author }) => type === 'typing' && author.id === 'desk-tom');
    desk.tell({ type: 'say', id, text: 'Tom here.' });
    const { message } = await guest.until(says('Tom here.'));
    assert.deepEqual(message.author, { id: 'desk-tom', role: 'staff', name: 'Tom' });

    guest.tell({ type: 'send', clientId: 'b', text: 'hi Tom' });
    await desk.until(({ type, event }) => type === 'event' && event.message?.text === 'hi Tom');
    desk.tell({ type: 'say', id, text: 'Bye!' }, { type: 'leave', id });
    await guest.hears('left');
    await guest.hears('mode', { mode: 'ai' });
    assert.equal(guest.told.some(says('re hi Tom')), false);
    guest.tell({ type: 'send', clientId: 'c', text: 'still there?' });
    await guest.until(says('re still there?'));
  });

  it('joins who speaks without having joined, and ends conversations', async () => {
    await start();
    const guest = await SocketClient.guest(server.url);
    guest.tell({ type: 'send', clientId: 'a', text: 'hello' });
    await guest.until(says('re hello'));
    const desk = await SocketClient.desk(server.staffUrl);
    const id = (await desk.hears('desk')).guests[0].id as string;
    desk.tell(
      { type: 'say', id, text: 'Tom here.' },
      { type: 'close', id },
      { type: 'say', id, text: 'too late' },
    );
    await guest.hears('joined');
    const ended = await guest.until(
      ({ type, message }) => message?.event === 'conversation-ended' && type === 'message',
    );
    assert.equal(ended.message.author.name, 'Tom');
    await guest.hears('mode', { mode: 'closed' });
    await desk.hears('error', { message: 'the conversation is over' });
  });

  it('serves several tabs and people', async () => {
    await start();
    const tom = await SocketClient.desk(server.staffUrl, 'Tom');
    const tomToo = await SocketClient.desk(server.staffUrl, 'tom');
    const kim = await SocketClient.desk(server.staffUrl, 'Kim');
    const guest = await SocketClient.guest(server.url);
    guest.tell({ type: 'escalate' });
    const { id } = await guestIs(kim, { state: 'waiting' });
    for (const desk of [tom, tomToo, kim]) desk.tell({ type: 'open', id });
    await Promise.all([tom, tomToo, kim].map((desk) => desk.hears('thread')));
    tom.tell({ type: 'say', id, text: 'from Tom' });
    kim.tell({ type: 'say', id, text: 'from Kim' });
    for (const desk of [tom, tomToo, kim]) {
      await desk.until(({ type, event }) => type === 'event' && event.message?.text === 'from Kim');
      await desk.until(({ type, event }) => type === 'event' && event.message?.text === 'from Tom');
    }
    const { staff } = await guestIs(tom, { state: 'staff', lastText: 'from Kim' });
    assert.deepEqual(new Set(staff.map((person) => person.id)), new Set(['desk-tom', 'desk-kim']));
  });

  it('hands waiting guests to the script when the last desk closes', async () => {
    await start();
    const desk = await SocketClient.desk(server.staffUrl);
    const guest = await SocketClient.guest(server.url);
    guest.tell({ type: 'escalate' });
    await guest.hears('mode', { mode: 'queued' });
    await desk.close();
    await guest.until(({ type, author }) => type === 'joined' && author.name === 'Maya');
    assert.equal(guest.told.filter(({ message }) => message?.event === 'escalated').length, 1);
  });

  it('takes a guest over from the scripted person', async () => {
    await start();
    const guest = await SocketClient.guest(server.url);
    guest.tell({ type: 'escalate' });
    await guest.hears('mode', { mode: 'staff' });
    const desk = await SocketClient.desk(server.staffUrl);
    const id = (await desk.hears('desk')).guests[0].id as string;
    desk.tell({ type: 'join', id });
    await guest.until(({ type, author }) => type === 'left' && author.name === 'Maya');
    const names = ({ staff }: DeskGuest): string => staff.map(({ name }) => name).join();
    await desk.until(({ type, guest: line }) => type === 'guest' && names(line as DeskGuest) === 'Tom');
  });

  it('gives a guest back to the AI when the person’s last tab stays closed', async () => {
    await start();
    const desk = await SocketClient.desk(server.staffUrl);
    const guest = await SocketClient.guest(server.url);
    guest.tell({ type: 'escalate' });
    const { id } = await guestIs(desk, { state: 'waiting' });
    desk.tell({ type: 'join', id });
    await guest.hears('mode', { mode: 'staff' });
    await desk.close();
    await guest.hears('left');
    await guest.hears('mode', { mode: 'ai' });
  });

  it('tolerates what is no frame, and tells what did not work', async () => {
    await start();
    const desk = await SocketClient.open(server.staffUrl, { protocols: [] });
    desk.tell({ type: 'open', id: 'x' });
    await desk.hears('error', { message: 'the first frame is a hello' });
    desk.tell(
      { type: 'hello', name: 'Tom' },
      { type: 'join', id: 'nobody' },
      { type: 'say', id: 'x' },
      { type: 'dance' },
    );
    desk.socket.send('nonsense');
    await desk.hears('error', { message: 'there is no such guest' });
    await desk.hears('error', { message: 'frame: expected JSON' });
  });

  it('is closed to pages of strangers, and to whoever has not the key', async () => {
    await start({ desk: { key: 'open sesame' } });
    await assert.rejects(SocketClient.open(server.staffUrl, { origin: 'https://evil.example' }), /403/);
    const own = await SocketClient.open(server.staffUrl, { origin: 'http://localhost:5173' });
    own.tell({ type: 'hello', name: 'Tom', key: 'guessed' });
    assert.equal(await own.closed, 4403);
    const tom = await SocketClient.open(server.staffUrl, { protocols: [] });
    tom.tell({ type: 'hello', name: 'Tom', key: 'open sesame' });
    await tom.hears('desk');
  });
});
