import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PositionSet } from './PositionSet.ts';

describe('PositionSet', () => {
  it.each([1, 31, 32, 33, 1024, 1025, 40_000])(
    'knows the largest of any integers below %i, like a sorted array',
    (bound) => {
      const step = fc.tuple(fc.boolean(), fc.nat(bound - 1));
      const run = fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const set = new PositionSet(bound);
        const model = new Set<number>();
        for (const [isAdded, position] of steps) {
          if (isAdded) {
            set.add(position);
            model.add(position);
          } else {
            set.delete(position);
            model.delete(position);
          }
          const largest = Math.max(-1, ...model);
          if (set.largest() !== largest) expect(set.largest()).toBe(largest);
        }
        set.clear();
        expect(set.largest()).toBe(-1);
      });
      fc.assert(run, { numRuns: 100 });
    },
  );

  it('is empty where there is nothing to hold', () => {
    expect(new PositionSet(0).largest()).toBe(-1);
  });
});
