import { ChatHost, type Arrival, type ChatHostOptions } from '../src/testing/host/chat-host.js';
import { aiReply } from '../src/testing/scenarios/ai-reply.js';
import { staffEscalation } from '../src/testing/scenarios/staff-escalation.js';
import { Cast, type Playable } from '../src/testing/script/cast.js';
import { Turn } from '../src/testing/turn.js';
import type { Journal } from './journal.js';
import { StaffDesk, type StaffDeskOptions } from './staff-desk.js';

/** Who answers, and by which rules. */
export interface OpenChatOptions {
  /** Who answers while nobody sits at a desk. Default the scripted AI and team. */
  scenarios?: readonly Playable[];
  /** Hears what goes wrong and who comes and goes; never a secret or what a guest wrote. */
  log?: (line: string) => void;
  /** The desk of the team. */
  desk?: StaffDeskOptions;
  /** Features, limits and rules of the protocol. */
  chat?: Omit<
    ChatHostOptions,
    'onArrival' | 'onBegin' | 'onGreeting' | 'onEvent' | 'onPresence' | 'journal' | 'clock'
  >;
}

/** The engine with everybody who listens to it; goes on where a journal ends. */
export function openChat(
  { scenarios = [staffEscalation(), aiReply()], log = () => {}, ...options }: OpenChatOptions,
  journal: Journal | undefined,
): { chat: ChatHost; desk: StaffDesk } {
  const chat = new ChatHost({
    ...options.chat,
    journal: (entry) => journal?.write(entry),
    onArrival: (arrival) =>
      void play(arrival).catch((error: unknown) => log(`a scenario failed: ${String(error)}`)),
    onBegin: (conversation) => cast.begins(conversation),
    onGreeting: (conversation, hello, resumed) =>
      cast.greets(new Turn(chat, { conversation, command: { type: 'hello', ...hello } }), resumed),
    onEvent: (conversation, event) => desk.heard(conversation, event),
    onPresence: (conversation) => {
      desk.heard(conversation);
      log(`${conversation.id}: ${conversation.connections} connected`);
    },
  });
  const desk = new StaffDesk(chat, options.desk);
  const stage = { host: chat, chance: () => chat.clock.random(), networks: [] };
  const cast = new Cast([desk.scenario, ...scenarios], stage);
  const play = async (arrival: Arrival): Promise<void> => {
    const turn = new Turn(chat, arrival);
    cast.hears(turn);
    await cast.taker(turn)?.play(turn);
  };
  if (journal) {
    chat.restore(journal.restored);
    desk.resume();
    answerTheUnanswered(chat);
  }
  return { chat, desk };
}

/** Whoever was to answer when the last process ended did not: they are asked again. */
function answerTheUnanswered(chat: ChatHost): void {
  for (const conversation of chat.conversations) {
    const last = conversation.messages.at(-1);
    if (last?.role !== 'guest' || conversation.mode !== 'ai') continue;
    const { clientId = last.id, text } = last;
    chat.arrived({ conversation, command: { type: 'send', clientId, text } });
  }
}
