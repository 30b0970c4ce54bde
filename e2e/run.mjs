/**
 * Runs the end-to-end tests: finds a browser, builds, serves the build below a sub-path and starts Playwright on it.
 * `--no-build` takes the build that is there; every other argument goes to Playwright (a file name, `--grep`, `--debug`, …).
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, launchArgs } from './findBrowser.mjs';
import { serve } from './serve.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const resultFile = join(root, 'test-results/e2e.json');
const passedOn = process.argv.slice(2).filter((arg) => arg !== '--no-build');

async function main() {
  const browser = await findBrowser();
  console.log(`Browser: ${browser.executablePath ?? browser.source} (${browser.source})`);
  if (!process.argv.includes('--no-build') || !existsSync(join(dist, 'index.html'))) {
    for (const config of ['vite.config.ts', 'vite.embed.config.ts']) {
      const code = await node('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn', '--config', config]);
      if (code !== 0) return code;
    }
  }
  mkdirSync(join(root, 'test-results'), { recursive: true });
  rmSync(resultFile, { force: true });
  const server = await serve(dist);
  const code = await node(
    'node_modules/@playwright/test/cli.js',
    ['test', '-c', 'e2e/playwright.config.ts', ...passedOn],
    {
      HOTPATH_E2E_URL: server.url,
      HOTPATH_E2E_LAUNCH: JSON.stringify({
        executablePath: browser.executablePath,
        args: launchArgs(),
      }),
      ...browser.env,
      ...(browser.channel ? { HOTPATH_E2E_CHANNEL: browser.channel } : {}),
    },
  );
  await server.close();
  return code === 0 && !someTestRan() ? 1 : code;
}

/** A run in which every test was skipped or filtered away is not a pass. */
function someTestRan() {
  // The person asked for another report or a list: then there is nothing to count.
  if (passedOn.some((arg) => /^--(reporter|list|ui)\b/.test(arg))) return true;
  const { stats } = JSON.parse(readFileSync(resultFile, 'utf8'));
  if (stats.skipped > 0) console.log(`${stats.skipped} end-to-end tests were skipped.`);
  if (stats.expected + stats.unexpected + stats.flaky > 0) return true;
  console.error('No end-to-end test ran.');
  return false;
}

function node(script, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
