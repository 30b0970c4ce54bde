import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteColumns, type Columns, createColumns, intColumns, resizedColumns, timeColumns } from './columns.ts';
import { SpanHash } from './SpanHash.ts';

const time = fc.oneof(
  fc.nat(1_000_000),
  fc.constantFrom(0, 2_592_000_000_000, 4_294_967_296, Number.POSITIVE_INFINITY),
);

function tableOf(rows: readonly Record<string, number>[]): Columns {
  const table = createColumns(rows.length);
  for (const row of rows) {
    const index = table.length++;
    for (const name of [...timeColumns, ...intColumns, ...byteColumns]) table[name][index] = row[name];
  }
  return table;
}

const row = fc.record<Record<string, number>>({
  ...Object.fromEntries(timeColumns.map((name) => [name, time])),
  ...Object.fromEntries(intColumns.map((name) => [name, fc.integer({ min: -1, max: 2_000_000_000 })])),
  ...Object.fromEntries(byteColumns.map((name) => [name, fc.nat(255)])),
});

function hashOf(table: Columns): string {
  const hash = new SpanHash();
  hash.add(table, 0);
  return hash.digest();
}

describe('SpanHash', () => {
  it('is the same however the rows are sliced', () => {
    const property = fc.property(fc.array(row, { maxLength: 30 }), fc.nat(30), (rows, cut) => {
      const whole = hashOf(tableOf(rows));
      const sliced = new SpanHash();
      sliced.add(tableOf(rows.slice(0, cut)), 0);
      sliced.digest();
      const rest = tableOf([...rows.slice(0, 1), ...rows.slice(cut)]);
      sliced.add(rest, Math.min(1, rows.length));
      expect(sliced.digest()).toBe(whole);
      expect(whole).toMatch(/^[0-9a-f]{16}$/);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('changes with any number of any row, and with the order of rows', () => {
    const names = [...timeColumns, ...intColumns, ...byteColumns];
    const property = fc.property(
      fc.array(row, { minLength: 2, maxLength: 6 }),
      fc.nat(),
      fc.nat(),
      (rows, place, column) => {
        const table = tableOf(rows);
        const before = hashOf(table);
        const name = names[column % names.length];
        const at = place % rows.length;
        const old = table[name][at];
        table[name][at] = old === Number.POSITIVE_INFINITY ? 5 : old === 255 ? 0 : old + 1;
        expect(hashOf(table)).not.toBe(before);
        table[name][at] = old;
        expect(hashOf(table)).toBe(before);
        if (hashOf(tableOf([rows[0]])) !== hashOf(tableOf([rows[1]]))) {
          expect(hashOf(tableOf([rows[1], rows[0], ...rows.slice(2)]))).not.toBe(before);
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('tells times apart that differ only above 32 bits, and a time from none', () => {
    const rest = Object.fromEntries([...intColumns, ...byteColumns].map((name) => [name, 0]));
    const at = (start: number) =>
      hashOf(tableOf([{ ...rest, ...Object.fromEntries(timeColumns.map((name) => [name, start])) }]));
    const hashes = [7, 7 + 4_294_967_296, 7 + 2 * 4_294_967_296, Number.POSITIVE_INFINITY, 0].map(at);
    expect(new Set(hashes).size).toBe(5);
  });

  it('keeps a checkpoint every thousand rows, so that the first bad block has a name', () => {
    const table = resizedColumns(createColumns(0), 2500);
    table.length = 2500;
    table.key[1500] = 1;
    const [good, bad] = [new SpanHash(), new SpanHash()];
    good.add(table, 0);
    table.key[1500] = 2;
    bad.add(table, 0);
    expect(good.checkpoints).toHaveLength(2);
    expect(good.checkpoints[0]).toBe(bad.checkpoints[0]);
    expect(good.checkpoints[1]).not.toBe(bad.checkpoints[1]);
  });

  it('is what it has always been', () => {
    const table = tableOf([
      {
        start: 1,
        sent: 2,
        arrive: 3,
        service: 4,
        leave: 5,
        end: 6,
        request: 7,
        id: 8,
        parent: 9,
        key: 10,
        version: -1,
        detail: 12,
        op: 1,
        outcome: 2,
        cause: 3,
        flags: 4,
        node: 5,
        from: 6,
      },
    ]);
    expect([hashOf(createColumns(0)), hashOf(table)]).toEqual(['ebb6c228048e72bd', '78be60a76ad3e7d6']);
  });
});
