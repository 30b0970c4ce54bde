import { closingUs, FLAG, isInstant, OP, OUTCOME, type Row, rowAt, type SpanStore } from '../../src/index.ts';

/** All rows of one request. Moments that have not come are `Infinity`. */
export interface RequestTrace {
  request: number;
  /** The client's row. */
  root: Row;
  /** Calls, waits and work in the background made for it, however deep, in order of opening. */
  calls: Row[];
  /** What happened to it at one moment: an early load, a key turned away, an eviction. In order. */
  instants: Row[];
  /** Nothing more will happen to it. */
  complete: boolean;
}

/** A row and its place in the tree of its request. */
export interface TraceNode {
  row: Row;
  /** What it belongs to; null for the request itself. */
  caller: TraceNode | null;
  /** 0 for the request itself, 1 for what its server called, 2 for what a cache called for it. */
  depth: number;
  /** Nobody waits for it: a refresh, a message to other servers, and whatever they call. */
  background: boolean;
  /** Until when somebody waited for it: shorter than the row where a second query was faster, or its caller gave up. */
  neededUntilUs: number;
}

const NEVER = Number.POSITIVE_INFINITY;
const remembered = new WeakMap<SpanStore, { revision: number; traces: Map<number, RequestTrace | null> }>();
const rememberedTraces = 32;
const aside: ReadonlySet<number> = new Set([
  OP.refresh,
  OP.later,
  OP.warm,
  OP['queue.work'],
  OP['log.read'],
  OP['bus.deliver'],
]);

/** Whether nobody waits for a row of this operation: work in the background, and what the bus tells a server. */
export function isAside(op: number): boolean {
  return aside.has(op);
}

/** Whether the row is work rather than a call: its own calls are its children. */
export function isActivity(op: number): boolean {
  return aside.has(op) && op !== OP['bus.deliver'];
}

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
  const instants: Row[] = [];
  let root: Row | null = null;
  let complete = true;
  for (const { table, index } of spans.request(request)) {
    const op = table.op[index];
    if (isInstant(op)) {
      instants.push(rowAt(table, index));
      continue;
    }
    if (table === spans.open) complete = false;
    if (op === OP['request.read'] || op === OP['request.write']) root = rowAt(table, index);
    else calls.push(rowAt(table, index));
  }
  return root === null ? null : { request, root, calls, instants, complete };
}

/**
 * The rows of a request as a tree, each before what it called: first all that its client waited for, then what went on in the
 * background. A row whose caller is not known counts as a call of the server.
 */
export function traceTree(trace: RequestTrace): TraceNode[] {
  const { root, calls } = trace;
  const known = new Set([root.id, ...calls.map(({ id }) => id)]);
  const children = new Map<number, Row[]>();
  for (const call of calls) {
    // A row opens after the one that it belongs to.
    const parent = known.has(call.parent) && call.parent < call.id ? call.parent : root.id;
    children.set(parent, [...(children.get(parent) ?? []), call]);
  }
  const front: TraceNode[] = [];
  const back: TraceNode[] = [];
  const add = (row: Row, caller: TraceNode | null, answerUs: number) => {
    const background = caller?.background === true || isAside(row.op);
    const begins = background && caller?.background !== true;
    const callerUntilUs = caller === null || begins ? NEVER : caller.neededUntilUs;
    const neededUntilUs = Math.min(caller === null ? NEVER : row.end, answerUs, callerUntilUs);
    const node = { row, caller, depth: caller === null ? 0 : caller.depth + 1, background, neededUntilUs };
    (background ? back : front).push(node);
    const own = children.get(row.id) ?? [];
    for (const child of own) add(child, node, answeredUs(child, own));
  };
  add(root, null, NEVER);
  return [...front, ...back];
}

/** When a query and the second one sent for the same thing were answered: of several, when the first came back well. */
function answeredUs(call: Row, siblings: readonly Row[]): number {
  const twin = twinOf(call, siblings);
  if (twin === null) return NEVER;
  const well = [call, twin].filter(({ outcome, end }) => outcome < OUTCOME.timeout && end < NEVER);
  return well.reduce((first, { end }) => Math.min(first, end), NEVER);
}

/** The other one of a query and its hedge; null where there is none. */
export function twinOf(call: Row, siblings: readonly Row[]): Row | null {
  if (call.op !== OP['database.read']) return null;
  const isHedge = (row: Row) => (row.flags & FLAG.hedge) !== 0;
  const ofSame = siblings.filter(
    (row) => row.op === call.op && row.key === call.key && row.parent === call.parent && row.id !== call.id,
  );
  if (isHedge(call)) return ofSame.findLast((row) => !isHedge(row) && row.id < call.id && row.end > call.start) ?? null;
  return ofSame.find((row) => isHedge(row) && row.id > call.id && row.start < call.end) ?? null;
}

/** When everything known of the request is over: the last closing; `horizonUs` while something is still under way. */
export function traceEndUs(trace: RequestTrace, horizonUs: number): number {
  let lastUs = trace.root.end;
  for (const row of [trace.root, ...trace.calls]) lastUs = Math.max(lastUs, rowEndUs(row));
  return lastUs === NEVER ? Math.max(horizonUs, trace.root.start) : lastUs;
}

/** When a row closed: {@link closingUs} for a row as an object; Infinity while it is open. */
export function rowEndUs(row: Row): number {
  return closingUs(asTable(row), 0);
}

function asTable(row: Row): Parameters<typeof closingUs>[0] {
  const cells = { flags: [row.flags], leave: [row.leave], end: [row.end] };
  return cells as unknown as Parameters<typeof closingUs>[0];
}
