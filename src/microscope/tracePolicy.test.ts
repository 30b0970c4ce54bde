import { describe, expect, it } from 'vitest';
import { policyEntry } from '../policies/allPolicies.ts';
import { readSequence } from './readSequence.ts';
import { firstDifference, tracePolicy } from './tracePolicy.ts';

const run = (id: string, text: string, capacity: number, seed = 1) =>
  tracePolicy(policyEntry(id), { sequence: readSequence(text), capacity, seed });
const victims = (text: string, trace: ReturnType<typeof run>): string =>
  trace.steps.map(({ victim }) => (victim < 0 ? '.' : readSequence(text).names[victim])).join('');

describe('tracePolicy', () => {
  it('gives the faults of Belady, Nelson and Shedler (CACM 12(6), 1969): nine with three frames, ten with four', () => {
    const text = '1 2 3 4 1 2 5 1 2 3 4 5';
    for (const [capacity, faults] of [
      [3, 9],
      [4, 10],
    ]) {
      const { hits, steps } = run('fifo', text, capacity);
      expect(steps.length - (hits.at(-1) ?? 0)).toBe(faults);
    }
  });

  it('says at each access what came of it, and keeps the insides of before and after', () => {
    const trace = run('lru', 'ABCADB', 3);
    expect(trace.steps.map(({ hit }) => hit)).toEqual([false, false, false, true, false, false]);
    expect(victims('ABCADB', trace)).toBe('....BC');
    expect(trace.hits).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(trace.insides).toHaveLength(7);
    expect(trace.insides.map(({ lists: [list] }) => list.cells.map(({ id }) => id))).toEqual([
      [],
      [0],
      [1, 0],
      [2, 1, 0],
      [0, 2, 1],
      [3, 0, 2],
      [1, 3, 0],
    ]);
  });

  it('says why a key is missing', () => {
    expect(run('lru', 'ABCDA', 3).steps.map(({ miss }) => miss)).toEqual([
      ...Array.from({ length: 4 }, () => ({ cause: 'first', at: -1 })),
      { cause: 'evicted', at: 3 },
    ]);
    const ttl = run('ttl-only', '(A)x7 A', 3);
    expect(ttl.steps[6]).toMatchObject({ hit: false, expired: [0], miss: { cause: 'expired', at: 6 } });
    expect(run('ttl-only', 'ABCDD', 3).steps[4]).toMatchObject({ refused: true, miss: { cause: 'refused', at: 3 } });
  });

  it('draws the same lots for the same seed', () => {
    const text = '(A-H)x4';
    const drawn = [1, 1, 2, 3].map((seed) => victims(text, run('random', text, 4, seed)));
    expect(drawn[0]).toBe(drawn[1]);
    expect(new Set(drawn).size).toBe(3);
  });

  it('takes an empty sequence', () => {
    expect(run('lru', '', 4)).toMatchObject({ steps: [], hits: [0] });
  });
});

describe('firstDifference', () => {
  it('is the first access with another outcome or another victim', () => {
    expect(firstDifference([run('lru', 'ABCABC', 4), run('fifo', 'ABCABC', 4)])).toBe(-1);
    // LRU lets go of B, FIFO of A.
    expect(firstDifference([run('lru', 'ABCADA', 3), run('fifo', 'ABCADA', 3)])).toBe(4);
    expect(firstDifference([run('lru', 'ABCADA', 3), run('lru', 'ABCADA', 3), run('fifo', 'ABCADA', 3)])).toBe(4);
    // Nobody goes yet, but one of them has room left.
    expect(firstDifference([run('lru', 'ABCDA', 3), run('lru', 'ABCDA', 4)])).toBe(3);
    expect(firstDifference([run('lru', 'AB', 3)])).toBe(-1);
    expect(firstDifference([])).toBe(-1);
  });
});
