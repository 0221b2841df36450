import type { Plugin } from 'vite';

const RUNTIME = 'rolldown-runtime';

/** A statement that imports from a file, with what it makes of the names. */
const importFrom = (file: string): RegExp =>
  new RegExp(`import\\{(\\w+) as (\\w+)\\}from"\\./${file.replaceAll('.', '\\.')}";?`);

/**
 * Puts the few lines of the bundler's own, which it leaves in a file by themselves, into a file that is fetched before all
 * that need them. By themselves they would cost a request that can begin only when the first such file is there, which is
 * when a guest waits for the panel.
 *
 * Lines and columns stay where the source maps have them: the lines stand on a new first one, names of files are padded.
 * @param home name of the chunk that takes them in
 */
export function runtimeInside(home: string): Plugin {
  return {
    name: 'runtime-inside',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const runtime = chunks.find(({ name }) => name === RUNTIME);
      if (!runtime) return;
      const host = chunks.find(({ name }) => name === home);
      const { 1: body, 2: given } = /^([^]*?);?export\{(\w+)(?: as \w+)?\};?\s*/.exec(runtime.code) ?? [];
      const wanted = importFrom(runtime.fileName);
      const { 2: local } = wanted.exec(host?.code ?? '') ?? [];
      if (!host || !body || !given || !local)
        return this.error(`runtime-inside: ${RUNTIME} looks different now`);
      for (const chunk of chunks) {
        chunk.imports = chunk.imports.filter((name) => name !== runtime.fileName);
        if (chunk === host) continue;
        chunk.code = chunk.code.replace(wanted, (whole, _name, mine: string) => {
          chunk.imports = [...new Set([...chunk.imports, host.fileName])];
          return `import{runtime as ${mine}}from"./${host.fileName}";`.padEnd(whole.length);
        });
      }
      const padded = host.code.replace(wanted, ({ length }) => ' '.repeat(length));
      const [, code, comment = ''] = /^([^]*?)(\n\/\/# sourceMappingURL[^]*)?$/.exec(padded)!;
      host.code = `const ${local}=(()=>{${body};return ${given}})();\n${code!.trimEnd()}export{${local} as runtime};${comment}`;
      if (host.map) host.map.mappings = `;${host.map.mappings}`;
      const map = bundle[`${host.fileName}.map`];
      if (map?.type === 'asset') {
        const drawn = JSON.parse(String(map.source)) as { mappings: string };
        map.source = JSON.stringify({ ...drawn, mappings: `;${drawn.mappings}` });
      }
      delete bundle[runtime.fileName];
      delete bundle[`${runtime.fileName}.map`];
    },
  };
}
