/** Features that most pages never need, or not at once. This is the only door to them. */
const FEATURES = {
  /** Text with headings, lists, tables and code, also while it grows. */
  markdown: () => import('./markdown/index.js'),
  /** What such a text sounds like. */
  speech: () => import('./markdown/speech.js'),
};

/** What a feature brings, by its name. */
export type Feature<Name extends keyof typeof FEATURES> = Awaited<ReturnType<(typeof FEATURES)[Name]>>;

const coming = new Map<keyof typeof FEATURES, Promise<unknown>>();

/** Fetches a feature; one that is there already comes at once. Rejects when it cannot be fetched; the next call tries again. */
export function loadFeature<Name extends keyof typeof FEATURES>(name: Name): Promise<Feature<Name>> {
  // Kept: a browser looks at everything that a module needs each time it is asked for it, and messages ask often.
  let feature = coming.get(name);
  if (!feature) {
    coming.set(name, (feature = FEATURES[name]()));
    feature.catch(() => coming.delete(name));
  }
  return feature as Promise<Feature<Name>>;
}
