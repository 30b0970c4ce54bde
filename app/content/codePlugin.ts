import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import { highlight } from './highlight.ts';

const ending = /\.ts\?code$/;

/**
 * `import code from './cacheAside.ts?code'`: the file's text and its coloured lines, made while building. The code that a
 * person reads is thus always the very file that runs.
 */
export function sourceCode(): Plugin {
  return {
    name: 'hotpath:source-code',
    enforce: 'pre',
    async load(id) {
      if (!ending.test(id)) return undefined;
      const file = id.slice(0, -'?code'.length);
      this.addWatchFile(file);
      const source = (await readFile(file, 'utf8')).trimEnd();
      const lines = await highlight(source, 'ts');
      return { code: `export default ${JSON.stringify({ source, lines })};`, map: null, moduleType: 'js' };
    },
  };
}
