import { defineConfig } from 'vitest/config';

/** Tests run in plain Node; one that needs a document says so in its first line (`@vitest-environment happy-dom`). */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'content/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
