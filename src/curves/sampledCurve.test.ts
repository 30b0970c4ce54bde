import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { allPolicies } from '../policies/allPolicies.ts';
import { type ReplayedTrace, replayTrace } from '../replay/replay.ts';
import { traceOf, zipfTrace } from './exampleTraces.ts';
import { lruCurve } from './lruCurve.ts';
import { sampledCurve, type SampledOptions, type SampledPoint } from './sampledCurve.ts';
import { finish } from './Sliced.ts';
import { spatialSamples } from './spatialSample.ts';

const folder = new URL('../../../shared/traces/', import.meta.url);

type Estimate = Extract<SampledPoint, { hitRatio: number }>;

function estimates(
  trace: ReplayedTrace,
  sizes: readonly number[],
  options: SampledOptions,
  policy = 'lru',
): Estimate[] {
  const { points } = finish(sampledCurve(trace, policy, sizes, options));
  return points.filter((point): point is Estimate => 'hitRatio' in point);
}

/** Errors of single samples in points, over seeds, and how often the stated interval holds the truth. */
function errorsOf(trace: ReplayedTrace, sizes: readonly number[], options: SampledOptions) {
  const { hits } = finish(lruCurve(trace));
  const errors: number[] = [];
  let [held, all] = [0, 0];
  for (let seed = 1; seed <= 8; seed++) {
    for (const point of estimates(trace, sizes, { ...options, seed })) {
      const truth = hits[point.sizeEntries] / trace.ids.length;
      errors.push(...point.estimates.map((value) => 100 * Math.abs(value - truth)));
      all++;
      if (Math.abs(point.hitRatio - truth) <= point.error) held++;
    }
  }
  return {
    mean: errors.reduce((sum, value) => sum + value, 0) / errors.length,
    worst: Math.max(...errors),
    held: held / all,
    all,
  };
}

describe('samples by key', () => {
  const trace = zipfTrace(60_000, 8000, 0.8, 3);

  it('hold a key with all of its requests or with none, in their order, and share no key', () => {
    // Every fourth part: four samples hold all keys.
    const samples = finish(spatialSamples(trace, { rate: 0.25, samples: 4, seed: 9 }));
    expect(samples.reduce((sum, { distinct }) => sum + distinct, 0)).toBe(trace.distinct);
    expect(samples.reduce((sum, { ids }) => sum + ids.length, 0)).toBe(trace.ids.length);
    for (const { ids, distinct } of samples) {
      expect(Math.abs(distinct / trace.distinct - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / trace.distinct));
      expect(traceOf(ids)).toEqual({ ids, distinct });
    }
  });

  it('are others with another seed, the same with the same', () => {
    const take = (seed: number) => finish(spatialSamples(trace, { rate: 0.05, samples: 1, seed }))[0].ids.join();
    expect(take(1)).toBe(take(1));
    expect(take(1)).not.toBe(take(2));
  });
});

describe('a sampled curve', () => {
  const trace = zipfTrace(1_000_000, 150_000, 1, 6);
  const sizes = [5000, 15_000, 40_000, 90_000];

  it('is some tenths of a point off at 10 %, several times less than without the correction', () => {
    const corrected = errorsOf(trace, sizes, { rate: 0.1 });
    const plain = errorsOf(trace, sizes, { rate: 0.1, correction: false });
    expect(corrected.mean).toBeLessThan(0.6);
    expect(corrected.worst).toBeLessThan(4);
    expect(plain.mean).toBeGreaterThan(5 * corrected.mean);
  });

  it('says how far off it may be: its 95 % interval holds the truth nearly always', () => {
    const { held, all } = errorsOf(trace, sizes, { rate: 0.05 });
    expect(all).toBe(32);
    expect(held).toBeGreaterThan(0.8);
  });

  it.runIf(existsSync(folder))('has errors of the published size on a real trace', () => {
    const text = gunzipSync(readFileSync(new URL('arc-oltp.txt.gz', folder))).toString();
    const oltp = traceOf(text.trim().split('\n'));
    const real = [5000, 10_000, 20_000, 50_000, 100_000];
    const [at1, plain] = [true, false].map((correction) => errorsOf(oltp, real, { rate: 0.01, correction }));
    // Published, on other hashes and sizes: 2.0 with the correction and 6.8 without it at 1 %, 0.84 at 10 %.
    expect(at1.mean).toBeLessThan(3);
    expect(plain.mean).toBeGreaterThan(2 * at1.mean);
    expect(errorsOf(oltp, real, { rate: 0.1 }).mean).toBeLessThan(1);
  });

  it('scales other policies as miniature caches', () => {
    for (const policy of ['fifo', 'lfu', 'random']) {
      for (const { sizeEntries, hitRatio, error } of estimates(trace, sizes, { rate: 0.1 }, policy)) {
        const truth = replayTrace(trace, policy, sizeEntries).hits / trace.ids.length;
        expect(Math.abs(hitRatio - truth)).toBeLessThan(Math.max(0.01, 1.5 * error));
        expect(error).toBeLessThan(0.05);
      }
    }
  });

  it('gives the same miniatures for LRU, by distances and by replay', () => {
    const [part] = finish(spatialSamples(trace, { rate: 0.1, samples: 4, seed: 1 }));
    const expected = trace.ids.length * 0.1;
    for (const { sizeEntries, estimates: each } of estimates(trace, sizes, { rate: 0.1 })) {
      const { hits } = replayTrace(part, 'lru', Math.round(sizeEntries * 0.1));
      expect(Math.abs(each[0] - (hits + expected - part.ids.length) / expected)).toBeLessThan(0.001);
    }
  });

  it('refuses what a sample cannot tell', () => {
    const sample = (policy: string, size: number, options: SampledOptions, of = trace) =>
      finish(sampledCurve(of, policy, [size], options));
    expect(() => sample('lru', 5000, { rate: 0.3 })).toThrow('sampling rate');
    expect(() => sample('lru', 5000, { rate: 0 })).toThrow('sampling rate');
    expect(() => sample('lru', 5000, { rate: 0.1, samples: 1 })).toThrow('2 to 8 samples');
    expect(() => sample('lru', 500, { rate: 0.01 }, zipfTrace(20_000, 5000, 1, 1))).toThrow('would mislead');
    expect(() => sample('lru', trace.distinct + 1, { rate: 0.1 })).toThrow('can change nothing');
    expect(() => sample('lru', 1, { rate: 0.1 }, { ids: new Uint32Array(0), distinct: 0 })).toThrow('without requests');
    const { points } = sample('lru', 200, { rate: 0.1 });
    expect(points).toEqual([{ sizeEntries: 200, refused: expect.stringContaining('miniature of 20') }]);
    if (allPolicies.some(({ id }) => id === 'w-tinylfu-climbing'))
      expect(() => sample('w-tinylfu-climbing', 5000, { rate: 0.1 })).toThrow('cannot be sampled');
  });
});
