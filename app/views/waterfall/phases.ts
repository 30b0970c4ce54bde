import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { isActivity, rowEndUs, type TraceNode } from '../requestTrace.ts';
import { operationTitle } from '../titles.ts';

/** What a piece of a request's time was spent on. */
export const phaseKinds = ['connection', 'wire', 'line', 'service', 'own', 'wait', 'pause', 'lost'] as const;
/** connection: waiting for one · wire: under way · line: waiting for a slot · service: the node at work · own: the server's own work · wait: for another's load · pause: for time to pass · lost: waiting for an answer that never comes. */
export type PhaseKind = (typeof phaseKinds)[number];

/** A piece of a row's time. µs. */
export interface Segment {
  kind: PhaseKind;
  /** Node where the time went. */
  node: number;
  fromUs: number;
  untilUs: number;
  /** After the caller had given up, or had its answer from elsewhere: work for nobody. */
  abandoned: boolean;
}

const NEVER = Number.POSITIVE_INFINITY;

/** A call's time in pieces, in order, without gaps, up to where it closed or to `knownUs`. */
export function rowSegments(row: Row, knownUs: number): Segment[] {
  const stopUs = Math.min(rowEndUs(row), knownUs);
  const lost = row.outcome === OUTCOME.lost || (row.arrive === NEVER && row.end < knownUs);
  const moments: [PhaseKind, number][] = [
    ['connection', row.start],
    [lost ? 'lost' : 'wire', row.sent],
    ['line', row.arrive],
    [workOf(row), row.service],
    ['wire', row.leave],
  ];
  const reached = moments.filter(([, atUs]) => atUs <= stopUs);
  return reached.flatMap(([kind, fromUs], index) => {
    const untilUs = index + 1 < reached.length ? reached[index + 1][1] : stopUs;
    const gaveUpUs = (row.flags & FLAG.abandoned) === 0 ? NEVER : row.end;
    return cutAt({ kind, node: row.node, fromUs, untilUs, abandoned: false }, gaveUpUs);
  });
}

function workOf(row: Row): PhaseKind {
  if (row.op !== OP.wait) return 'service';
  return row.detail > 0 ? 'wait' : 'pause';
}

/** Cuts a piece where nobody waited for it any more. */
function cutAt(segment: Segment, gaveUpUs: number): Segment[] {
  if (segment.abandoned || gaveUpUs >= segment.untilUs) return segment.untilUs > segment.fromUs ? [segment] : [];
  const before = { ...segment, untilUs: gaveUpUs };
  const after = { ...segment, fromUs: Math.max(gaveUpUs, segment.fromUs), abandoned: true };
  return [before, after].filter(({ fromUs, untilUs }) => untilUs > fromUs);
}

/**
 * The pieces of every row of a request, in the order of `nodes`: where a row waited for a call of its own, the time is that
 * call's. What is left of a server's work is its own.
 */
export function treeSegments(nodes: readonly TraceNode[], knownUs: number): Segment[][] {
  const calls = new Map<number, [number, number][]>();
  for (const { row, caller, background, neededUntilUs } of nodes) {
    if (caller === null || background !== caller.background) continue;
    const span: [number, number] = [row.start, Math.min(row.end, neededUntilUs, knownUs)];
    calls.set(caller.row.id, [...(calls.get(caller.row.id) ?? []), span]);
  }
  return nodes.map(({ row, depth, neededUntilUs }) => {
    const spans = (calls.get(row.id) ?? []).sort((a, b) => a[0] - b[0]);
    const isOwn = depth === 0 || isActivity(row.op);
    return rowSegments(row, knownUs)
      .flatMap((segment) => (segment.kind === 'service' ? workPieces(segment, spans, isOwn) : [segment]))
      .flatMap((segment) => cutAt(segment, neededUntilUs));
  });
}

function workPieces(segment: Segment, calls: readonly [number, number][], isOwn: boolean): Segment[] {
  const pieces: Segment[] = [];
  let fromUs = segment.fromUs;
  const add = (untilUs: number) => {
    const end = Math.min(untilUs, segment.untilUs);
    if (end > fromUs) pieces.push({ ...segment, kind: isOwn ? 'own' : 'service', fromUs, untilUs: end });
  };
  for (const [startUs, endUs] of calls) {
    add(startUs);
    fromUs = Math.max(fromUs, endUs);
  }
  add(segment.untilUs);
  return pieces;
}

/** What a row does, for a person. */
export function rowTitle(row: Row, node: string): string {
  const second = (row.flags & FLAG.hedge) === 0 ? '' : ', sent a second time';
  return `${node}: ${operationTitle(row.op)}${second}`;
}
