import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPolicies } from '../policies/allPolicies.ts';
import { ReplayRun, replayTrace } from './replay.ts';

const requests = fc.array(fc.nat(20), { minLength: 1, maxLength: 300 });

describe('a replay', () => {
  it.each(allPolicies.map(({ id }) => id))('of %s comes to the same at once and in slices', (id) => {
    const run = fc.property(
      requests,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 50 }),
      (keys, size, slice) => {
        const trace = { ids: Uint32Array.from(keys), distinct: 21 };
        const options = { seed: 5, requestIntervalUs: 400_000 };
        const sliced = new ReplayRun(trace, id, size, options);
        let turns = 1;
        while (sliced.advance(slice)) turns++;
        expect(turns).toBe(Math.ceil(keys.length / slice));
        expect(sliced.isDone).toBe(true);
        const { hits } = sliced;
        expect({ requests: sliced.requests, hits }).toEqual(replayTrace(trace, id, size, options));
        expect(sliced.advance(slice)).toBe(false);
        expect(sliced.hits).toBe(hits);
      },
    );
    fc.assert(run, { numRuns: 50 });
  });

  it('of nothing is done at once', () => {
    const empty = { ids: new Uint32Array(0), distinct: 0 };
    for (const { id } of allPolicies) expect(replayTrace(empty, id, 3)).toEqual({ requests: 0, hits: 0 });
  });

  it('draws by its seed', () => {
    const trace = { ids: Uint32Array.from({ length: 5000 }, (_, at) => (at * at) % 97), distinct: 97 };
    const hits = (seed: number): number => replayTrace(trace, 'random', 20, { seed }).hits;
    expect(hits(1)).toBe(hits(1));
    expect(new Set([1, 2, 3, 4, 5].map(hits)).size).toBeGreaterThan(1);
  });

  it('refuses a size that no cache has, and a policy that there is not', () => {
    const trace = { ids: Uint32Array.of(0, 1), distinct: 2 };
    for (const size of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 31]) {
      expect(() => new ReplayRun(trace, 'lru', size)).toThrow(RangeError);
    }
    expect(() => new ReplayRun(trace, 'arcs', 1)).toThrow("did you mean 'arc'?");
  });
});
