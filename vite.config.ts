import { fileURLToPath } from 'node:url';
import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';
import { defineConfig, normalizePath } from 'vite';
import { sourceCode } from './app/content/codePlugin.ts';
import { drills } from './app/content/drillsPlugin.ts';
import { experiments } from './app/content/experimentsPlugin.ts';
import { glossary } from './app/content/glossaryPlugin.ts';
import { lessons } from './app/content/lessonsPlugin.ts';
import { modelText } from './app/content/modelPlugin.ts';
import { rehypeCode } from './app/content/rehypeCode.ts';
import { remarkLesson } from './app/content/remarkLesson.ts';
import { scenarios } from './app/content/scenariosPlugin.ts';
import { sequenceOnly } from './app/content/sequenceOnly.ts';
import { searchIndex } from './app/search/searchPlugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const engineModules = new RegExp(`^${normalizePath(root).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}/src/(?!host/)`);

/** What the first view needs of what other pages fetch too. */
const firstView = new RegExp(
  [
    'preload-helper',
    '/node_modules/(react|react-dom|scheduler|zustand|wouter)/',
    '/app/(ui/(Button|Icon|IconButton|MeaningMark|announce)|stores/(settings|safeStorage))\\.',
    '/app/views/(useWidth|useOnScreen|settingsAt|topology/(curve|asideKinds|extrasBand|layout|insides|nodesDown|rates))\\.',
    '/src/(spans/(codes|columns|SpanStore)|scenario/settingValue)\\.ts',
  ].join('|'),
);

export default defineConfig({
  // Relative, because the build is served from any sub-path.
  base: './',
  plugins: [
    {
      enforce: 'pre',
      ...mdx({
        remarkPlugins: [remarkFrontmatter, remarkMdxFrontmatter, remarkGfm, remarkLesson(root)],
        rehypePlugins: [rehypeCode],
      }),
    },
    react(),
    scenarios(root),
    experiments(root),
    drills(root),
    lessons(root),
    glossary(root),
    searchIndex(root),
    modelText(root),
    sourceCode(),
    sequenceOnly(),
  ],
  build: {
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 600,
    // Modules of the engine only define things, so its door may be taken apart and each page gets what it uses.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: engineModules, sideEffects: false }] },
      // What the first view needs of what pages share, in one file: a dozen small ones pack worse and come later.
      // Short hashes, because the entry names every file that a page might want.
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: firstView }] },
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:6][extname]',
      },
    },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173 },
});
