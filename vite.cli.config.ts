import { defineConfig } from 'vite';

/** The command line as one file that needs nothing but Node: every dependency is bundled. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/host/cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    // V8 reads what `var` declares anew wherever it is used: constants stay constants, and loops a tenth faster.
    rolldownOptions: { output: { entryFileNames: 'hotpath.mjs', codeSplitting: false, topLevelVar: false } },
  },
  ssr: { noExternal: true, target: 'node' },
});
