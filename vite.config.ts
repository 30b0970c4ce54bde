import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';
import { defineConfig } from 'vitest/config';
import { sourceCode } from './app/content/codePlugin.ts';
import { lessons } from './app/content/lessonsPlugin.ts';
import { rehypeCode } from './app/content/rehypeCode.ts';
import { scenarios } from './app/content/scenariosPlugin.ts';
import { sequenceOnly } from './app/content/sequenceOnly.ts';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');

/** TEMPORARY: until src/MODEL.md is written. */
const standIns = {
  name: 'stand-ins',
  enforce: 'pre' as const,
  resolveId: (source: string) =>
    source === 'virtual:model' && !existsSync(`${root}/src/MODEL.md`) ? '\0stand-in' : undefined,
  load: (id: string) => (id === '\0stand-in' ? 'export default () => null;' : undefined),
};

export default defineConfig({
  // Relative, because the build is served from any sub-path.
  base: './',
  plugins: [
    standIns,
    {
      enforce: 'pre',
      ...mdx({
        remarkPlugins: [remarkFrontmatter, remarkMdxFrontmatter, remarkGfm],
        rehypePlugins: [rehypeCode],
      }),
    },
    react(),
    scenarios(root),
    lessons(root),
    sourceCode(),
    sequenceOnly(),
  ],
  resolve: { alias: existsSync(`${root}/src/MODEL.md`) ? { 'virtual:model': `${root}/src/MODEL.md` } : {} },
  build: { manifest: true, target: 'es2022', chunkSizeWarningLimit: 600 },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173 },
  test: { include: ['src/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'content/**/*.test.ts'] },
});
