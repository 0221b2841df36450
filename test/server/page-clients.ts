import Echo from 'laravel-echo';
import Pusher, { type Channel } from 'pusher-js';
import type { PusherServer } from '../e2e/support/pusher-server.js';

/** An Echo as a page of Laravel has it. */
export type PageEcho = Echo<'reverb'>;

/** The official clients of one test, as pages set them up, disconnected when it is over. */
export class PageClients {
  readonly #server: PusherServer;
  readonly #clients: Pusher[] = [];

  constructor(server: PusherServer) {
    this.#server = server;
  }

  /** A `Pusher`. @param user whose bearer token it sends */
  pusher(user = 'ann', key = this.#server.host.key): Pusher {
    const client = new Pusher(key, {
      // It throws without one.
      cluster: '',
      wsHost: '127.0.0.1',
      wsPort: this.#server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: {
        endpoint: this.#server.authUrl,
        transport: 'ajax',
        headers: { Authorization: `Bearer ${user}` },
      },
    });
    this.#clients.push(client);
    return client;
  }

  /** An `Echo` over a `Pusher`. */
  echo(client: Pusher = this.pusher()): PageEcho {
    return new Echo({ broadcaster: 'reverb', key: client.key, client });
  }

  stop(): void {
    for (const client of this.#clients) client.disconnect();
  }
}

/** What a connection tells next under a name. */
export function told(source: Pusher['connection'] | Channel, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    const listener = (data: unknown): void => {
      source.unbind(event, listener);
      resolve(data);
    };
    source.bind(event, listener);
  });
}

/** Resolves when the connection is in a state. */
export async function inState({ connection }: Pusher, state: string): Promise<void> {
  while (connection.state !== state) await told(connection, 'state_change');
}

/** Resolves when a channel is subscribed. */
export async function subscribed(channel: Channel): Promise<void> {
  if (!channel.subscribed) await told(channel, 'pusher:subscription_succeeded');
}
