import type { Plugin } from 'vite';

const created = /new Worker\(new URL\('([^']+)', import\.meta\.url\), \{[^}]*\}\)/g;

/**
 * Turns every worker into a classic one whose code stands in the page: in a sandboxed frame and from disk no browser
 * loads one from an address.
 */
export function inlineWorkers(): Plugin {
  return {
    name: 'hotpath:inline-workers',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('/node_modules/') || !created.test(code)) return undefined;
      created.lastIndex = 0;
      const imports: string[] = [];
      const changed = code.replaceAll(created, (_whole, file: string) => {
        const name = `InlineWorker${imports.length}`;
        imports.push(`import ${name} from '${file}?worker&inline';`);
        return `new ${name}()`;
      });
      return { code: `${imports.join('\n')}\n${changed}`, map: null };
    },
  };
}
