import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Doorkeeper } from './Doorkeeper.ts';

describe('Doorkeeper', () => {
  it('knows a key from its second visit on', () => {
    const doorkeeper = new Doorkeeper();
    expect([7, 8, 7, 7, 8].map((key) => doorkeeper.knows(key, 10))).toEqual([false, false, true, true, true]);
    doorkeeper.forget();
    expect(doorkeeper.knows(7, 10)).toBe(false);
  });

  it('forgets by generations: never a key among the last few different ones, and all that it holds is bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 400 }), fc.integer({ min: 1, max: 10 }), (keys, perGeneration) => {
        const doorkeeper = new Doorkeeper();
        keys.forEach((key, index) => {
          const before = keys.slice(0, index);
          const since = new Set(before.slice(before.lastIndexOf(key) + 1));
          const known = doorkeeper.knows(key, perGeneration);
          if (!before.includes(key)) expect(known).toBe(false);
          else if (since.size < perGeneration) expect(known).toBe(true);
          expect(doorkeeper.size).toBeLessThanOrEqual(2 * perGeneration);
        });
      }),
    );
  });
});
