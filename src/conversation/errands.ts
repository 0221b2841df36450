import type { ClientCommand } from '../protocol/client-command.js';
import { echoOf } from './echo.js';
import type { Guest } from './guest.js';
import type { LineKeeper } from './line-keeper.js';
import type { Outbox } from './outbox.js';
import type { ChatEvent } from './reduce.js';
import type { Resume } from './resume.js';
import { SendError } from './send-error.js';
import type { SendPromises } from './send-promises.js';
import type { ChatState } from './state.js';
import type { StreamWatch } from './stream-watch.js';
import type { TabAsk } from './tabs.js';

/** The parts of a conversation that do what tabs ask for. */
export interface ErrandParts {
  state(): ChatState;
  dispatch(event: ChatEvent): void;
  /** Sends a command now, or keeps it for the next welcome. */
  command(command: ClientCommand): void;
  /** Does something with what is stored as soon as it has been taken up. */
  onceLoaded(work: () => void): void;
  /** Another tab has forgotten the guest. @param by its id */
  onReset(by: string): void;
  line: LineKeeper;
  guest: Guest;
  outbox: Outbox;
  resume: Resume;
  streams: StreamWatch;
  promises: SendPromises;
}

type Errands = { readonly [K in TabAsk['do']]: (ask: Extract<TabAsk, { do: K }>) => void };

/** What the tab with the line does for all: a table, one entry per thing that can be asked for. */
export function createErrands(parts: ErrandParts): (ask: TabAsk) => void {
  const { state, dispatch, command, onceLoaded, line, guest, outbox, resume, streams, promises } = parts;
  const errands: Errands = {
    connect: () => line.connect(),
    use: () => line.use(),
    wake: ({ signal }) => line.heed(signal),
    send({ key, entry }) {
      guest.use();
      dispatch({ type: 'local/queued', messages: [echoOf(entry)] });
      outbox.take(key, entry);
    },
    retry: ({ clientId }) => onceLoaded(() => void outbox.retry(clientId)),
    remove({ clientId }) {
      onceLoaded(() => {
        if (!outbox.remove(clientId)) return;
        promises.reject(clientId, new SendError('cancelled', 'the message was deleted'));
        dispatch({ type: 'local/removed', clientId });
      });
    },
    stop({ messageId }) {
      streams.ended(messageId);
      dispatch({ type: 'local/stream-ended', id: messageId, stopped: true });
      command({ type: 'stop', messageId });
    },
    read({ upTo }) {
      dispatch({ type: 'local/read', upTo });
      guest.read(state().readUpTo);
      command({ type: 'read', upTo });
    },
    older: ({ seq }) => resume.older(seq),
    identify(ask) {
      guest.use();
      guest.describe(ask.guest);
      command({ type: 'identify', guest: ask.guest });
    },
    command(ask) {
      if (ask.command.type === 'escalate') guest.use();
      command(ask.command);
    },
    reset: ({ by }) => parts.onReset(by),
  };
  return (ask) => (errands[ask.do] as (ask: TabAsk) => void)(ask);
}
