import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChatServer, type ChatServer } from '../../server/chat-server.js';
import { aiReply } from '../../src/testing/scenarios/ai-reply.js';
import { staffEscalation } from '../../src/testing/scenarios/staff-escalation.js';
import { SocketClient } from './socket-client.js';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

describe('restart', { timeout: 60_000 }, () => {
  let folder: string;
  let stateFile: string;
  const children = new Set<ChildProcess>();

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'chat-server-'));
    stateFile = path.join(folder, 'chat.jsonl');
  });

  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    rmSync(folder, { recursive: true });
  });

  /** Starts the server as its own process; resolves with its address when it says that it is ready. */
  async function launch(port = 0): Promise<{ child: ChildProcess; url: string; port: number }> {
    const args = ['--import', 'tsx', MAIN, '--port', String(port), '--state', stateFile];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.add(child);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const url = /^chat server listening on (ws:\/\/\S+)$/.exec(line)?.[1] ?? assert.fail(line);
    return { child, url, port: Number(new URL(url).port) };
  }

  it('loses nothing that was acknowledged when the process is killed', async () => {
    const first = await launch();
    const before = await SocketClient.guest(first.url);
    before.tell({ type: 'send', clientId: 'a', text: 'where is my order?' });
    const ack = await before.hears('ack');
    await before.hears('delta');
    first.child.kill('SIGKILL');
    assert.equal(await before.closed, 1006);

    const second = await launch(first.port);
    assert.equal(second.url, first.url);
    const after = await SocketClient.guest(second.url, { ...before.resume, after: 0 });
    const welcome = await after.hears('welcome');
    assert.equal(welcome.resumed, true);
    assert.equal(welcome.epoch, (await before.hears('welcome')).epoch);
    after.tell({ type: 'send', clientId: 'a', text: 'where is my order?' });
    assert.deepEqual(await after.hears('ack'), ack);
    // The answer that was cut short is given anew.
    const answer = await after.until(({ type, message }) => type === 'message' && message.role === 'ai');
    assert.equal(answer.message.seq, 2);
  });

  it('says goodbye when the process is asked to end', async () => {
    const { child, url } = await launch();
    const guest = await SocketClient.guest(url);
    child.kill('SIGTERM');
    await guest.hears('bye');
    assert.equal(await guest.closed, 1012);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  describe('in one process', () => {
    let server: ChatServer;

    const start = async (scenarios = [staffEscalation({ stepMs: 5 }), aiReply()]): Promise<ChatServer> =>
      (server = await startChatServer({ port: 0, stateFile, scenarios, desk: { graceMs: 20 } }));

    afterEach(() => server.kill());

    it('survives a line the process died in', async () => {
      await start([]);
      const guest = await SocketClient.guest(server.url);
      server.chat.conversations[0]?.store({ role: 'ai', text: 'kept' });
      await guest.hears('message');
      await server.kill();
      appendFileSync(stateFile, '{"conversationId":"conv');
      await start([]);
      const back = await SocketClient.guest(server.url, guest.resume);
      assert.equal((await back.hears('history')).messages[0].text, 'kept');
    });

    it('forgets conversations nobody wrote in, and what was overwritten', async () => {
      await start([]);
      for (let visit = 0; visit < 20; visit++) {
        const guest = await SocketClient.guest(server.url, { guestId: `guest-${visit}` });
        if (visit === 0) server.chat.conversations[0]?.store({ role: 'ai', text: 'kept' });
        await guest.close();
      }
      await server.kill();
      const before = statSync(stateFile).size;
      await start([]);
      assert.ok(statSync(stateFile).size < before / 10);
      assert.equal(server.chat.conversations.length, 1);
    });

    it('keeps its file to its owner', async () => {
      await start();
      assert.equal(statSync(stateFile).mode & 0o777, 0o600);
    });

    it('leaves the file alone when the port is taken', async () => {
      await start([]);
      const guest = await SocketClient.guest(server.url);
      await assert.rejects(startChatServer({ port: server.port, stateFile }), { code: 'EADDRINUSE' });
      server.chat.conversations[0]?.store({ role: 'ai', text: 'kept' });
      await guest.hears('message');
      assert.match(readFileSync(stateFile, 'utf8'), /"kept"/);
    });

    it('goes on with a queue, by the script where no desk is open', async () => {
      await start([staffEscalation({ stepMs: 60_000 })]);
      const before = await SocketClient.guest(server.url);
      before.tell({ type: 'escalate' });
      await before.hears('mode', { mode: 'queued' });
      await server.kill();
      await start();
      const after = await SocketClient.guest(server.url, before.resume);
      assert.equal((await after.hears('welcome')).mode, 'queued');
      await after.hears('joined');
    });

    it('goes on with a queue, at the desk where one is open', async () => {
      await start();
      await SocketClient.desk(server.staffUrl);
      const before = await SocketClient.guest(server.url);
      before.tell({ type: 'escalate' });
      await before.hears('mode', { mode: 'queued' });
      await server.kill();
      await start();
      const desk = await SocketClient.desk(server.staffUrl);
      const [{ id, state }] = (await desk.hears('desk')).guests;
      assert.equal(state, 'waiting');
      const after = await SocketClient.guest(server.url, before.resume);
      desk.tell({ type: 'join', id });
      await after.hears('joined');
    });

    it('gives a guest back to the AI when their person does not come back', async () => {
      await start();
      const tom = await SocketClient.desk(server.staffUrl);
      const before = await SocketClient.guest(server.url);
      before.tell({ type: 'escalate' });
      const told = await tom.until(({ type, guest }) => type === 'guest' && guest.state === 'waiting');
      tom.tell({ type: 'join', id: told.guest.id });
      await before.hears('mode', { mode: 'staff' });
      await server.kill();
      await start();
      const after = await SocketClient.guest(server.url, before.resume);
      await after.hears('mode', { mode: 'ai' });
    });
  });
});
