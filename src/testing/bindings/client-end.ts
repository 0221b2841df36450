/** The widget's end of a connection, as a binding offers it to the network. */
export interface ClientEnd {
  /** The connection is open. */
  opened(): void;
  /** A text arrived. */
  received(text: string): void;
  /** It is over, or was never opened (1006). Called once. */
  closed(code: number, reason: string): void;
}

/** What the widget's end holds in its hand. */
export interface ClientGrip {
  /** Sends a text to the server. */
  send(text: string): void;
  /** Ends the connection from the widget's side. */
  close(code: number, reason: string): void;
}

/** Whoever opens connections for widgets. */
export interface Dialer {
  /** @param url the address that the widget called */
  dial(end: ClientEnd, url: string): ClientGrip;
}
