import { closingUs, FLAG, OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import type { ChartId } from '../charts/definitions.ts';
import type { FindKind, FoundRequest } from './findRequest.ts';

/** Which requests the points of a chart are made of; for the others no request stands for a point. */
export const kindOfChart: Partial<Record<ChartId, FindKind>> = {
  'read-latency': 'slow',
  'hit-ratio': 'miss',
  'misses-by-cause': 'miss',
  'database-rate': 'miss',
  'database-queue': 'slow',
  'stale-share': 'stale',
  errors: 'error',
  'waiting-readers': 'slow',
  'stale-age': 'stale',
  'stale-by-server': 'stale',
  'stale-by-writer': 'stale',
};

/**
 * The request that stands for a point of a chart: of those that ended in [fromUs, untilUs) the slowest read, or the first
 * miss, stale answer or error. Null where there was none, or it is no longer kept.
 */
export function requestAt(run: RunView, kind: FindKind, fromUs: number, untilUs: number): FoundRequest | null {
  const { closed } = run.spans;
  let best: FoundRequest | null = null;
  let bestUs = -1;
  for (let index = run.spans.firstClosing(fromUs); index < closed.length; index++) {
    if (closingUs(closed, index) >= untilUs) break;
    const isRead = closed.op[index] === OP['request.read'];
    if (closed.op[index] > OP['request.write']) continue;
    const failed = closed.outcome[index] >= OUTCOME.timeout;
    const tookUs = closed.end[index] - closed.start[index];
    const fits =
      kind === 'error'
        ? failed
        : isRead &&
          !failed &&
          (kind === 'slow' ||
            (kind === 'stale' ? (closed.flags[index] & FLAG.stale) !== 0 : closed.outcome[index] === OUTCOME.miss));
    if (!fits || (best !== null && (kind !== 'slow' || tookUs <= bestUs))) continue;
    best = { request: closed.request[index], atUs: closed.end[index] };
    bestUs = tookUs;
  }
  return best;
}
