import type { TcpProxy } from '../e2e/support/tcp-proxy.js';
import type { Side } from './side.js';

/** A server of a peer, from its start to its end. */
export interface PeerServer {
  readonly port: number;
  say(text: string): void;
  /** @param polite with the goodbye it knows */
  end(polite: boolean): Promise<void>;
}

/** What a side of a peer is made of. */
export interface PeerParts {
  name: string;
  proxy: TcpProxy;
  address: string;
  heard: string[];
  server: PeerServer;
  open(port: number): Promise<PeerServer>;
}

/** A side whose server is one object per life, and whose messages are kept by nobody. */
export function peerSide({ name, proxy, address, heard, server, open }: PeerParts): Side {
  let current: PeerServer | undefined = server;
  const end = async (polite: boolean): Promise<void> => {
    const ending = current;
    current = undefined;
    await ending?.end(polite);
  };
  return {
    name,
    proxy,
    address,
    heard,
    say(text) {
      if (!current) throw new Error('the server is dead');
      current.say(text);
    },
    keeps: () => true,
    kill: () => end(false),
    stop: () => end(true),
    async start() {
      current = await open(server.port);
    },
    async close() {
      await proxy.close();
      await end(false);
    },
  };
}
