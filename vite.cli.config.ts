import { defineConfig } from 'vite';

/** The command line as one file that needs nothing but Node: every dependency is bundled. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/host/cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'hotpath.mjs', codeSplitting: false } },
  },
  ssr: { noExternal: true, target: 'node' },
});
