import { expect, it } from 'vitest';
import { WindowStore } from '../../src/index.ts';
import { lastSecondOf } from './lastSecond.ts';

const ids = ['reads.completed', 'read.latency', 'database.reads', 'requests.timed-out', 'requests.rejected'];

/** Windows of 250 ms; each row in the order of `ids`. */
function windowsOf(rows: number[][]): WindowStore {
  const columns = ids.map((id) => ({ id, unit: 'count' as const, fold: 'sum' as const, meaning: '' }));
  const store = new WindowStore(columns, 250_000);
  store.append({ first: 0, count: rows.length, values: new Float64Array(rows.flat()) });
  return store;
}

it('knows nothing during the first second', () => {
  expect(lastSecondOf(windowsOf([[1, 1, 1, 1, 1]]), 999_999)).toBeUndefined();
});

it('sums the four windows before the moment, and none after it', () => {
  const quiet = [10, 50_000, 2, 0, 0];
  const rows = [[99, 1, 99, 99, 99], quiet, quiet, quiet, [10, 450_000, 4, 3, 5], [99, 1, 99, 99, 99]];
  expect(lastSecondOf(windowsOf(rows), 1_300_000)).toEqual({
    latencyUs: 15_000,
    databaseReadsPerSecond: 10,
    lostPerSecond: 8,
  });
});

it('gives no latency when nothing was answered', () => {
  const none = [0, 0, 0, 1, 0];
  expect(lastSecondOf(windowsOf([none, none, none, none]), 1_000_000)?.latencyUs).toBeUndefined();
});
