/** What a page tells the rig, and what the rig asks of a page. */
export interface RigWindow {
  /** Writes down outside the browser what happens here. */
  tellRig(kind: 'in' | 'line' | 'sent' | 'failed' | 'error', text: string): void;
  rig: Rig;
}

/** A guest's page, whatever stands behind it. */
export interface Rig {
  /** The guest writes. Must not wait. */
  write(text: string): void;
  /** Messages of the server that the page shows, where it keeps them itself. */
  shown(): string[];
  /** Whether it has a line, as it believes. */
  online(): boolean;
}

/** The page, as the rig knows it. */
export const page = globalThis as unknown as RigWindow;
