import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Files by the path they are served under. */
export type Files = Map<string, string | Uint8Array>;

/** Bundles one file for a page, as small as a page author's bundler makes it. Nothing is written to disk. */
export async function bundle(folder: 'page' | 'libraries', name: string, ending = 'ts'): Promise<Files> {
  const result = await build({
    configFile: false,
    root: HERE,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [name]: `${HERE}${folder}/${name}.${ending}` },
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: `${folder}/[name].js`,
          chunkFileNames: `${folder}/${name}-[name]-[hash].js`,
          assetFileNames: `${folder}/[name][extname]`,
        },
      },
    },
  });
  const files: Files = new Map();
  for (const { output } of [result].flat() as {
    output: { fileName: string; code?: string; source?: string | Uint8Array }[];
  }[]) {
    for (const { fileName, code, source } of output) files.set(`/${fileName}`, code ?? source!);
  }
  return files;
}
