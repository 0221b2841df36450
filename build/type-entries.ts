import type { Plugin } from 'vite';

/** Puts a declaration file beside each entry: `tsc` writes them to dist/types, in the folders of src. */
export function typeEntries(entries: Record<string, string>): Plugin {
  return {
    name: 'type-entries',
    generateBundle() {
      for (const [name, source] of Object.entries(entries)) {
        const declarations = source.replace(/^src\//, './types/').replace(/\.ts$/, '.js');
        this.emitFile({
          type: 'asset',
          fileName: `${name}.d.ts`,
          source: `export * from '${declarations}';\n`,
        });
      }
    },
  };
}
