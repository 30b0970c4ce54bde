import { closingUs, type Columns, FLAG, missCauses, OP, OUTCOME, type Row, rowAt } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { actLabel } from '../charts/marks.ts';
import { type RequestTrace, requestTrace } from '../requestTrace.ts';
import { actsOf, settingAt } from '../settingsAt.ts';
import { causeTitles, instantTitle, keyTitle, nodeTitle, outcomeTitle } from '../titles.ts';
import { nextLongLine } from './nextLongLine.ts';

/** What one can jump to. */
export const eventKinds = [
  'miss',
  'eviction',
  'expiry',
  'stale',
  'queue',
  'error',
  'fault',
  'shed',
  'breaker',
  'lapse',
  'loss',
] as const;
/** One of {@link eventKinds}. */
export type EventKind = (typeof eventKinds)[number];

/** Titles for a menu: "Next …". */
export const eventTitles: Record<EventKind, string> = {
  miss: 'miss',
  eviction: 'eviction',
  expiry: 'expiry',
  stale: 'stale answer',
  queue: 'long line at the database',
  error: 'error',
  fault: 'act on the world',
  shed: 'request turned away',
  breaker: 'change of a circuit breaker',
  lapse: 'lock that lapses',
  loss: 'loss of writes',
};

const looksUp: ReadonlySet<number> = new Set([
  OP['local.get'],
  OP['cache.get'],
  OP['cache.load'],
  OP['cache.get-many'],
]);

/** A moment worth stopping at. */
export interface EventFound {
  kind: EventKind;
  atUs: number;
  /** The request it happened to; 0 for none. */
  request: number;
  /** What happened, in a few words. */
  text: string;
}

/**
 * The first event of a kind after `afterUs`, among what is known; null when there is none yet.
 * @param lineOver for `queue`: how many must wait; the database's slots unless given.
 */
export function nextEvent(run: RunView, kind: EventKind, afterUs: number, lineOver?: number): EventFound | null {
  if (kind === 'queue') {
    const over = lineOver ?? settingAt(run, 'database.slots', afterUs);
    const atUs = nextLongLine(run, 'database', over, afterUs);
    const text = `more than ${formatCount(over)} wait in line`;
    return atUs === null ? null : { kind, atUs, request: 0, text };
  }
  if (kind === 'lapse') return nextLapse(run, afterUs);
  const { closed } = run.spans;
  for (let index = run.spans.firstClosing(Math.floor(afterUs) + 1); index < closed.length; index++) {
    if (!isEvent(closed, index, kind)) continue;
    return { kind, atUs: closingUs(closed, index), request: closed.request[index], text: describe(run, closed, index) };
  }
  return null;
}

function isEvent(table: Columns, index: number, kind: EventKind): boolean {
  const op = table.op[index];
  const outcome = table.outcome[index];
  switch (kind) {
    case 'miss':
      return looksUp.has(op) && outcome === OUTCOME.miss;
    case 'eviction':
      return op === OP.evict;
    case 'expiry':
      return op === OP.expire;
    case 'stale':
      return op === OP['request.read'] && (table.flags[index] & FLAG.stale) !== 0;
    case 'error':
      return op <= OP['request.write'] && outcome >= OUTCOME.timeout;
    case 'shed':
      return op === OP.shed || op === OP.bloom;
    case 'breaker':
      return op === OP.breaker;
    case 'loss':
      return op === OP['lose-writes'];
    default:
      return op === OP.fault;
  }
}

