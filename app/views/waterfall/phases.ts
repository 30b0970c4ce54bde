import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { type RequestTrace, rowEndUs } from '../requestTrace.ts';

/** What a piece of a request's time was spent on. */
export const phaseKinds = ['connection', 'wire', 'line', 'service', 'own', 'lost'] as const;
/** connection: waiting for one · wire: under way · line: waiting for a slot · service: the node at work · own: the server's own work · lost: waiting for an answer that never comes. */
export type PhaseKind = (typeof phaseKinds)[number];

/** A piece of a row's time. µs. */
export interface Segment {
  kind: PhaseKind;
  /** Node where the time went. */
  node: number;
  fromUs: number;
  untilUs: number;
  /** After the caller had given up: work for nobody. */
  abandoned: boolean;
}

/**
 * A call's time in pieces, in order, without gaps, up to where it closed or to `knownUs`.
 * The server's row has its work in one piece; {@link requestSegments} takes the calls out of it.
 */
export function rowSegments(row: Row, knownUs: number): Segment[] {
  const stopUs = Math.min(rowEndUs(row), knownUs);
  const lost = row.outcome === OUTCOME.lost || (row.arrive === Number.POSITIVE_INFINITY && row.end < knownUs);
  const moments: [PhaseKind, number][] = [
    ['connection', row.start],
    [lost ? 'lost' : 'wire', row.sent],
    ['line', row.arrive],
    ['service', row.service],
    ['wire', row.leave],
  ];
  const reached = moments.filter(([, atUs]) => atUs <= stopUs);
  return reached.flatMap(([kind, fromUs], index) => {
    const untilUs = index + 1 < reached.length ? reached[index + 1][1] : stopUs;
    return piecesOf({ kind, node: row.node, fromUs, untilUs, abandoned: false }, row);
  });
}

/** Cuts a piece where the caller gave up. */
function piecesOf(segment: Segment, row: Row): Segment[] {
  const gaveUp = (row.flags & FLAG.abandoned) !== 0 && row.end < segment.untilUs;
  if (!gaveUp) return segment.untilUs > segment.fromUs ? [segment] : [];
  const before = { ...segment, untilUs: row.end };
  const after = { ...segment, fromUs: Math.max(row.end, segment.fromUs), abandoned: true };
  return [before, after].filter(({ fromUs, untilUs }) => untilUs > fromUs);
}

/** The root row's pieces: wire, line, and its own work wherever no call of it was under way. */
export function requestSegments(trace: RequestTrace, knownUs: number): Segment[] {
  const calls = trace.calls.map((call) => [call.start, Math.min(call.end, knownUs)]).sort((a, b) => a[0] - b[0]);
  return rowSegments(trace.root, knownUs).flatMap((segment): Segment[] => {
    if (segment.kind !== 'service') return [segment];
    const own: Segment[] = [];
    let fromUs = segment.fromUs;
    const add = (untilUs: number) => {
      const end = Math.min(untilUs, segment.untilUs);
      if (end > fromUs) own.push({ ...segment, kind: 'own', fromUs, untilUs: end });
    };
    for (const [startUs, endUs] of calls) {
      add(startUs);
      fromUs = Math.max(fromUs, endUs);
    }
    add(segment.untilUs);
    return own;
  });
}

/** What a row does, for a person. */
export function rowTitle(row: Row, node: string): string {
  switch (row.op) {
    case OP['request.read']:
    case OP['request.write']:
      return `${node}: the request itself`;
    case OP['local.get']:
    case OP['cache.get']:
      return `${node}: look up`;
    case OP['local.set']:
    case OP['cache.set']:
      return `${node}: store`;
    case OP['local.delete']:
    case OP['cache.delete']:
      return `${node}: delete`;
    case OP['database.read']:
      return `${node}: query`;
    case OP['database.write']:
      return `${node}: write`;
    default:
      return `${node}: work`;
  }
}
