import type { Backend } from '../../src/backends/backend.js';
import { defineCodec, type CodecTraits } from '../../src/protocol/codec.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { LooseEvent, LooseMessage } from '../../src/protocol/loose-event.js';
import {
  LinkError,
  RefusedError,
  type Link,
  type LinkEvents,
  type Transport,
} from '../../src/transports/transport.js';

/** A message as this server has it: an id of its own, no number. */
interface Stored {
  id: string;
  from: 'guest' | 'ai';
  body: string;
  ref?: string;
}

/** A chat server that numbers nothing, in the hands of a test. */
export class ForeignServer implements Transport {
  readonly name = 'foreign';
  readonly stored: Stored[] = [];
  readonly asked: unknown[] = [];
  readonly links = new Set<LinkEvents>();
  /** Whether it gives back the client's own id, and knows a repeated one. */
  knowsClients = true;
  /** Whether it gives ids to what it tells. */
  namesMessages = true;
  /** What it says to the next posts: an error before or after storing, or nothing at all. */
  readonly moods: ('refuse' | 'store and die' | 'later' | 'stall')[] = [];
  /** Answers that are waiting to be let go. */
  readonly stalled: (() => void)[] = [];
  down = false;

  constructor(readonly traits: CodecTraits) {}

  /** Stores a message and tells everybody who is connected. */
  says(body: string, silently = false): Stored {
    const message: Stored = { id: `#${this.stored.length + 1}`, from: 'ai', body };
    this.stored.push(message);
    if (!silently) this.tell('said', message);
    return message;
  }

  tell(event: string, data: unknown): void {
    for (const events of this.links) events.onFrame({ event, data });
  }

  cut(): void {
    for (const events of this.links) {
      this.links.delete(events);
      events.onClose({ reason: 'lost', retry: 'backoff' });
    }
  }

  async open(_session: unknown, events: LinkEvents): Promise<Link> {
    if (this.down) throw new LinkError({ reason: 'lost', retry: 'backoff' });
    this.links.add(events);
    return {
      send: (frame) => this.#answer(frame, events),
      probe: () => {},
      close: () => void this.links.delete(events),
    };
  }

  async #answer({ event, data }: Frame, events: LinkEvents): Promise<Frame | void> {
    const { body = '', ref, after } = data as { body?: string; ref?: string; after?: string };
    if (event === 'list') {
      this.asked.push(after);
      const from = after ? this.stored.findIndex(({ id }) => id === after) + 1 : 0;
      const list = this.stored.slice(this.traits.resume === 'cursor' ? from : 0);
      return { event: 'list', data: list.map((message) => this.#shown(message)) };
    }
    if (event !== 'post') return undefined;
    const mood = this.moods.shift();
    if (mood === 'refuse') throw new RefusedError('invalid', 'not that');
    if (mood === 'later') throw new RefusedError('internal', 'later', 1000);
    if (mood === 'stall') await new Promise<void>((resolve) => this.stalled.push(resolve));
    let message = this.knowsClients ? this.stored.find((known) => known.ref === ref) : undefined;
    if (!message) {
      message = { id: `#${this.stored.length + 1}`, from: 'guest', body, ref };
      this.stored.push(message);
    }
    if (mood === 'store and die') {
      this.links.delete(events);
      events.onClose({ reason: 'lost', retry: 'backoff' });
      throw new Error('cut');
    }
    const stored = { event: 'stored', data: this.#shown(message) };
    if (this.traits.ack === 'event') events.onFrame(stored);
    return this.traits.ack === 'reply' ? stored : undefined;
  }

  #shown({ ref, ...message }: Stored): Stored {
    return this.knowsClients && ref ? { ...message, ref } : message;
  }

  /** A backend that speaks with this server. */
  backend(): Backend {
    const message = (data: unknown): LooseMessage => {
      const { id, from, body, ref } = data as Stored;
      return { ...(this.namesMessages && { id }), role: from, text: body, ...(ref && { clientId: ref }) };
    };
    const codec = defineCodec<LooseEvent>({
      traits: this.traits,
      commands: {
        send: ({ clientId, text }) => ({ event: 'post', data: { body: text, ref: clientId } }),
        history: ({ afterId }) => ({ event: 'list', data: { after: afterId } }),
      },
      events: {
        said: (data) => ({ type: 'message', message: message(data) }),
        stored: (data) => {
          const { id, ref } = data as Stored;
          return { type: 'ack', id, ...(this.traits.ack === 'event' && { clientId: ref }) };
        },
        list: (data) => ({
          type: 'history',
          messages: (data as Stored[]).map((each) => message(each)),
          hasMore: false,
        }),
        typing: () => ({ type: 'typing', author: { id: 'ai', role: 'ai' }, active: true }),
      },
    });
    return { name: 'foreign', transport: this, codec };
  }
}
