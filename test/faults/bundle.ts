import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

const made = new Map<string, Promise<string>>();

/** A page's script with everything it imports, as one module. @param name of the file in pages/ */
export function bundle(name: string): Promise<string> {
  const known = made.get(name) ?? make(name);
  made.set(name, known);
  return known;
}

async function make(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`./pages/${name}.ts`, import.meta.url));
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'], fileName: name } },
  })) as Rollup.RollupOutput[];
  const [chunk] = built[0]!.output;
  // It stands inside of a page, where a script ends at the first thing that looks like its end.
  return chunk.code.replaceAll('</script', '<\\/script');
}
