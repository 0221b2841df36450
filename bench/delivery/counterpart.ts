/** A server of one backend, as the rig sees it. */
export interface Counterpart {
  /** What stands in the first column of the table. */
  readonly name: string;
  /** Attributes of the element. */
  attributes(): string;
  /** Texts that guests have said and the server has stored, in its order. */
  heard(): string[];
  /** Says something to the guest, whether or not anybody listens; undefined where the server only answers. */
  say?(text: string): unknown;
  /** Ends all connections without a word. */
  cut(): void;
  /** Is gone. */
  down(): Promise<void>;
  /** Is back on the same port, with what it had stored. */
  up(): Promise<void>;
  /** Stores the next messages and does not confirm them; undefined where nothing is ever confirmed. */
  loseAcks?(count: number): void;
  stop(): Promise<void>;
}

/** What a backend promises, for the column that explains the numbers. */
export interface Row {
  readonly name: string;
  /** Whether it tells what was missed. */
  readonly history: boolean;
  /** Whether it knows a repeated message. */
  readonly knowsRepeats: boolean;
  start(): Promise<Counterpart>;
}
