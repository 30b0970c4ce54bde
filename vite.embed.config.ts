import { fileURLToPath } from 'node:url';
import { build, defineConfig, mergeConfig, type Plugin, type UserConfig } from 'vite';
import { inlineWorkers } from './app/embed/build/inlineWorkers.ts';
import { singleFile } from './app/embed/build/singleFile.ts';
import { parameterNames } from './app/embed/parameters.ts';
import site from './vite.config.ts';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The loader, `hotpath.js`: a classic script without dependencies, which is handed the names of the parameters. */
function loader(): Plugin {
  return {
    name: 'hotpath:loader',
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { PARAMETER_NAMES: JSON.stringify(parameterNames) },
        build: {
          outDir: path('dist'),
          emptyOutDir: false,
          target: 'es2020',
          lib: {
            entry: path('app/embed/loader/hotpath.ts'),
            name: 'hotpath',
            formats: ['iife'],
            fileName: () => 'hotpath.js',
          },
        },
      });
    },
  };
}

const own: UserConfig = {
  publicDir: false,
  plugins: [inlineWorkers(), singleFile(path('embed.html'), 'embed.html'), loader()],
  resolve: { alias: [{ find: /^mermaid$/, replacement: path('app/embed/noDiagrams.ts') }] },
  worker: { format: 'iife' },
  build: {
    outDir: path('dist'),
    // The site's own build stands there already.
    emptyOutDir: false,
    manifest: false,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    rolldownOptions: {
      // Vite's loader of chunks asks for it, and has no chunk to load here.
      checks: { emptyImportMeta: false },
      input: path('app/embed/main.tsx'),
      output: { format: 'iife', codeSplitting: false, entryFileNames: 'embed.js' },
    },
  },
};

/** The embed as one file that runs in any frame and from disk, and the loader beside it. */
export default defineConfig(mergeConfig(site, own));
