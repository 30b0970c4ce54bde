import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricColumn } from './columns.ts';
import { WindowStore } from './WindowStore.ts';

const columns: MetricColumn[] = (['sum', 'mean', 'max', 'last'] as const).map((fold) => ({
  id: fold,
  unit: 'count',
  fold,
}));

/** The windows of [first, last) folded by hand. */
function folded(rows: readonly number[][], first: number, last: number): number[] {
  const part = rows.slice(first, last);
  const column = (index: number) => part.map((row) => row[index]);
  const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);
  return [sum(column(0)), sum(column(1)) / part.length, Math.max(...column(2)), column(3)[part.length - 1]];
}

function storeOf(rows: readonly number[][], batches: readonly number[], maxWindows: number): WindowStore {
  const store = new WindowStore(columns, 100, maxWindows);
  let first = 0;
  for (const size of [...batches, rows.length]) {
    const part = rows.slice(first, first + size);
    store.append({ first, count: part.length, values: Float64Array.from(part.flat()) });
    first += part.length;
  }
  return store;
}

const row = fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 });

describe('WindowStore', () => {
  it('merges neighbours as the columns say, whatever the batches, and loses none', () => {
    const property = fc.property(
      fc.array(row, { minLength: 1, maxLength: 200 }),
      fc.array(fc.nat(20), { maxLength: 10 }),
      fc.integer({ min: 2, max: 20 }),
      (rows, batches, maxWindows) => {
        const store = storeOf(rows, batches, maxWindows);
        const merged = store.widthUs / 100;
        expect(store.count).toBe(Math.ceil(rows.length / merged));
        expect(store.count).toBeLessThanOrEqual(maxWindows);
        for (let window = 0; window < store.count; window++) {
          const expected = folded(rows, window * merged, (window + 1) * merged);
          columns.forEach((_column, index) => expect(store.at(window, index)).toBeCloseTo(expected[index], 8));
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('folds a span of time', () => {
    const rows = Array.from({ length: 30 }, (_, index) => [index, index, (index * 7) % 30, index]);
    const store = storeOf(rows, [], 100);
    const over = [0, 1, 2, 3].map((column) => store.over(column, 500, 1200));
    expect(over).toEqual(folded(rows, 5, 12));
    expect(store.over(0, 0, Number.POSITIVE_INFINITY)).toBe(435);
  });

  it('knows its columns by name and the window of a time', () => {
    const store = storeOf(
      [
        [1, 1, 1, 1],
        [2, 2, 2, 2],
      ],
      [],
      10,
    );
    expect([store.column('mean'), store.column('none')]).toEqual([1, -1]);
    expect([0, 99, 100, 199, 200, 10_000].map((atUs) => store.windowAt(atUs))).toEqual([0, 0, 1, 1, 1, 1]);
    expect(new WindowStore(columns, 100).windowAt(50)).toBe(-1);
  });
});
