import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdHeap } from './IdHeap.ts';

describe('IdHeap', () => {
  it('has the id of the least number on top, whoever is added and taken out', () => {
    const run = fc.property(
      fc.uniqueArray(fc.nat(100_000), { minLength: 1, maxLength: 60, size: 'max' }),
      fc.array(fc.nat(59), { maxLength: 200, size: 'max' }),
      (keys, toggles) => {
        const heap = new IdHeap((id) => keys[id]);
        const model = new Set<number>();
        for (const toggle of toggles) {
          const id = toggle % keys.length;
          if (model.delete(id)) heap.remove(id);
          else {
            model.add(id);
            heap.add(id);
          }
          const sorted = [...model].sort((a, b) => keys[a] - keys[b]);
          expect([heap.size, heap.least(), heap.sorted()]).toEqual([sorted.length, sorted[0] ?? -1, sorted]);
        }
        heap.clear();
        expect([heap.size, heap.least()]).toEqual([0, -1]);
      },
    );
    fc.assert(run, { numRuns: 100 });
  });
});
