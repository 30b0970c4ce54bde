import { defineConfig } from '@playwright/test';

const baseURL = process.env.HOTPATH_E2E_URL;
if (!baseURL) throw new Error('Start the end-to-end tests with `npm run e2e`: it finds a browser, builds and serves.');

/**
 * Everything that depends on the machine comes from run.mjs by environment variables: address, browser, launch flags.
 * Two workers, for the two cores of a build machine: most tests wait for a run most of the time. No retries: a test that passes
 * only sometimes is a failing test. (`npm test` forgives two a second try and names them.) The waits are long, since a machine
 * that is busy with others is no defect of the page.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/e2e',
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    baseURL,
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
    launchOptions: JSON.parse(process.env.HOTPATH_E2E_LAUNCH ?? '{}'),
    channel: process.env.HOTPATH_E2E_CHANNEL,
  },
});
