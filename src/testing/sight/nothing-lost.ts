import type { ChatMessage } from '../../conversation/state.js';
import type { Message } from '../../protocol/message.js';
import type { Conversation } from '../host/conversation.js';
import { DeliveryError } from './delivery-error.js';
import { messagesOf, type MessageHolder } from './held-transcript.js';
import { transcript, type SeenWidget } from './transcript.js';

/** What is compared, and how strictly. */
export interface NothingLostOptions {
  /** The conversation. Default: the one that shares most messages with the widget, of several the newest. */
  conversation?: Conversation;
  /** Whether messages of the guest may still be on their way. Default false. */
  waiting?: boolean;
}

/**
 * Compares what a server has stored with what a widget (or a `ChatClient`) shows: every message is there once, in the
 * server's order, and every message of the guest has arrived once or is visibly failed. Older messages that the widget has
 * not asked for yet are not missed. Of a widget on a page, what is drawn is held against it, too.
 * @throws {DeliveryError} an assertion error that lists in words what is missing, doubled or out of order
 */
export function expectNothingLost(
  server: { readonly conversations: readonly Conversation[] },
  widget: MessageHolder & Partial<SeenWidget>,
  { conversation, waiting = false }: NothingLostOptions = {},
): void {
  const held = messagesOf(widget);
  const stored = (conversation ?? nearest(server.conversations, held))?.messages ?? [];
  const problems = [
    ...compare(stored, held),
    ...guestProblems(stored, held, waiting),
    ...(widget.shadowRoot ? drawnProblems(held, { shadowRoot: widget.shadowRoot }) : []),
  ];
  if (problems.length > 0) throw new DeliveryError(problems, held.map(named), stored.map(named));
}

function nearest(
  conversations: readonly Conversation[],
  held: readonly ChatMessage[],
): Conversation | undefined {
  const ids = new Set(held.map(({ id }) => id));
  const shared = conversations.map(({ messages }) => messages.filter(({ id }) => ids.has(id)).length);
  return conversations[shared.lastIndexOf(Math.max(...shared))];
}

/** What the server has and the widget has not, or has twice, or elsewhere. */
function compare(stored: readonly Message[], held: readonly ChatMessage[]): string[] {
  const known = new Map(stored.map(({ id }, index) => [id, index]));
  const positions = held.flatMap(({ id }) => known.get(id) ?? []);
  // What lies before the oldest that is held has not been asked for.
  const from = positions.length > 0 ? Math.min(...positions) : 0;
  const counts = new Map<number, number>();
  for (const position of positions) counts.set(position, (counts.get(position) ?? 0) + 1);
  const problems: string[] = [];
  stored.forEach((message, index) => {
    if (index < from) return;
    const count = counts.get(index) ?? 0;
    if (count === 0) problems.push(`missing: ${named(message)}`);
    if (count > 1) problems.push(`${count} times instead of once: ${named(message)}`);
  });
  positions.forEach((position, index) => {
    const next = positions[index + 1];
    if (next === undefined || next >= position) return;
    problems.push(`out of order: ${named(stored[position]!)} stands before ${named(stored[next]!)}`);
  });
  return problems;
}

/** What the guest wrote and the server has not, or has twice. */
function guestProblems(stored: readonly Message[], held: readonly ChatMessage[], waiting: boolean): string[] {
  const arrived = new Map<string, Message[]>();
  for (const message of stored) {
    if (message.clientId === undefined) continue;
    arrived.set(message.clientId, [...(arrived.get(message.clientId) ?? []), message]);
  }
  const problems = [...arrived.values()]
    .filter(({ length }) => length > 1)
    .map((copies) => `stored ${copies.length} times instead of once: ${named(copies[0]!)}`);
  for (const message of held) {
    const { role, clientId, delivery } = message;
    if (role !== 'guest' || clientId === undefined || delivery === undefined) continue;
    const isThere = arrived.has(clientId);
    const isWaiting = delivery === 'queued' || delivery === 'sending';
    if (delivery === 'failed') {
      if (isThere) problems.push(`failed, and yet the server has it: ${named(message)}`);
    } else if (isWaiting) {
      if (!waiting) problems.push(`still ${delivery}: ${named(message)}`);
    } else if (!isThere) problems.push(`${delivery}, and yet the server does not have it: ${named(message)}`);
  }
  return problems;
}

/** What the guest wrote is plain text: what is drawn of it is a stretch of what is held. */
function drawnProblems(held: readonly ChatMessage[], widget: SeenWidget): string[] {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const written = held.filter(({ role }) => role === 'guest').map(({ text }) => plain(text));
  const drawn = transcript(widget)
    .filter(({ role }) => role === 'guest')
    .map(({ text }) => plain(text));
  if (drawn.length === 0) return [];
  const starts = written.map((_, index) => index).filter((index) => index + drawn.length <= written.length);
  if (starts.some((start) => drawn.every((text, index) => written[start + index] === text))) return [];
  const list = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ');
  return [`drawn otherwise than held: the guest’s bubbles are ${list(drawn)}, the messages ${list(written)}`];
}

function named({ seq, role, author, event, text }: Message | ChatMessage): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  const who = author?.name ? `${role} ${author.name}` : role;
  return `${seq ?? 'unnumbered'} (${event ? `system ${event}` : who}) ${JSON.stringify(short)}`;
}
