import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';

const EMPTY = '\0hotpath:no-model';

/**
 * `virtual:model`: the engine's own document, `src/MODEL.md`, as a component. Where the file is missing the page is empty
 * and the build says so.
 * @param root the project's folder.
 */
export function modelText(root: string): Plugin {
  const file = normalizePath(join(root, 'src/MODEL.md'));
  return {
    name: 'hotpath:model',
    enforce: 'pre',
    resolveId(source) {
      if (source !== 'virtual:model') return undefined;
      if (existsSync(file)) return file;
      this.warn('src/MODEL.md is missing: the model page will be empty');
      return EMPTY;
    },
    load: (id) => (id === EMPTY ? 'export default () => null;' : undefined),
  };
}
