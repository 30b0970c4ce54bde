import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReplayedTrace, replayTrace } from '../replay/replay.ts';

/** Three real traces that the project does not ship; with them at hand the policies are held against other simulators' counts. */
const folder = new URL('../../../shared/traces/', import.meta.url);

const traces = new Map<string, ReplayedTrace>();

/** The trace of this file: one key a line, numbered as they first appear. */
function traceOf(file: string): ReplayedTrace {
  const known = traces.get(file);
  if (known) return known;
  const numbers = new Map<string, number>();
  const keys = gunzipSync(readFileSync(new URL(file, folder)))
    .toString()
    .trimEnd()
    .split('\n');
  const ids = Uint32Array.from(keys, (key) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const trace = { ids, distinct: numbers.size };
  traces.set(file, trace);
  return trace;
}

/** File, capacity, and by how many points a policy that draws or hashes may differ from the mean of others. */
const columns = [
  ['lirs-multi1.txt.gz', 1000, 2.5],
  ['cache2k-web12.txt.gz', 1200, 0.5],
  ['arc-oltp.txt.gz', 1000, 0.2],
  ['arc-oltp.txt.gz', 5000, 0.2],
] as const;

/** Hits with an empty cache at the start: those of libCacheSim or of Caffeine's simulator, which agree where both have the policy. */
const exact: Record<string, readonly number[]> = {
  belady: [11322, 75642, 490093, 624076],
  fifo: [7103, 60192, 260805, 454180],
  lru: [7648, 63917, 300122, 490443],
  clock: [7704, 64638, 304172, 492078],
  lfu: [7888, 55278, 126458, 255926],
  slru: [7888, 66547, 342990, 479765],
  '2q': [7666, 66963, 370463, 509438],
  arc: [7889, 66350, 356015, 505080],
  lirs: [10847, 65718, 318287, 482672],
  sieve: [7888, 67096, 297626, 474305],
  's3-fifo': [9169, 67777, 373337, 510834],
};

/** Means over seeds or over renamed keys. */
const banded: Record<string, readonly number[]> = {
  'w-tinylfu': [10807, 66290, 325837, 478578],
  random: [8797, 59422, 259378, 440363],
};

describe.skipIf(!existsSync(folder))('on real traces', () => {
  it('reads what they are said to hold', () => {
    const sizes = columns.map(([file]) => [traceOf(file).ids.length, traceOf(file).distinct]);
    expect(sizes.slice(0, 3)).toEqual([
      [15858, 2606],
      [95607, 13756],
      [914145, 186880],
    ]);
  });

  it.each(Object.keys(exact))('%s hits exactly as often as in other simulators', (id) => {
    expect(columns.map(([file, capacity]) => replayTrace(traceOf(file), id, capacity).hits)).toEqual(exact[id]);
  });

  it.each(Object.keys(banded))('%s hits as often as others do in the mean', (id) => {
    columns.forEach(([file, capacity, points], column) => {
      const trace = traceOf(file);
      const runs = [1, 2, 3].map((seed) => replayTrace(trace, id, capacity, { seed }).hits);
      const mean = runs.reduce((sum, hits) => sum + hits, 0) / runs.length;
      expect((Math.abs(mean - banded[id][column]) / trace.ids.length) * 100).toBeLessThan(points);
    });
  });
});
