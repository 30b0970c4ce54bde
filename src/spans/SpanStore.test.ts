import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from './codes.ts';
import { type Columns, createColumns } from './columns.ts';
import { closingUs, SpanStore } from './SpanStore.ts';

interface Span {
  start: number;
  end: number;
  leave: number;
  request: number;
  op: number;
  outcome: number;
  flags: number;
}

function tableOf(spans: readonly Span[], firstId: number): Columns {
  const table = createColumns(spans.length);
  spans.forEach((span, index) => {
    for (const name of ['start', 'end', 'leave', 'request', 'op', 'outcome', 'flags'] as const)
      table[name][index] = span[name];
    table.id[index] = firstId + index;
  });
  table.length = spans.length;
  return table;
}

/** Requests of three rows each, that overlap their neighbours; closed rows come in order of closing. */
function traffic(requests: number, special: (request: number) => Partial<Span> = () => ({})): Span[] {
  const spans: Span[] = [];
  for (let request = 1; request <= requests; request++) {
    const start = request * 10;
    const plain = { request, op: OP['cache.get'], outcome: OUTCOME.ok, flags: 0 };
    spans.push({ ...plain, start: start + 1, leave: start + 5, end: start + 5 });
    spans.push({ ...plain, start: start + 5, leave: start + 38, end: start + 38 });
    spans.push({ ...plain, op: OP['request.read'], start, leave: start + 40, end: start + 40, ...special(request) });
  }
  return spans.sort((a, b) => a.end - b.end);
}

const span = fc.record({ start: fc.nat(400), length: fc.nat(60), late: fc.nat(30), abandoned: fc.boolean() });

describe('SpanStore', () => {
  it('finds what is under way at a time, and in a span of time, as a look at every row does', () => {
    const property = fc.property(
      fc.array(span, { maxLength: 700 }),
      fc.nat(500),
      fc.nat(50),
      (drawn, atUs, widthUs) => {
        const spans = drawn
          .map(({ start, length, late, abandoned }, index) => ({
            start,
            end: start + length,
            leave: start + length + (abandoned ? late : 0),
            request: index + 1,
            op: 0,
            outcome: 0,
            flags: abandoned ? FLAG.abandoned : 0,
          }))
          .sort((a, b) => a.leave - b.leave);
        const half = spans.length >> 1;
        const store = new SpanStore();
        store.append(tableOf(spans.slice(0, half), 1), createColumns(0));
        store.append(
          tableOf(spans.slice(half), half + 1),
          tableOf([{ ...spans[0], start: 300, end: Number.POSITIVE_INFINITY }], 9999),
        );
        const found: number[] = [];
        store.forEachActive(atUs, (table, index) => found.push(table.id[index]));
        const active = spans.flatMap(({ start, leave }, index) => (start <= atUs && leave > atUs ? [index + 1] : []));
        expect(found).toEqual(atUs >= 300 ? [...active, 9999] : active);
        const overlapping: number[] = [];
        store.forEachOverlapping(atUs, atUs + widthUs, (table, index) => overlapping.push(table.id[index]));
        const expected = spans.flatMap(({ start, leave }, index) =>
          start <= atUs + widthUs && leave > atUs ? [index + 1] : [],
        );
        expect(overlapping.filter((id) => id !== 9999)).toEqual(expected);
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it('gives the rows of one request in order of opening, closed and open', () => {
    const store = new SpanStore();
    store.append(
      tableOf(traffic(200), 1),
      tableOf(
        [{ start: 9000, end: Number.POSITIVE_INFINITY, leave: 0, request: 7, op: 1, outcome: 0, flags: 0 }],
        5000,
      ),
    );
    const ids = store.request(7).map(({ table, index }) => table.id[index]);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(store.request(7).every(({ table, index }) => table.request[index] === 7)).toBe(true);
    expect(store.request(100_000)).toEqual([]);
  });

  it('keeps a request whole or not at all when it thins, and notable ones always', () => {
    const store = new SpanStore(2000);
    const stale = (request: number) =>
      request % 150 === 17 ? { flags: FLAG.stale } : request % 150 === 23 ? { outcome: OUTCOME.timeout } : {};
    const spans = traffic(3000, stale);
    for (let from = 0; from < spans.length; from += 300)
      store.append(tableOf(spans.slice(from, from + 300), from + 1), createColumns(0));
    expect(store.closed.length).toBeLessThanOrEqual(2000);
    expect(store.keepOneIn).toBeGreaterThan(1);
    expect(store.keepOneIn).toBeLessThan(64);
    const rows = new Map<number, number>();
    for (let index = 0; index < store.closed.length; index++) {
      const request = store.closed.request[index];
      rows.set(request, (rows.get(request) ?? 0) + 1);
    }
    expect([...rows.values()].every((count) => count === 3)).toBe(true);
    for (let request = 1; request <= 3000; request++) {
      if (request % 150 === 17 || request % 150 === 23 || request % store.keepOneIn === 0)
        expect(rows.get(request)).toBe(3);
    }
  });

  it('keeps the rows of a request that is still open when it thins', () => {
    const store = new SpanStore(1000);
    const spans = traffic(400).filter(({ request, op }) => request !== 3 || op !== OP['request.read']);
    const open = tableOf(
      [{ start: 30, end: Number.POSITIVE_INFINITY, leave: 0, request: 3, op: 0, outcome: 0, flags: 0 }],
      5000,
    );
    store.append(tableOf(spans, 1), open);
    expect(store.keepOneIn).toBeGreaterThan(1);
    expect([store.request(1).length, store.request(3).length]).toEqual([0, 3]);
  });

  it('keeps acts and flushes, but not every expiry of a long run', () => {
    const store = new SpanStore(1000);
    const instants = Array.from({ length: 1200 }, (_, index) => ({
      start: index,
      leave: index,
      end: index,
      request: 0,
      op: index === 5 ? OP.fault : index === 6 ? OP.flush : OP.expire,
      outcome: 0,
      flags: 0,
    }));
    store.append(tableOf(instants, 1), createColumns(0));
    expect([...store.closed.op.subarray(0, 3)]).toEqual([OP.fault, OP.flush, OP.expire]);
    expect(store.closed.length).toBe(602);
  });

  it('thins no more than a run of its length needs, however often it has to', () => {
    const store = new SpanStore(1000);
    const spans = traffic(20_000);
    for (let from = 0; from < spans.length; from += 50) {
      store.append(tableOf(spans.slice(from, from + 50), from + 1), createColumns(0));
    }
    // 60,000 rows, of which half a thousand old ones fit: about one in 120.
    expect(store.keepOneIn).toBeGreaterThanOrEqual(64);
    expect(store.keepOneIn).toBeLessThanOrEqual(512);
    expect(store.closed.start[0]).toBeLessThan(20_000);
  });

  it('stays in order of closing and says from when on it has everything', () => {
    const store = new SpanStore(900);
    const spans = traffic(1000);
    for (let from = 0; from < spans.length; from += 100)
      store.append(tableOf(spans.slice(from, from + 100), from + 1), createColumns(0));
    for (let index = 1; index < store.closed.length; index++) {
      expect(closingUs(store.closed, index)).toBeGreaterThanOrEqual(closingUs(store.closed, index - 1));
    }
    const complete = spans.filter(({ end }) => end > store.thinnedBeforeUs).length;
    let kept = 0;
    for (let index = 0; index < store.closed.length; index++)
      if (store.closed.end[index] > store.thinnedBeforeUs) kept++;
    expect(kept).toBe(complete);
    expect(complete).toBeGreaterThan(100);
  });
});
