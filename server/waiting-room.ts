import type { ChatHost } from '../src/testing/host/chat-host.js';
import type { Conversation } from '../src/testing/host/conversation.js';
import { asksForPerson } from '../src/testing/scenarios/team-answers.js';
import type { Scenario } from '../src/testing/scenarios/scenario.js';
import type { Turn } from '../src/testing/turn.js';

/** What a guest is told to expect per place, in seconds. */
const SECONDS_PER_PLACE = 60;

/**
 * Guests who wait for somebody at a desk. While one is open, it takes every request for a person; guests who wait when
 * the last desk closes are handed back, so that whoever plays the team without a desk takes them.
 */
export class WaitingRoom {
  readonly #host: ChatHost;
  readonly #isOpen: () => boolean;
  readonly #isOurs: (conversation: Conversation) => boolean;
  #waiting: Conversation[] = [];

  /**
   * @param isOpen whether a desk is open
   * @param isOurs whether a person of a desk is in a conversation
   */
  constructor(host: ChatHost, isOpen: () => boolean, isOurs: (conversation: Conversation) => boolean) {
    this.#host = host;
    this.#isOpen = isOpen;
    this.#isOurs = isOurs;
  }

  /** The scenario that keeps the script away from guests of the desks. */
  readonly scenario: Scenario = {
    name: 'staff-desk',
    takes: (turn) => this.#takes(turn),
    play: (turn) => this.#play(turn),
  };

  /** A guest waits no more: somebody came, or they left. Those behind move up. */
  leave(conversation: Conversation): void {
    if (!this.#waiting.includes(conversation)) return;
    this.#waiting = this.#waiting.filter((other) => other !== conversation);
    this.#tellPlaces();
  }

  /** Takes in guests who waited before this server started. */
  readmit(conversation: Conversation): void {
    if (this.#waiting.includes(conversation)) return;
    this.#waiting.push(conversation);
    this.#tellPlaces();
  }

  /** No desk is open any more: everybody asks again, and is taken by somebody else. */
  handBack(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const conversation of waiting) this.#host.arrived({ conversation, command: { type: 'escalate' } });
  }

  #takes({ command, conversation, text, action }: Turn): boolean {
    const isOurs = this.#waiting.includes(conversation) || this.#isOurs(conversation);
    if (command.type === 'escalate')
      return isOurs || (this.#isOpen() && conversation.mode === 'ai' && !command.cancel);
    if (command.type !== 'send') return false;
    const asks = conversation.mode === 'ai' && (action?.value === 'person' || asksForPerson(text));
    return isOurs || (this.#isOpen() && asks);
  }

  #play(turn: Turn): void {
    const { command, conversation } = turn.ack();
    if (command.type === 'escalate' && command.cancel) {
      this.leave(conversation);
      turn.leaveQueue();
    } else if (conversation.mode === 'ai') {
      this.#waiting.push(conversation);
      turn.escalate(this.#placeOf(conversation));
    }
  }

  /** Places only ever get better: a guest stands behind those who came before. */
  #tellPlaces(): void {
    for (const conversation of this.#waiting) {
      const place = this.#placeOf(conversation);
      if (conversation.record.position !== place.position) conversation.setMode('queued', place);
    }
  }

  #placeOf(conversation: Conversation): { position: number; waitSeconds: number } {
    const position = this.#waiting.indexOf(conversation) + 1;
    return { position, waitSeconds: position * SECONDS_PER_PLACE };
  }
}
