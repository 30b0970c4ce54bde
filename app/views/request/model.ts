import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { type RequestTrace, requestTrace } from '../requestTrace.ts';
import { keyTitle, nodeTitle, type OutcomeChip, outcomeChip } from '../titles.ts';
import { waterfallModel } from '../waterfall/model.ts';

/** Others count as being in the same crowd within this time on either side. */
const crowdUs = 500_000;

/** What is said of one request over its diagram. */
export interface RequestModel {
  request: number;
  title: string;
  chip: OutcomeChip;
  /** Time from sending to the outcome, or what it has been so far. */
  latency: string;
  /** `menu:4421 by App 2` */
  what: string;
  /** Where its time went. */
  why: string;
  /** What else is worth saying: a crowd after the same key, a stale value; empty where nothing is. */
  aside: string;
}

/** One request in words; null where the rows hold no such request. */
export function requestModel(run: RunView, request: number): RequestModel | null {
  const trace = requestTrace(run.spans, request);
  const waterfall = waterfallModel(run, request);
  if (trace === null || waterfall === null) return null;
  const { root } = trace;
  const verb = root.op === OP['request.write'] ? 'write of' : 'read of';
  return {
    request,
    title: `Request ${formatCount(request)}`,
    chip: outcomeChip(root),
    latency: `${formatDurationUs(waterfall.latencyUs)}${root.end > waterfall.endUs ? ' so far' : ''}`,
    what: `${verb} ${keyTitle(run, root.key)}${root.arrive < Number.POSITIVE_INFINITY ? `, served by ${nodeTitle(run, root.node)}` : ''}`,
    why: waterfall.sentence,
    aside: asideOf(run, trace),
  };
}

function asideOf(run: RunView, trace: RequestTrace): string {
  const { root, calls } = trace;
  if ((root.flags & FLAG.stale) !== 0) {
    const age = formatDurationUs(root.detail * 1000);
    return `It got version ${root.version}, which the database had replaced ${age} before.`;
  }
  const missed = calls.find(
    (call) => call.op === OP['cache.get'] && call.outcome === OUTCOME.miss && Number.isFinite(call.end),
  );
  const asked = calls.some((call) => call.op === OP['database.read']);
  const others = missed === undefined ? 0 : othersMissing(run, missed);
  if (others === 0 || !asked) return '';
  const readers = others === 1 ? '1 other reader' : `${formatCount(others)} other readers`;
  return `${readers} missed the same key within half a second. Each asks the database for the same row.`;
}

function othersMissing(run: RunView, missed: Row): number {
  const { closed } = run.spans;
  if (missed.end - crowdUs < run.spans.thinnedBeforeUs && run.spans.thinnedBeforeUs > 0) return 0;
  let count = 0;
  for (let index = run.spans.firstClosing(missed.end - crowdUs); index < closed.length; index++) {
    if (closed.end[index] > missed.end + crowdUs) break;
    if (closed.op[index] !== OP['cache.get'] || closed.key[index] !== missed.key) continue;
    if (closed.outcome[index] === OUTCOME.miss && closed.id[index] !== missed.id) count++;
  }
  return count;
}
