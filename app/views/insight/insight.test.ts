import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../../src/index.ts';
import { WindowRange } from '../charts/WindowRange.ts';
import { scenarioOf, simulatedRun } from '../testRun.ts';
import { insight } from './model.ts';

const between = async (input: Partial<ScenarioInput>, fromS: number, actS: number, toS: number) => {
  const run = await simulatedRun(scenarioOf(input));
  const at = (s: number) => Math.round((s * 1e6) / run.windows.widthUs);
  return insight(new WindowRange(run.windows, at(fromS), at(actS)), new WindowRange(run.windows, at(actS), at(toS)));
};

describe('insight', () => {
  it('says what changed most and by which cause', async () => {
    const text = await between(
      {
        duration: '10s',
        traffic: { readers: { rate: '400/s', count: 50 } },
        cache: { capacity: 100, ttl: 'none' },
        faults: [{ at: '5s', do: 'set', path: 'pattern.read', value: 'none' }],
      },
      2,
      5,
      10,
    );
    expect(text).toMatch(/^(Database queries|p99 of reads) rose from .+ to .+\.$/);
  });

  it('names the cause of the misses', async () => {
    const text = await between(
      {
        duration: '10s',
        traffic: { readers: { rate: '200/s', count: 50 } },
        cache: { capacity: 100, ttl: 'none' },
        faults: [{ at: '5s', do: 'set', path: 'cache.capacity', value: 5 }],
      },
      2,
      5,
      10,
    );
    expect(text).toContain('misses at Redis are “evicted”');
  });

  it('is silent where nothing changed, and where nothing is known', async () => {
    const steady = { duration: '20s', traffic: { readers: { rate: '500/s', count: 1 } }, cache: { ttl: 'none' } };
    expect(await between(steady as never, 4, 12, 20)).toBeNull();
    expect(await between(steady as never, 4, 4, 20)).toBeNull();
  });
});
