import type { Turn } from '../turn.js';
import { knownAnswer, type Answer } from './answers.js';
import { inOrder } from './in-order.js';
import type { Scenario } from './scenario.js';

/** How the AI answers. */
export interface AiReplyOptions {
  /** What it answers. Default: what a shop for tents knows. */
  answer?: (text: string, turn: Turn) => Answer | string;
  /** How long it thinks before the first word, in milliseconds. Default 900. */
  thinkMs?: number;
  /** Time between two words, in milliseconds. Default 45. */
  wordMs?: number;
  /** How the answer is written. Default `markdown`. */
  format?: 'plain' | 'markdown';
}

/** The AI answers every message word by word, as long as nobody of the team is there or asked for. It obeys `stop`. */
export function aiReply({
  answer = knownAnswer,
  thinkMs = 900,
  wordMs = 45,
  format = 'markdown',
}: AiReplyOptions = {}): Scenario {
  const queue = inOrder();

  async function reply(turn: Turn): Promise<void> {
    if (isQuiet(turn)) return;
    const answered = answer(turn.text, turn);
    const { text, label, sources, actions }: Answer =
      typeof answered === 'string' ? { text: answered } : answered;
    turn.reads().type(label);
    await turn.wait(thinkMs);
    if (isQuiet(turn)) return void turn.pauses();
    for (const word of text.match(/\S+\s*|^\s+/g) ?? [text]) {
      turn.streams(word);
      await turn.wait(wordMs);
      if (turn.stopped || isQuiet(turn)) break;
    }
    turn.ends('', { format, ...(sources && { sources }), ...(actions && { actions }) });
  }

  return {
    name: 'ai-reply',
    fallback: true,
    takes: (turn) => turn.command.type === 'send' && !isQuiet(turn),
    play: (turn) => queue(turn.ack().conversation, () => reply(turn)),
  };
}

/** The AI does not talk into a conversation with people, nor while the guest waits for one. */
function isQuiet({ conversation }: Turn): boolean {
  return conversation.mode !== 'ai';
}