function describe(run: RunView, table: Columns, index: number): string {
  const key = keyTitle(run, table.key[index]);
  const node = nodeTitle(run, table.node[index]);
  switch (table.op[index]) {
    case OP.bloom:
      return `${key}: ${instantTitle(run, rowAt(table, index))}`;
    case OP.evict:
    case OP.expire:
    case OP.shed:
    case OP.breaker:
    case OP['lose-writes']:
      return instantTitle(run, rowAt(table, index));
    case OP.fault: {
      const act = actsOf(run)[table.detail[index]];
      return act === undefined ? 'something is done to the world' : actLabel(run, act);
    }
    case OP['request.read']:
    case OP['request.write']:
      if (table.outcome[index] >= OUTCOME.timeout) return `${key}: ${outcomeTitle(table.outcome[index])}`;
      return `${key}: answer ${formatDurationUs(table.detail[index] * 1000)} old`;
    default:
      return `${node} has no ${key}: ${causeTitles[missCauses[table.cause[index]]]}`;
  }
}

/** When a lock ends by its time to live: taken, and neither freed by its owner nor lost with the cache until then. */
function nextLapse(run: RunView, afterUs: number): EventFound | null {
  const { closed } = run.spans;
  const longestUs = longestLockUs(run);
  let found: EventFound | null = null;
  for (let index = run.spans.firstClosing(afterUs - longestUs); index < closed.length; index++) {
    if (closed.op[index] !== OP['cache.lock'] || closed.outcome[index] !== OUTCOME.ok) continue;
    const takenUs = closed.leave[index];
    if (found !== null && takenUs >= found.atUs) break;
    const atUs = takenUs + settingAt(run, 'protect.lockTtl', takenUs);
    if (atUs <= afterUs || atUs >= run.horizonUs || (found !== null && atUs >= found.atUs)) continue;
    if (isFreed(run, rowAt(closed, index), atUs)) continue;
    const holder = nodeTitle(run, closed.from[index]);
    const text = `the lock of ${holder} on ${keyTitle(run, closed.key[index])} lapses`;
    found = { kind: 'lapse', atUs, request: closed.request[index], text };
  }
  return found;
}

/** The longest that any lock of this run may live, knobs turned included. */
function longestLockUs(run: RunView): number {
  const turned = actsOf(run).flatMap((act) => (act.do === 'set' && act.path === 'protect.lockTtl' ? [act.at] : []));
  return Math.max(...[0, ...turned].map((atUs) => settingAt(run, 'protect.lockTtl', atUs)));
}

function isFreed(run: RunView, lock: Row, lapsesUs: number): boolean {
  let freed = false;
  run.spans.forEachOverlapping(lock.leave - 1, lapsesUs, (table, index) => {
    const atUs = table.leave[index];
    if (atUs < lock.leave || atUs > lapsesUs) return;
    const isFlush = table.op[index] === OP.flush && table.node[index] === lock.node;
    const isUnlock = table.op[index] === OP['cache.unlock'] && table.parent[index] === lock.parent;
    freed ||= isFlush || (isUnlock && table.key[index] === lock.key && atUs < lapsesUs);
  });
  return freed;
}

/**
 * The next moment at which something happens to a request: any time of any of its rows. Null after its last, and where
 * it is not in the rows.
 */
export function nextStep(run: RunView, request: number, afterUs: number): number | null {
  const trace = requestTrace(run.spans, request);
  if (trace === null) return null;
  let next = Number.POSITIVE_INFINITY;
  for (const { start, sent, arrive, service, leave, end } of rowsOf(trace)) {
    for (const atUs of [start, sent, arrive, service, leave, end]) if (atUs > afterUs && atUs < next) next = atUs;
  }
  return next < run.horizonUs ? next : null;
}

function rowsOf({ root, calls, instants }: RequestTrace): Row[] {
  return [root, ...calls, ...instants];
}

/** The moment before, to step back; null before the first. */
export function previousStep(run: RunView, request: number, beforeUs: number): number | null {
  const trace = requestTrace(run.spans, request);
  if (trace === null) return null;
  let last = -1;
  for (const { start, sent, arrive, service, leave, end } of rowsOf(trace)) {
    for (const atUs of [start, sent, arrive, service, leave, end]) if (atUs < beforeUs && atUs > last) last = atUs;
  }
  return last < 0 ? null : last;
}
