import { closingUs, isInstant, OP, type Row, rowAt, type SpanStore } from '../../src/index.ts';

/** All rows of one request. Moments that have not come are `Infinity`. */
export interface RequestTrace {
  request: number;
  /** The client's row. */
  root: Row;
  /** Calls made for it, in order of opening. */
  calls: Row[];
  /** Nothing more will happen to it. */
  complete: boolean;
}

const remembered = new WeakMap<SpanStore, { revision: number; traces: Map<number, RequestTrace | null> }>();
const rememberedTraces = 32;

/**
 * Reads one request from the rows; null where they hold no such request (not sent yet, or thinned away). The last few
 * are remembered, so that several views of one request cost one search.
 */
export function requestTrace(spans: SpanStore, request: number): RequestTrace | null {
  let memory = remembered.get(spans);
  if (memory === undefined) {
    memory = { revision: spans.revision, traces: new Map() };
    remembered.set(spans, memory);
  }
  if (memory.revision !== spans.revision) {
    for (const [number, trace] of memory.traces) if (!trace?.complete) memory.traces.delete(number);
    memory.revision = spans.revision;
  }
  let trace = memory.traces.get(request);
  if (trace === undefined) {
    trace = readTrace(spans, request);
    if (memory.traces.size >= rememberedTraces) memory.traces.clear();
    memory.traces.set(request, trace);
  }
  return trace;
}

function readTrace(spans: SpanStore, request: number): RequestTrace | null {
  if (request < 1) return null;
  const calls: Row[] = [];
  let root: Row | null = null;
  let complete = true;
  for (const { table, index } of spans.request(request)) {
    const op = table.op[index];
    if (isInstant(op)) continue;
    if (table === spans.open) complete = false;
    if (op === OP['request.read'] || op === OP['request.write']) root = rowAt(table, index);
    else calls.push(rowAt(table, index));
  }
  return root === null ? null : { request, root, calls, complete };
}

/** When everything known of the request is over: the last closing; `horizonUs` while something is still under way. */
export function traceEndUs(trace: RequestTrace, horizonUs: number): number {
  let lastUs = trace.root.end;
  for (const row of [trace.root, ...trace.calls]) lastUs = Math.max(lastUs, rowEndUs(row));
  return lastUs === Number.POSITIVE_INFINITY ? Math.max(horizonUs, trace.root.start) : lastUs;
}

/** When a row closed: {@link closingUs} for a row as an object; Infinity while it is open. */
export function rowEndUs(row: Row): number {
  return closingUs(asTable(row), 0);
}

function asTable(row: Row): Parameters<typeof closingUs>[0] {
  const cells = { flags: [row.flags], leave: [row.leave], end: [row.end] };
  return cells as unknown as Parameters<typeof closingUs>[0];
}
