import { type Columns, OP, type Row, type SpanStore } from '../../../src/index.ts';

/**
 * How many stood in line before a call when it reached its node; null where rows of that time were thinned away. Those
 * whose callers had given up still count: they are served all the same.
 */
export function lineAhead(spans: SpanStore, row: Row): number | null {
  return countAt(spans, row, row.arrive, (table, index) => {
    const { arrive, service, leave, node, id } = table;
    if (node[index] !== row.node || Math.min(service[index], leave[index]) <= row.arrive) return false;
    return arrive[index] < row.arrive || (arrive[index] === row.arrive && id[index] < row.id);
  });
}

/** How many queries of the same server waited for a connection before this one; null where rows were thinned away. */
export function connectionsAhead(spans: SpanStore, row: Row): number | null {
  return countAt(spans, row, row.start, (table, index) => {
    const { op, from, start, sent, end, id } = table;
    const isQuery =
      op[index] === OP['database.read'] || op[index] === OP['database.write'] || op[index] === OP['database.batch'];
    if (!isQuery || from[index] !== row.from || Math.min(sent[index], end[index]) <= row.start) return false;
    return start[index] < row.start || (start[index] === row.start && id[index] < row.id);
  });
}

/** How many other queries for the same key were under way when this one began; null where rows were thinned away. */
export function sameKeyQueries(spans: SpanStore, row: Row): number | null {
  return countAt(spans, row, row.start, (table, index) => {
    return table.op[index] === OP['database.read'] && table.key[index] === row.key && table.end[index] > row.start;
  });
}

function countAt(
  spans: SpanStore,
  row: Row,
  atUs: number,
  matches: (table: Columns, index: number) => boolean,
): number | null {
  if (atUs < spans.thinnedBeforeUs) return null;
  let count = 0;
  spans.forEachActive(atUs, (table, index) => {
    if (table.id[index] !== row.id && matches(table, index)) count++;
  });
  return count;
}
