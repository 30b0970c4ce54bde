import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayTrace } from '../replay/replay.ts';
import { groupPopulation } from '../theory/Population.ts';
import { lruHitRatio } from '../theory/lruChe.ts';
import { zipfShares } from '../theory/zipf.ts';
import { traceOf, zipfTrace } from './exampleTraces.ts';
import { lruCurve } from './lruCurve.ts';
import { finish } from './Sliced.ts';
import { StackDistances } from './StackDistances.ts';

/** LRU as a list, the way it is explained: the slow truth. */
function hitsOfList(ids: Uint32Array, size: number): number {
  const list: number[] = [];
  let hits = 0;
  for (const id of ids) {
    const place = list.indexOf(id);
    if (place >= 0) {
      hits++;
      list.splice(place, 1);
    } else if (list.length === size) list.pop();
    list.unshift(id);
  }
  return hits;
}

const folder = new URL('../../../shared/traces/', import.meta.url);
const hasTraces = existsSync(folder);
const real = (file: string) =>
  traceOf(
    gunzipSync(readFileSync(new URL(file, folder)))
      .toString()
      .trim()
      .split('\n'),
  );

describe('the exact LRU curve', () => {
  it('equals a list in which the last used moves to the front, at every size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 120 }), (keys) => {
        const trace = traceOf(keys);
        const { hits } = finish(lruCurve(trace));
        expect(hits[0]).toBe(0);
        for (let size = 1; size <= trace.distinct; size++) expect(hits[size]).toBe(hitsOfList(trace.ids, size));
      }),
      { numRuns: 200 },
    );
  });

  it('equals replays over many windows of slots, through every compaction', () => {
    // Nearly 40,000 keys in 152,000 slots: compacted three times, with a tree of five floors that is nearly full.
    const trace = zipfTrace(400_000, 40_000, 0.6, 3);
    expect(trace.distinct).toBeGreaterThan(39_000);
    const { hits, requests, distinct } = finish(lruCurve(trace));
    expect([requests, distinct]).toEqual([trace.ids.length, trace.distinct]);
    for (const size of [1, 2, 31, 32, 33, 1000, 1024, 20_000, 32_768, distinct - 1, distinct])
      expect([size, hits[size]]).toEqual([size, replayTrace(trace, 'lru', size).hits]);
    expect(hits[distinct]).toBe(requests - distinct);
  });

  it('does not depend on how it is cut', () => {
    const trace = zipfTrace(5000, 900, 0.8, 5);
    const whole = new StackDistances(trace.distinct, trace.ids.length);
    whole.run(trace.ids, 0, trace.ids.length);
    const cut = new StackDistances(trace.distinct, trace.ids.length);
    for (let from = 0; from < trace.ids.length; from += 7)
      cut.run(trace.ids, from, Math.min(from + 7, trace.ids.length));
    expect(cut.counts).toEqual(whole.counts);
  });

  it('refuses an empty trace', () => {
    expect(() => finish(lruCurve({ ids: new Uint32Array(0), distinct: 0 }))).toThrow('without requests');
  });

  it('lies where Che says, on a generated Zipf trace', () => {
    const [keys, requests] = [2000, 400_000];
    const trace = zipfTrace(requests, keys, 0.8, 7);
    const { hits } = finish(lruCurve(trace));
    const population = groupPopulation(zipfShares(keys, 0.8));
    for (const size of [50, 200, 800]) {
      const expected = lruHitRatio(population, size);
      // A cold start costs at most one miss an entry; draws scatter by a binomial's width, somewhat more where hits are correlated.
      const measured = (hits[size] + size / 2) / requests;
      const width = Math.sqrt((expected * (1 - expected)) / requests);
      expect(Math.abs(measured - expected)).toBeLessThan(4e-5 + size / 2 / requests + 5 * width);
    }
  });

  it('is the same on every machine', () => {
    const { hits, distinct } = finish(lruCurve(zipfTrace(100_000, 10_000, 1, 1)));
    expect([distinct, hits[10], hits[100], hits[1000], hits[distinct]]).toEqual([8520, 12_868, 38_735, 67_052, 91_480]);
  });

  it.runIf(hasTraces).each([
    ['lirs-multi1.txt.gz', [[1000, 7648]]],
    ['cache2k-web12.txt.gz', [[1200, 63_917]]],
    [
      'arc-oltp.txt.gz',
      [
        [1000, 300_122],
        [5000, 490_443],
      ],
    ],
  ])('has the published hits on %s', (file, rows) => {
    const { hits } = finish(lruCurve(real(file)));
    expect(rows.map(([size]) => [size, hits[size]])).toEqual(rows);
  });
});
