/** What a page that is made with Lit itself brings: its own copy, and an element that uses it. */
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

/** The page's script as one module; `<page-greeting>` says "Hello from the page". */
export async function ownLit(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    // As pages are built, whatever the runner of the tests says of the environment.
    resolve: { conditions: ['browser', 'module', 'production'] },
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('page-greeting.ts', import.meta.url)),
        formats: ['es'],
        fileName: 'page',
      },
    },
  })) as Rollup.RollupOutput[];
  return built[0]!.output[0].code;
}
