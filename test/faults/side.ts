import type { TcpProxy } from '../e2e/support/tcp-proxy.js';
import type { FaultProxy } from '../e2e/support/fault-proxy.js';

/** How much faster time runs than outside; times that are reported are scaled back. */
export const SPEED = 10;

/** A chat of one kind: a server, the way to it, and the page of a guest. */
export interface Side {
  readonly name: string;
  /** Between the guest and the server. */
  readonly proxy: TcpProxy;
  /** The same, where frames can be looked into. */
  readonly frames?: FaultProxy;
  /** The guest's page. */
  readonly address: string;
  /** Texts of the guest that the server has taken, in order; twice where it took one twice. */
  readonly heard: readonly string[];
  /** The server says something to whoever it says things to. */
  say(text: string): void;
  /** Whether the server still has what it said; one that never keeps anything has it always. */
  keeps(text: string): boolean;
  /** The server dies. */
  kill(): Promise<void>;
  /** The server ends as planned, with whatever goodbye it knows. */
  stop(): Promise<void>;
  /** The server starts again on the same port. @param keep false when it has lost what it knew */
  start(keep?: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Makes a side for one scenario. */
export interface SideMaker {
  readonly name: string;
  make(): Promise<Side>;
}
