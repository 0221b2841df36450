/** Who said a frame. */
export type From = 'client' | 'server';

/** What shall become of the next frames of a type. */
export interface FrameRule {
  readonly from: From;
  readonly type: string;
  readonly what: 'drop' | 'duplicate' | 'swap';
  /** For how many frames it holds. */
  readonly count: number;
}

/** A frame as it came to the proxy. */
export interface SeenFrame {
  readonly from: From;
  /** Number of the connection, from 0. */
  readonly line: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Writes frames down and applies rules to the next of them, whatever connection they come over. */
export class FrameRules {
  /** Everything that was said, also what was dropped then. */
  readonly seen: SeenFrame[] = [];
  #rules: (FrameRule & { left: number })[] = [];
  #lines = 0;

  /** Adds a rule; the oldest that fits a frame is the one that counts. */
  add(rule: FrameRule): void {
    this.#rules.push({ ...rule, left: rule.count });
  }

  /** How many frames the rules still wait for. */
  get pending(): number {
    return this.#rules.reduce((sum, { left }) => sum + left, 0);
  }

  /** Forgets all rules. */
  clear(): void {
    this.#rules = [];
  }

  /** Frames of one type that came from one side. */
  of(from: From, type: string): SeenFrame[] {
    return this.seen.filter((frame) => frame.from === from && frame.type === type);
  }

  /** A new connection. */
  line(): { pass(from: From, text: string, on: (text: string) => void): void } {
    const line = this.#lines++;
    const kept: Partial<Record<From, string>> = {};
    return {
      pass: (from, text, on) => {
        const what = this.#judge(from, text, line);
        if (what === 'drop') return;
        if (what === 'swap') {
          kept[from] = text;
          return;
        }
        on(text);
        if (what === 'duplicate') on(text);
        const late = kept[from];
        kept[from] = undefined;
        if (late !== undefined) on(late);
      },
    };
  }

  #judge(from: From, text: string, line: number): FrameRule['what'] | undefined {
    const data = JSON.parse(text) as Record<string, unknown>;
    const type = String(data['type']);
    this.seen.push({ from, line, type, data });
    const rule = this.#rules.find((one) => one.from === from && one.type === type);
    if (!rule) return undefined;
    if (--rule.left <= 0) this.#rules = this.#rules.filter((one) => one !== rule);
    return rule.what;
  }
}
