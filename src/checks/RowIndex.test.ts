import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLAG, OUTCOME } from '../spans/codes.ts';
import { createColumns, type Row, rowAt } from '../spans/columns.ts';
import { RowIndex } from './RowIndex.ts';
import { identified } from './RowSelector.ts';

const row = fc.record({
  op: fc.integer({ min: 0, max: 4 }),
  start: fc.integer({ min: 0, max: 20 }),
  lengthUs: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.POSITIVE_INFINITY)),
  outcome: fc.integer({ min: 0, max: 6 }),
  cause: fc.integer({ min: 0, max: 3 }),
  flags: fc.integer({ min: 0, max: 40 }),
  node: fc.integer({ min: 0, max: 3 }),
  from: fc.integer({ min: 0, max: 3 }),
  key: fc.integer({ min: 0, max: 3 }),
  version: fc.integer({ min: -1, max: 2 }),
});
const table = fc.array(row, { maxLength: 60 }).map((rows) => {
  const columns = createColumns(rows.length);
  rows.forEach(({ lengthUs, ...fields }, index) => {
    const whole = { ...fields, id: index + 1, end: fields.start + lengthUs };
    for (const [name, value] of Object.entries(whole)) columns[name as 'start'][index] = value;
    columns.length++;
  });
  return columns;
});
const some = fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }), {
  nil: undefined,
});
const selector = fc
  .record({
    op: some,
    outcome: some,
    cause: some,
    node: some,
    from: some,
    key: some,
    version: some,
    flag: fc.constantFrom(undefined, 1, 33),
    settled: fc.boolean(),
    answered: fc.boolean(),
    stale: fc.boolean(),
  })
  .map(identified);

describe('the rows of a run', () => {
  it('are found by label as by going through all of them', () => {
    fc.assert(
      fc.property(table, fc.array(selector, { minLength: 1, maxLength: 4 }), (rows, selectors) => {
        const index = new RowIndex(rows);
        const all = Array.from({ length: rows.length }, (_, at) => rowAt(rows, at));
        for (const one of selectors) {
          const isIn = (list: readonly number[] | undefined, value: number) =>
            list === undefined || list.includes(value);
          const fits = (each: Row): boolean =>
            isIn(one.op, each.op) &&
            isIn(one.outcome, each.outcome) &&
            isIn(one.cause, each.cause) &&
            isIn(one.node, each.node) &&
            isIn(one.from, each.from) &&
            isIn(one.key, each.key) &&
            isIn(one.version, each.version) &&
            (one.flag === undefined || (each.flags & one.flag) > 0) &&
            (each.end !== Number.POSITIVE_INFINITY || !(one.settled || one.outcome || one.cause)) &&
            (!one.answered || each.outcome < OUTCOME.timeout) &&
            (!one.stale || (each.flags & FLAG.stale) > 0);
          const expected = all.filter(fits).sort((a, b) => a.start - b.start || a.id - b.id);
          const found = index.select(one);
          expect([...found].map((at) => rows.id[at])).toEqual(expected.map(({ id }) => id));
          const between = expected.filter(({ start }) => start >= 5 && start < 12).map(({ id }) => id);
          expect([...index.between(found, 5, 12)].map((at) => rows.id[at])).toEqual(between);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are counted where most are under way', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 10 }), (rows, fromUs, width) => {
        const all = Array.from({ length: rows.length }, (_, at) => rowAt(rows, at));
        const underWay = (atUs: number): number =>
          all.filter(({ start, end }) => (start === end ? start === atUs : start <= atUs && atUs < end)).length;
        // Everything happens on whole µs, so that halves see what lies between.
        const instants = Array.from({ length: width * 2 }, (_, half) => fromUs + half / 2);
        const { count, atUs } = new RowIndex(rows).peak(identified({}), fromUs, fromUs + width);
        expect(count).toBe(Math.max(0, ...instants.map(underWay)));
        expect(underWay(atUs)).toBe(count);
      }),
      { numRuns: 400 },
    );
  });
});
