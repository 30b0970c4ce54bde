import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { type RequestTrace, requestTrace } from '../requestTrace.ts';
import { instantTitle, keyTitle, nodeTitle, type OutcomeChip, outcomeChip } from '../titles.ts';
import { requestsWaitedFor, waitersFor } from '../waits.ts';
import { waterfallModel } from '../waterfall/model.ts';

/** Others count as being in the same crowd within this time on either side. */
const crowdUs = 500_000;
/** More links would be read by nobody. */
const mostLinks = 4;
const looksUp: ReadonlySet<number> = new Set([
  OP['local.get'],
  OP['cache.get'],
  OP['cache.load'],
  OP['cache.get-many'],
]);
const stores: ReadonlySet<number> = new Set([OP['local.set'], OP['cache.set'], OP['cache.update'], OP['cache.write']]);

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
  /** Requests worth a look beside it: whose load it waited for, and who waited for its own. */
  links: { title: string; requests: number[] }[];
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
    links: linksOf(run, trace),
  };
}

function linksOf(run: RunView, trace: RequestTrace): RequestModel['links'] {
  const waited = requestsWaitedFor(run.spans, trace);
  const waiters = waitersFor(run.spans, trace).slice(0, mostLinks);
  return [
    { title: 'It waited for', requests: waited },
    { title: 'Waited for it', requests: waiters },
    { title: 'What it got was stored by', requests: storedBy(run, trace) },
  ].filter(({ requests }) => requests.length > 0);
}

/** Who put the old value in that a reader found: the last store of that version before the look-up; nobody for fresh answers. */
function storedBy(run: RunView, { root, calls, request }: RequestTrace): number[] {
  const found = calls.find(({ op, outcome, key }) => looksUp.has(op) && outcome === OUTCOME.hit && key === root.key);
  if (found === undefined || (root.flags & FLAG.stale) === 0) return [];
  const { closed } = run.spans;
  // A store closes a little after it took effect.
  for (let index = run.spans.firstClosing(found.leave + 1_000_000) - 1; index >= 0; index--) {
    if (closed.node[index] !== found.node || closed.key[index] !== root.key || !stores.has(closed.op[index])) continue;
    if (closed.leave[index] > found.leave || closed.version[index] !== root.version || closed.detail[index] === 0)
      continue;
    const by = closed.request[index];
    return by > 0 && by !== request ? [by] : [];
  }
  return [];
}

function asideOf(run: RunView, trace: RequestTrace): string {
  const sentences = [staleText(trace.root), turnedAwayText(run, trace), waitText(run, trace), crowdText(run, trace)];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function staleText({ flags, detail, version, op }: Row): string {
  const own = (flags & FLAG.ownStale) === 0 ? '' : ' Its reader had written a newer one.';
  if ((flags & FLAG.stale) !== 0) {
    const age = formatDurationUs(detail * 1000);
    return `It got version ${version}, which the database had replaced ${age} before.${own}`;
  }
  if (own !== '') return own.trim();
  if (op !== OP['request.read'] || (flags & FLAG.overdue) === 0) return '';
  return 'The entry was past its time to live and was served all the same.';
}

/** Why it was answered, or refused, without cache and database. */
function turnedAwayText(run: RunView, { instants }: RequestTrace): string {
  const turned = instants.find(({ op }) => op === OP.bloom || op === OP.shed);
  if (turned === undefined) return '';
  const text = instantTitle(run, turned);
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function waitText(run: RunView, trace: RequestTrace): string {
  const waiters = waitersFor(run.spans, trace).length;
  if (waiters === 0) return '';
  return `${readersText(waiters)} waited for its load, and asked the database for nothing.`;
}

/** Others who missed the same key; where loads are shared, nothing more is to be said of them. */
function crowdText(run: RunView, trace: RequestTrace): string {
  if ((trace.root.flags & FLAG.stale) !== 0) return '';
  const { calls } = trace;
  const missed = calls.find(
    ({ op, outcome, end }) =>
      op !== OP['local.get'] && looksUp.has(op) && outcome === OUTCOME.miss && Number.isFinite(end),
  );
  const asked = calls.some((call) => call.op === OP['database.read'] && (call.flags & FLAG.hedge) === 0);
  const shared =
    calls.some(({ op }) => op === OP['cache.lock'] || op === OP.wait) || waitersFor(run.spans, trace).length > 0;
  const others = missed === undefined || shared ? 0 : othersMissing(run, missed);
  if (others === 0 || !asked) return '';
  return `${readersText(others, 'other ')} missed the same key within half a second. Each asks the database for the same row.`;
}

function readersText(count: number, kind = ''): string {
  return count === 1 ? `1 ${kind}reader` : `${formatCount(count)} ${kind}readers`;
}

function othersMissing(run: RunView, missed: Row): number {
  const { closed } = run.spans;
  if (missed.end - crowdUs < run.spans.thinnedBeforeUs && run.spans.thinnedBeforeUs > 0) return 0;
  let count = 0;
  for (let index = run.spans.firstClosing(missed.end - crowdUs); index < closed.length; index++) {
    if (closed.end[index] > missed.end + crowdUs) break;
    if (closed.op[index] !== missed.op || closed.key[index] !== missed.key) continue;
    if (closed.outcome[index] === OUTCOME.miss && closed.id[index] !== missed.id) count++;
  }
  return count;
}
