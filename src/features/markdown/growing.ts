/** A list that grows at its end. The same object grows; when a text is read anew, there is a new one. */
export interface Growing<T> {
  readonly items: readonly T[];
  /** How many of them, from the first on, will never change. */
  readonly settled: number;
}
