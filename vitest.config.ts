import { defineConfig, mergeConfig } from 'vitest/config';
import site from './vite.config.ts';

/**
 * The build's own plugins apply, so that a test can import a lesson or a scenario as the app does. Tests run in plain
 * Node; one that needs a document says so in its first line (`@vitest-environment happy-dom`).
 */
export default mergeConfig(
  site,
  defineConfig({
    test: {
      environment: 'node',
      include: ['src/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'content/**/*.test.ts'],
      setupFiles: ['vitest.setup.ts'],
      testTimeout: 30_000,
      // Two cores are what a build machine has; the default would leave one idle.
      maxWorkers: 2,
      // No test leaves anything behind in a module; loading the engine once a worker saves a quarter of the time.
      isolate: false,
    },
  }),
);
