import { median } from './statistics.js';

/** What a contestant did not get done within its time, or broke at. */
export type Lack = { readonly notWithinSeconds: number } | { readonly failed: string };

/** What was found: figures of each contestant, from every round. */
export class Results {
  readonly #values = new Map<string, number[]>();
  readonly #lacks = new Map<string, Lack>();

  add(contestant: string, figure: string, value: number): void {
    const key = `${contestant} ${figure}`;
    this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
  }

  lack(contestant: string, figure: string, lack: Lack): void {
    this.#lacks.set(`${contestant} ${figure}`, lack);
  }

  /** Median of all rounds; undefined when it has none, or did not get done in one of them. */
  value(contestant: string, figure: string): number | undefined {
    const values = this.#values.get(`${contestant} ${figure}`);
    return values && !this.lackOf(contestant, figure) ? median(values) : undefined;
  }

  /** All values of a figure, in the order of the rounds. */
  values(contestant: string, figure: string): readonly number[] {
    return this.#values.get(`${contestant} ${figure}`) ?? [];
  }

  lackOf(contestant: string, figure: string): Lack | undefined {
    return this.#lacks.get(`${contestant} ${figure}`);
  }
}
