import type { Session } from '../../protocol/session.js';

/** So many of the last messages go with each question. */
const MAX_MESSAGES = 40;

/** One message as a model is told it. */
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

interface Turn {
  readonly clientId: string;
  readonly question: string;
  /** Undefined until an answer has begun: a question that was refused is not repeated with the next. */
  answer?: string;
}

/**
 * The conversation so far, for servers that remember nothing. It knows what was said while this page had the line; nothing
 * is stored.
 */
export class Context {
  readonly #system: string | undefined;
  #turns: Turn[] = [];
  #guestId: string | undefined;

  /** @param system what the model is told before everything else */
  constructor(system?: string) {
    this.#system = system;
  }

  /** A guest asks. @returns what the model is told; the same for a question that is asked again */
  ask(clientId: string, question: string, { guestId }: Session): PromptMessage[] {
    // Another guest's words are nobody else's business.
    if (guestId !== this.#guestId) this.#turns = [];
    this.#guestId = guestId;
    if (!this.#find(clientId)) this.#turns.push({ clientId, question });
    this.#turns.splice(0, this.#turns.length - MAX_MESSAGES);
    const asked = this.#turns.findIndex((turn) => turn.clientId === clientId);
    const told = this.#turns.slice(0, asked).flatMap(({ question: said, answer }): PromptMessage[] => {
      if (answer === undefined) return [];
      const user = { role: 'user', content: said } as const;
      return answer ? [user, { role: 'assistant', content: answer }] : [user];
    });
    const recent = told.slice(1 - MAX_MESSAGES);
    // Some servers take no conversation that begins with an answer.
    if (recent[0]?.role === 'assistant') recent.shift();
    return [
      ...(this.#system ? [{ role: 'system', content: this.#system } as const] : []),
      ...recent,
      { role: 'user', content: question },
    ];
  }

  /** The answer to a question, as far as it has come. */
  answered(clientId: string, answer: string): void {
    const turn = this.#find(clientId);
    if (turn) turn.answer = answer;
  }

  #find(clientId: string): Turn | undefined {
    return this.#turns.find((turn) => turn.clientId === clientId);
  }
}
