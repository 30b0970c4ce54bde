import { OP, OUTCOME, type Row, rowAt, type SpanStore } from '../../src/index.ts';
import { formatCount } from '../ui/format.ts';
import type { RequestTrace } from './requestTrace.ts';

/** Why a process waits, in words that go on from "waits" or "pauses". */
export interface WaitWords {
  /** `for request 41’s load`, `before it looks again` */
  reason: string;
  /** The request waited for; 0 where there is none to look at. */
  request: number;
}

const nobody: WaitWords = { reason: 'for a load', request: 0 };

/** True for rows that are nothing but waiting: for another’s load, or for time to pass. */
export function isWait(row: Row): boolean {
  return row.op === OP.wait;
}

/** Whose load a wait is for: from the row that it names, which was under way when the wait began. */
export function waitedFor(spans: SpanStore, wait: Row): WaitWords {
  let leader: Row | null = null;
  spans.forEachActive(wait.start, (table, index) => {
    if (table.id[index] === wait.detail) leader = rowAt(table, index);
  });
  return leader === null ? nobody : wordsOf(leader);
}

function wordsOf({ op, request }: Row): WaitWords {
  if (op === OP.refresh) {
    const begun = request === 0 ? '' : ` that request ${formatCount(request)} began`;
    return { reason: `for a refresh${begun}`, request };
  }
  return request === 0 ? nobody : { reason: `for request ${formatCount(request)}’s load`, request };
}

/** Why a wait of a request is there: for whose load, or before what. */
export function waitWords(spans: SpanStore, trace: RequestTrace, wait: Row): WaitWords {
  if (wait.detail > 0) return waitedFor(spans, wait);
  const before = trace.calls.filter(({ id, parent }) => id < wait.id && parent === wait.parent).at(-1);
  const parent = trace.calls.find(({ id }) => id === wait.parent);
  if (parent?.op === OP.later) return { reason: 'before it deletes again', request: 0 };
  if (before?.op === OP['database.read'] && before.outcome >= OUTCOME.timeout)
    return { reason: 'before it asks again', request: 0 };
  if (before?.op === OP['cache.lock'] || before?.op === OP['cache.get'])
    return { reason: 'before it looks again', request: 0 };
  return { reason: 'for a while', request: 0 };
}

/** Every wait of a request for another’s load, each other request once, in order. */
export function requestsWaitedFor(spans: SpanStore, trace: RequestTrace): number[] {
  const found = new Set<number>();
  for (const call of trace.calls) {
    if (!isWait(call) || call.detail === 0) continue;
    const { request } = waitedFor(spans, call);
    if (request > 0 && request !== trace.request) found.add(request);
  }
  return [...found];
}

/** How many reads wait, or have waited, for the load of this request. */
export function waitersFor(spans: SpanStore, trace: RequestTrace): number[] {
  const ids = new Set([trace.root.id, ...trace.calls.map(({ id }) => id)]);
  const found = new Set<number>();
  const untilUs = trace.calls.reduce((last, { end }) => Math.max(last, end), trace.root.leave);
  spans.forEachOverlapping(trace.root.start, untilUs, (table, index) => {
    if (table.op[index] !== OP.wait || table.detail[index] === 0 || !ids.has(table.detail[index])) return;
    if (table.request[index] > 0 && table.request[index] !== trace.request) found.add(table.request[index]);
  });
  return [...found].sort((a, b) => a - b);
}
