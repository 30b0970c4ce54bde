import { describe, expect, it } from 'vitest';
import { FLAG, isInstant, OP, OUTCOME, type Row } from '../../src/index.ts';
import { requestTrace, type RequestTrace, traceEndUs, traceTree } from './requestTrace.ts';
import { featureBase, featureWorlds } from './testFeatures.ts';
import { runOfRows, scenarioOf, simulatedRun } from './testRun.ts';

const [app, redis, database] = [2, 8, 9];
const row = (op: keyof typeof OP, id: number, parent: number, start: number, end: number, more: Partial<Row> = {}) => {
  const times = { start, sent: start, arrive: start, service: start, leave: end, end };
  return { op: OP[op], request: 1, id, parent, from: app, node: app, key: 7, ...times, ...more };
};
const root = (start: number, end: number) => row('request.read', 1, 0, start, end, { from: 0 });
const shape = (trace: RequestTrace | null) =>
  trace === null
    ? []
    : traceTree(trace).map(({ row: { id }, depth, background, neededUntilUs }) =>
        [id, depth, background ? 'back' : 'front', neededUntilUs].join(' '),
      );

describe('the tree of a request', () => {
  it('nests what a cache called below its call, and puts what nobody waited for last', () => {
    const rows = [
      row('early', 3, 1, 20, 20),
      row('database.read', 5, 4, 30, 60, { from: redis, node: database }),
      row('cache.set', 6, 4, 60, 62, { from: redis, node: redis }),
      row('cache.load', 4, 1, 25, 70, { node: redis }),
      root(0, 90),
      row('database.read', 8, 7, 75, 140, { node: database }),
      row('refresh', 7, 1, 72, 150),
    ];
    const trace = requestTrace(runOfRows(rows).spans, 1);
    expect(shape(trace)).toEqual([
      '1 0 front Infinity',
      '4 1 front 70',
      '5 2 front 60',
      '6 2 front 62',
      '7 1 back 150',
      '8 2 back 140',
    ]);
    expect(trace?.instants.map(({ op }) => op)).toEqual([OP.early]);
    expect(trace?.complete).toBe(true);
    expect(traceEndUs(trace as RequestTrace, 1000)).toBe(150);
  });

  it('knows that of two queries the slower one is nobody’s from the first answer on', () => {
    const query = (id: number, start: number, end: number, more: Partial<Row> = {}) =>
      row('database.read', id, 1, start, end, { node: database, ...more });
    const needed = (first: Partial<Row>, second: Partial<Row>) => {
      const rows = [query(2, 10, 80, first), query(3, 30, 60, { flags: FLAG.hedge, ...second }), root(0, 100)];
      rows.sort((a, b) => a.end - b.end);
      return traceTree(requestTrace(runOfRows(rows).spans, 1) as RequestTrace)
        .slice(1)
        .map(({ neededUntilUs }) => neededUntilUs);
    };
    expect(needed({}, {})).toEqual([60, 60]);
    expect(needed({ end: 50 }, { end: 90 })).toEqual([50, 50]);
    expect(needed({}, { outcome: OUTCOME.error })).toEqual([80, 60]);
    expect(needed({ end: 25 }, {})).toEqual([25, 60]);
  });

  it('is complete only when also the work in the background is over', () => {
    const run = runOfRows([root(0, 90)], [row('refresh', 7, 1, 72, Number.POSITIVE_INFINITY)]);
    const trace = requestTrace(run.spans, 1) as RequestTrace;
    expect(trace.complete).toBe(false);
    expect(traceEndUs(trace, 400)).toBe(400);
  });

  it.each(Object.entries(featureWorlds))(
    'holds every row of a request once, in a real run: %s',
    async (_name, input) => {
      const run = await simulatedRun(scenarioOf({ ...featureBase, ...input }));
      const counts = new Map<number, number>();
      for (const table of [run.spans.closed, run.spans.open])
        for (let index = 0; index < table.length; index++)
          if (!isInstant(table.op[index]))
            counts.set(table.request[index], (counts.get(table.request[index]) ?? 0) + 1);
      let seen = 0;
      for (const [request, count] of counts) {
        const trace = requestTrace(run.spans, request);
        if (trace === null) continue;
        seen++;
        const nodes = traceTree(trace);
        expect(nodes).toHaveLength(count);
        expect(new Set(nodes.map(({ row: { id } }) => id)).size).toBe(count);
        for (const { row: child, caller } of nodes) if (caller !== null) expect(child.parent).toBe(caller.row.id);
      }
      expect(seen).toBeGreaterThan(200);
    },
  );
});
