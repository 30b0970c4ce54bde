/**
 * Results that must not change unnoticed: counters and span hash of pinned scenarios. `HOTPATH_GOLDEN=write npm run
 * golden` writes them anew; a change that moves them must also raise the version in src/engineVersion.ts, because old
 * links replay by it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { engineVersion } from '../engineVersion.ts';
import type { Scenario } from '../scenario/schema.ts';
import { checkInvariants } from './invariants.ts';
import { hashInSlices } from './fuzz.ts';
import { goldenScenarios } from './goldenScenarios.ts';
import { Session, simulate } from './Session.ts';

type Golden = Record<string, number | string>;

const file = fileURLToPath(new URL('golden.json', import.meta.url));
const counted = [
  'requests.arrived',
  'requests.completed',
  'requests.timed-out',
  'requests.rejected',
  'requests.failed',
  'reads.stale',
  'cache.hits{tier=local}',
  'cache.hits{tier=redis}',
  'cache.evictions{tier=redis}',
  'cache.expirations{tier=redis}',
  'database.reads',
  'database.writes',
];

function resultOf(scenario: Scenario): Golden {
  const { session, batch } = simulate(scenario);
  expect(checkInvariants({ scenario, actions: [], session, batch })).toEqual([]);
  const counters = counted.map((id) => [id, batch.totals[session.world.metrics.index(id)]]);
  return {
    ...Object.fromEntries(counters),
    rows: batch.closed.length,
    readP99: batch.latency.read.p99,
    hash: batch.hash,
  };
}

if (process.env.HOTPATH_GOLDEN === 'write') {
  const results = Object.fromEntries([...goldenScenarios].map(([name, scenario]) => [name, resultOf(scenario)]));
  writeFileSync(file, `${JSON.stringify({ engineVersion, results }, null, 2)}\n`);
}

const golden = JSON.parse(readFileSync(file, 'utf8')) as { engineVersion: string; results: Record<string, Golden> };
const advice =
  'A golden result has changed. If that is meant: raise engineVersion, then HOTPATH_GOLDEN=write npm run golden';

describe('golden results', () => {
  it('belong to this version of the engine', () => {
    expect(golden.engineVersion, advice).toBe(engineVersion);
    expect([...goldenScenarios.keys()], advice).toEqual(Object.keys(golden.results));
  });

  it.each([...goldenScenarios])('%s', (name, scenario) => {
    expect(resultOf(scenario), advice).toEqual(golden.results[name]);
  });
});

describe('determinism', () => {
  it('another process finds the same hashes', () => {
    const names = ['plain', 'near-cache', 'jitter-and-bytes', 'bursty-and-closed', 'server-dies'];
    const program = `
      import { goldenScenarios } from './goldenScenarios.ts';
      import { simulate } from './Session.ts';
      for (const name of ${JSON.stringify(names)}) console.log(simulate(goldenScenarios.get(name)).batch.hash);`;
    const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
    });
    expect(out.trim().split('\n')).toEqual(names.map((name) => golden.results[name].hash));
  });

  it('slices of a millisecond, of ten, and one of the whole length give the same hash', () => {
    for (const name of ['near-cache', 'knobs-turned', 'server-dies']) {
      const scenario = { ...(goldenScenarios.get(name) as Scenario), duration: 4_000_000 };
      const { hash } = simulate(scenario).batch;
      for (const sliceUs of [10_000, 1_000_000]) {
        expect(hashInSlices(new Session(scenario, []), sliceUs), `${name}, ${sliceUs} µs`).toBe(hash);
      }
      const short = { ...scenario, duration: 500_000 };
      expect(hashInSlices(new Session(short, []), 1000), `${name}, 1 ms`).toBe(simulate(short).batch.hash);
    }
  });

  it('another seed gives another hash', () => {
    expect(golden.results.plain.hash).not.toBe(golden.results['other-seed'].hash);
    expect(new Set(Object.values(golden.results).map(({ hash }) => hash)).size).toBe(goldenScenarios.size);
  });
});
