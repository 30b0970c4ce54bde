import { closingUs, FLAG, OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { requestTrace } from '../requestTrace.ts';

/** What a person can ask for the next one of. */
export const findKinds = ['slow', 'miss', 'stale', 'error'] as const;
/** One of {@link findKinds}. */
export type FindKind = (typeof findKinds)[number];

/** Titles for buttons: "Next …". */
export const findTitles: Record<FindKind, string> = { slow: 'slow', miss: 'miss', stale: 'stale', error: 'error' };

/** A request found, and when its client had its outcome. */
export interface FoundRequest {
  request: number;
  atUs: number;
}

/** From how long on a read counts as slow: no shorter than all but one in a hundred so far. */
export function slowUs(run: RunView): number {
  return run.latency.read.count === 0 ? Number.POSITIVE_INFINITY : run.latency.read.p99;
}

/** The first request of a kind that ended after `afterUs`, among what is known; null when there is none (yet). */
export function findRequest(run: RunView, kind: FindKind, afterUs: number): FoundRequest | null {
  const { closed } = run.spans;
  const limitUs = slowUs(run);
  for (let index = run.spans.firstClosing(Math.floor(afterUs) + 1); index < closed.length; index++) {
    const op = closed.op[index];
    const atUs = closed.end[index];
    // A row closes after its end where the work went on for nobody.
    if (op > OP['request.write'] || atUs > closingUs(closed, index)) continue;
    const outcome = closed.outcome[index];
    const stale = (closed.flags[index] & FLAG.stale) !== 0;
    const isRead = op === OP['request.read'];
    const found =
      kind === 'error'
        ? outcome >= OUTCOME.timeout
        : kind === 'stale'
          ? stale
          : kind === 'miss'
            ? isRead && outcome === OUTCOME.miss
            : isRead && outcome < OUTCOME.timeout && atUs - closed.start[index] >= limitUs;
    if (found) return { request: closed.request[index], atUs: Math.max(atUs, Math.floor(afterUs)) };
  }
  return null;
}

/** From where to look for the next one: behind the request that is being looked at, else behind the playhead. */
export function searchFromUs(run: RunView, request: number | null, atUs: number): number {
  const root = request === null ? undefined : requestTrace(run.spans, request)?.root;
  const within = root !== undefined && root.start <= atUs && atUs <= root.end && Number.isFinite(root.end);
  return within ? root.end : atUs;
}
