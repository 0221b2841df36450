import type { Conversation } from '../host/conversation.js';
import { staffAuthor, type StaffProfile, type Turn } from '../turn.js';
import { asksForPerson, saysGoodbye, staffAnswer, type Answer } from './answers.js';
import { inOrder } from './in-order.js';
import type { Scenario } from './scenario.js';

/** How the team takes over. */
export interface StaffEscalationOptions {
  /** Who comes. Default Maya. */
  staff?: StaffProfile;
  /** First place in the queue. Default 3. */
  position?: number;
  /** Expected wait per place, in seconds. Default 40. */
  secondsPerPlace?: number;
  /** Time in each place, in milliseconds. Default 4000. */
  stepMs?: number;
  /** Time until something is read, in milliseconds. Default 1200. */
  readMs?: number;
  /** Time a message takes to type, in milliseconds. Default 1800. */
  typeMs?: number;
  /** First words. */
  greeting?: string;
  /** Last words, said before leaving. */
  farewell?: string;
  /** What is answered to a message. */
  answer?: (text: string, turn: Turn) => Answer | string;
}

/**
 * The guest asks for a person, by the button or in words: a queue that moves, a person who comes, types, answers each
 * message and leaves after a goodbye. Leaving the queue is possible at any time.
 */
export function staffEscalation({
  staff = { name: 'Maya' },
  position = 3,
  secondsPerPlace = 40,
  stepMs = 4000,
  readMs = 1200,
  typeMs = 1800,
  greeting = `Hi, I’m ${staff.name}. I’ve read the chat. How can I help?`,
  farewell = 'All sorted. Have a good day!',
  answer = staffAnswer,
}: StaffEscalationOptions = {}): Scenario {
  const queue = inOrder();
  const { id } = staffAuthor(staff);
  /** The wait that counts: a guest may leave the queue and come back while an old wait still runs. */
  const waits = new WeakMap<Conversation, Turn>();

  const isHere = ({ conversation }: Turn): boolean =>
    conversation.participants.some((person) => person.id === id);
  const isWaiting = (turn: Turn): boolean =>
    turn.conversation.mode === 'queued' && waits.get(turn.conversation) === turn;

  /** A guest stands in the queue, but the server that put them there is gone. */
  const isForgotten = (conversation: Conversation): boolean =>
    conversation.mode === 'queued' && !waits.has(conversation);

  function forget(turn: Turn): void {
    if (waits.get(turn.conversation) === turn) waits.delete(turn.conversation);
  }

  async function wait(turn: Turn): Promise<void> {
    waits.set(turn.conversation, turn);
    const { record } = turn.conversation;
    // A queue that stood before a restart goes on where it was.
    const first = record.mode === 'queued' ? (record.position ?? position) : position;
    for (let place = first; place >= 1; place--) {
      turn.escalate({ position: place, waitSeconds: place * secondsPerPlace });
      await turn.wait(stepMs);
      if (!isWaiting(turn)) return forget(turn);
    }
    forget(turn);
    turn.staff(staff).joins();
    await queue(turn.conversation, () => say(turn, greeting));
  }

  async function say(turn: Turn, text: string): Promise<void> {
    const person = turn.staff(staff);
    await turn.wait(readMs);
    if (!isHere(turn)) return;
    person.reads().types();
    await turn.wait(typeMs);
    if (isHere(turn)) person.says(text);
  }

  async function converse(turn: Turn): Promise<void> {
    if (!isHere(turn)) return;
    if (saysGoodbye(turn.text)) {
      await say(turn, farewell);
      await turn.wait(readMs);
      turn.staff(staff).leaves();
      return;
    }
    const answered = answer(turn.text, turn);
    await say(turn, typeof answered === 'string' ? answered : answered.text);
  }

  return {
    name: 'staff-escalation',
    takes: (turn) =>
      turn.command.type === 'escalate' || (turn.command.type === 'send' && isForTeam(turn, isHere)),
    play: async (turn) => {
      const { command, conversation } = turn.ack();
      if (command.type === 'escalate') {
        if (command.cancel) {
          waits.delete(conversation);
          turn.leaveQueue();
        } else if (conversation.mode === 'ai' || isForgotten(conversation)) await wait(turn);
      } else if (conversation.mode === 'staff') await queue(conversation, () => converse(turn));
      else if (conversation.mode === 'ai') await wait(turn);
    },
  };
}

/** While a guest waits, messages are kept for the person who comes. */
function isForTeam(turn: Turn, isHere: (turn: Turn) => boolean): boolean {
  const { mode } = turn.conversation;
  if (mode === 'staff') return isHere(turn);
  return (
    mode === 'queued' || (mode === 'ai' && (turn.action?.value === 'person' || asksForPerson(turn.text)))
  );
}
