import { describe, expect, it } from 'vitest';
import { ReplayRun, replayTrace } from '../replay/replay.ts';
import { traceOf, zipfTrace } from './exampleTraces.ts';
import { shrinkAccesses } from './shrinkAccesses.ts';
import { finish } from './Sliced.ts';
import { type Difference, whereTheyDiffer } from './whereTheyDiffer.ts';

/** Zipf throughout, and in its middle a long loop, over which LRU has nothing and Random something. */
const zipf = zipfTrace(30_000, 2000, 0.9, 3);
const loop = Array.from({ length: 6000 }, (_, i) => 10_000 + (i % 300));
const trace = traceOf([...zipf.ids.subarray(0, 15_000), ...loop, ...zipf.ids.subarray(15_000)]);

function hitsWithin(policyId: string, size: number, from: number, to: number): number {
  const run = new ReplayRun(trace, policyId, size);
  run.advance(from);
  const before = run.hits;
  run.advance(to - from);
  return run.hits - before;
}

function checkSmall({ small, policyIds, totalHits }: Difference): void {
  if ('refused' in small) throw new Error(small.refused);
  const { accesses, capacityEntries, hits, ids, seed } = small;
  const again = policyIds.map((id) => replayTrace(traceOf(accesses), id, capacityEntries, { seed }).hits);
  expect(hits).toEqual(again);
  expect(Math.sign(hits[0] - hits[1])).toBe(Math.sign(totalHits[0] - totalHits[1]));
  expect(accesses.length).toBeLessThanOrEqual(200);
  expect(capacityEntries).toBeGreaterThanOrEqual(4);
  expect(capacityEntries).toBeLessThanOrEqual(16);
  expect(ids).toHaveLength(new Set(accesses).size);
  expect(Math.max(...accesses)).toBe(ids.length - 1);
  // Its keys are keys of the trace, and the accesses come in this order there.
  let place = 0;
  for (const access of accesses) {
    const found = trace.ids.indexOf(ids[access], place);
    expect(found).toBeGreaterThanOrEqual(place);
    place = found + 1;
  }
  // Nothing in it is idle.
  for (let i = 0; i < accesses.length; i++) {
    const without = traceOf(accesses.toSpliced(i, 1));
    const [a, b] = policyIds.map((id) => replayTrace(without, id, capacityEntries, { seed }).hits);
    expect(Math.sign(a - b)).not.toBe(Math.sign(hits[0] - hits[1]));
  }
}

describe('where two policies differ', () => {
  it('is in the loop, for LRU and Random', () => {
    const found = finish(whereTheyDiffer(trace, ['random', 'lru'], 280));
    if (found === null) throw new Error('no difference');
    const { from, to, hits, totalHits, course } = found;
    expect(to - from).toBe(200);
    expect(from).toBeGreaterThanOrEqual(15_000);
    expect(to).toBeLessThanOrEqual(21_000);
    expect(hits).toEqual([hitsWithin('random', 280, from, to), hitsWithin('lru', 280, from, to)]);
    expect(hits[0] - hits[1]).toBeGreaterThan(100);
    expect(totalHits).toEqual(['random', 'lru'].map((id) => replayTrace(trace, id, 280).hits));
    expect(course.gap.at(-1)).toBe(totalHits[0] - totalHits[1]);
    expect(course.at.at(-1)).toBe(trace.ids.length);
    expect(course.at.length).toBeLessThanOrEqual(202);
    checkSmall(found);
  });

  it.each([
    ['lru', 'fifo'],
    ['lfu', 'lru'],
    ['lru', 'ttl-only'],
  ] as const)('comes with a short trace that shows it: %s against %s', (first, second) => {
    const found = finish(whereTheyDiffer(trace, [first, second], 100));
    if (found === null) throw new Error('no difference');
    expect(found.hits).toEqual([first, second].map((id) => hitsWithin(id, 100, found.from, found.to)));
    const ahead = Math.sign(found.totalHits[0] - found.totalHits[1]);
    expect(Math.sign(found.hits[0] - found.hits[1])).toBe(ahead);
    checkSmall(found);
  });

  it('is nowhere where they do the same', () => {
    expect(finish(whereTheyDiffer(trace, ['lru', 'lru'], 50))).toBeNull();
    expect(finish(whereTheyDiffer(trace, ['lru', 'fifo'], trace.distinct))).toBeNull();
  });

  it('says in words that no short trace shows it', () => {
    // Four keys and a cache of three: too small for any cache of the microscope to differ.
    const tiny = traceOf('abacadabacadabcabdabacad');
    const found = finish(whereTheyDiffer(tiny, ['lru', 'fifo'], 3));
    expect(found?.small).toEqual({ refused: expect.stringMatching(/LRU and FIFO differ .* at 3 entries/) });
  });

  it('refuses what has no answer', () => {
    expect(() => finish(whereTheyDiffer(traceOf([]), ['lru', 'fifo'], 1))).toThrow('without requests');
    expect(() => finish(whereTheyDiffer(trace, ['lru', 'fifo'], trace.distinct + 1))).toThrow('can change nothing');
    expect(() => finish(whereTheyDiffer(trace, ['lru', 'fito'], 5))).toThrow("did you mean 'fifo'");
  });
});

describe('shrinking', () => {
  it('leaves nothing that can be left out', () => {
    const shows = (list: readonly number[]) =>
      list.filter((x) => x === 7).length >= 2 && list.indexOf(3) > list.indexOf(7);
    const list = [1, 7, 2, 2, 3, 7, 1, 7, 3, 4];
    expect(shows(list)).toBe(true);
    const short = finish(shrinkAccesses(list, shows));
    expect(short.toSorted((a, b) => a - b)).toEqual([3, 7, 7]);
    expect(shows(short)).toBe(true);
  });
});
