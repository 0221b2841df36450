/** A contract of the field by name: which backend, over which wires, with which words. */
export interface Preset {
  /** For the attribute `backend`. */
  readonly backend: string;
  /** For the attribute `transport`. */
  readonly transport?: string;
  /** For the attribute `config-url`. */
  readonly configUrl?: string;
  /** For the property `backendOptions`. */
  readonly backendOptions: object;
  /** The same contract over another backend, by the name of a wire in `transport`. */
  readonly instead?: Readonly<Record<string, Omit<Preset, 'instead'>>>;
}
