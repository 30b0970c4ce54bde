import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { moved, rank } from './ranking.ts';

it('counts what stands in a place of its value', () => {
  expect(rank([5, 9, 1], [1, 0, 2], 'most')).toMatchObject({ places: [1, 0, 2], sorted: [1, 0, 2], right: 3 });
  expect(rank([5, 9, 1], [1, 0, 2], 'least')).toMatchObject({
    places: [1, 2, 0],
    fits: [false, true, false],
    right: 1,
  });
  expect(rank([4, 4, 1], [1, 0, 2], 'most').right).toBe(3);
});

it('calls the order by value all right, and its reverse wrong where no value stands in the middle', () => {
  const different = fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(different, (values) => {
      const byValue = values.map((_, item) => item).sort((a, b) => values[b] - values[a]);
      expect(rank(values, byValue, 'most').right).toBe(values.length);
      expect(rank(values, [...byValue].reverse(), 'least').right).toBe(values.length);
      expect(rank(values, byValue, 'least').right).toBe(values.length % 2);
    }),
  );
});

it('moves one item and keeps all of them', () => {
  expect(moved([0, 1, 2], 2, -1)).toEqual([0, 2, 1]);
  expect(moved([0, 1, 2], 0, -1)).toEqual([0, 1, 2]);
  expect(moved([0, 1, 2], 2, 1)).toEqual([0, 1, 2]);
  fc.assert(
    fc.property(fc.nat(8), fc.nat(8), fc.constantFrom(-1 as const, 1 as const), (length, place, by) => {
      const order = Array.from({ length }, (_, item) => item);
      expect([...moved(order, place, by)].sort((a, b) => a - b)).toEqual(order);
    }),
  );
});
