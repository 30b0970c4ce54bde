import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { simulate } from '../src/host/Session.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import type { Scenario } from '../src/scenario/schema.ts';

const folder = new URL('../content/scenarios/', import.meta.url);
const assets = new URL('../dist/assets/', import.meta.url);
const untilUs = 20_000_000;

const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name): Scenario => {
    const read = parseScenario(readFileSync(new URL(name, folder), 'utf8'), { file: name });
    if ('problems' in read) throw new Error(`${name} is not valid`);
    return read.scenario;
  });

/** Runs a scenario in the built worker, in steps of `sliceUs`, and returns the span hash. Runs in the page. */
async function hashInWorker([script, scenario, goalUs, sliceUs]: [string, Scenario, number, number]): Promise<string> {
  const worker = new Worker(script, { type: 'module' });
  try {
    return await new Promise<string>((resolve, reject) => {
      let untilUs = 0;
      const advance = () => {
        untilUs = Math.min(goalUs, untilUs + sliceUs);
        worker.postMessage({ type: 'advance', run: 1, untilUs, withHash: untilUs === goalUs });
      };
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.type === 'opened') advance();
        else if (data.type === 'failed') reject(new Error(data.message));
        else if (data.type === 'batch' && !data.more) {
          if (data.batch.horizonUs >= goalUs) resolve(data.batch.hash);
          else advance();
        }
      };
      worker.postMessage({ type: 'open', run: 1, scenario, actions: [] });
    });
  } finally {
    worker.terminate();
  }
}

test.describe('the same run, to the last bit, in the browser’s worker and in Node', () => {
  const script = readdirSync(assets).find((name) => /^worker.*\.js$/.test(name));

  test('the build has a worker and the library has scenarios', () => {
    expect(script).toBeDefined();
    expect(scenarios.length).toBeGreaterThan(7);
  });

  for (const scenario of scenarios) {
    test(scenario.id, async ({ page }) => {
      const goalUs = Math.min(untilUs, scenario.duration);
      await page.goto('./robots.txt');
      const run = (sliceUs: number) =>
        page.evaluate(hashInWorker, [`./assets/${script}`, scenario, goalUs, sliceUs] as [
          string,
          Scenario,
          number,
          number,
        ]);
      const inSlices = run(10_000);
      // Meanwhile: there are two cores.
      const expected = simulate(scenario, [], goalUs).batch.hash;
      expect(await inSlices, 'in slices of 10 ms').toBe(expected);
      expect(await run(goalUs), 'at once').toBe(expected);
    });
  }

  test('in slices of a millisecond', async ({ page }) => {
    const [scenario] = scenarios;
    const expected = simulate(scenario, [], 3_000_000).batch.hash;
    await page.goto('./robots.txt');
    const hash = await page.evaluate(hashInWorker, [`./assets/${script}`, scenario, 3_000_000, 1000] as [
      string,
      Scenario,
      number,
      number,
    ]);
    expect(hash).toBe(expected);
  });

  test('another seed gives another run', () => {
    const [scenario] = scenarios;
    const one = simulate(scenario, [], 3_000_000).batch.hash;
    const other = simulate({ ...scenario, seed: scenario.seed + 1 }, [], 3_000_000).batch.hash;
    expect(one).not.toBe(other);
  });
});
