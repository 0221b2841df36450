import { rm } from 'node:fs/promises';
import { startChatServer, type ChatServer } from '../../../server/chat-server.js';
import type { Message } from '../../../src/protocol/message.js';
import type { Conversation } from '../../../src/testing/host/conversation.js';
import { acknowledge } from '../../../src/testing/index.js';

/** A chat server that takes every message, says what it is told to say, and can die and come back on the same port. */
export class LiveServer {
  readonly #file: string;
  #server: ChatServer;

  private constructor(file: string, server: ChatServer) {
    this.#file = file;
    this.#server = server;
  }

  /** @param file where conversations outlive the server */
  static async start(file: string): Promise<LiveServer> {
    return new LiveServer(file, await open(file, 0));
  }

  /** Address for widgets; the same after each start. */
  get url(): string {
    return this.#server.url;
  }

  /** The newest conversation, or undefined before the first. */
  get conversation(): Conversation | undefined {
    return this.#server.chat.conversations.at(-1);
  }

  /** What is stored of it. */
  get stored(): readonly Message[] {
    return this.conversation?.messages ?? [];
  }

  /** Texts of the guest that are stored, in order. */
  get heard(): string[] {
    return this.stored.filter(({ role }) => role === 'guest').map(({ text }) => text);
  }

  /** The same of all conversations before it. */
  get heardBefore(): string[] {
    return this.#server.chat.conversations
      .slice(0, -1)
      .flatMap(({ messages }) => messages.filter(({ role }) => role === 'guest').map(({ text }) => text));
  }

  /** Says something in the newest conversation, whether or not somebody is connected. */
  say(text: string): void {
    const { conversation } = this;
    if (!conversation) throw new Error('there is no conversation yet');
    conversation.store({ role: 'ai', author: { id: 'ai', role: 'ai' }, text });
  }

  /** Dies like a process that is killed: sockets are torn down, nobody is told. */
  kill(): Promise<void> {
    return this.#server.kill();
  }

  /** Says `bye`, closes with 1012. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Starts again. @param keep false for a server that lost everything it knew */
  async start(keep = true): Promise<void> {
    if (!keep) await rm(this.#file, { force: true });
    this.#server = await open(this.#file, this.#server.port);
  }
}

function open(stateFile: string, port: number): Promise<ChatServer> {
  return startChatServer({ port, stateFile, scenarios: [acknowledge()] });
}
