import {
  FLAG,
  type MissCause,
  missCauses,
  OP,
  OUTCOME,
  type Operation,
  type Outcome,
  operations,
  outcomes,
  type Row,
} from '../../src/index.ts';
import type { RunView } from '../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../ui/format.ts';
import type { MeaningName } from '../ui/MeaningMark.tsx';

/** A key as people see it: `menu:4421`. */
export function keyTitle(run: Pick<RunView, 'scenario'>, key: number): string {
  return `${run.scenario.keyName}:${key}`;
}

/** Name of a node by its index; `?` for one that does not exist. */
export function nodeTitle(run: Pick<RunView, 'meta'>, node: number): string {
  return run.meta.nodes[node]?.title ?? '?';
}

/** Why a look-up missed, in words that finish "miss: …". */
export const causeTitles: Record<MissCause, string> = {
  none: 'unknown',
  first: 'never stored',
  capacity: 'evicted',
  expired: 'expired',
  invalidated: 'invalidated',
  'node-lost': 'cache was emptied',
  'cache-down': 'cache unreachable',
  'refused-entry': 'no room',
  'not-admitted': 'not admitted',
  overdue: 'past its time',
};

/** How a call that gave no answer ended, in words. */
const failures: Partial<Record<Outcome, string>> = {
  timeout: 'timed out',
  rejected: 'refused: line full',
  refused: 'refused: node down',
  lost: 'message lost',
  error: 'error',
};

/** Words for a code of `outcomes`: `timed out`, `hit`. */
export function outcomeTitle(outcome: number): string {
  const name = outcomes[outcome];
  return failures[name] ?? (name === 'absent' ? 'no such row' : name);
}

/** What an operation does, in a word or two: what stands behind the name of a node. */
const operationTitles: Record<Operation, string> = {
  'request.read': 'the request itself',
  'request.write': 'the request itself',
  'local.get': 'look up',
  'local.set': 'store',
  'local.delete': 'delete',
  'cache.get': 'look up',
  'cache.set': 'store',
  'cache.delete': 'delete',
  'database.read': 'query',
  'database.write': 'write',
  evict: 'evict',
  expire: 'expire',
  flush: 'empty',
  fault: 'act on the world',
  wait: 'wait',
  refresh: 'refresh in the background',
  warm: 'warm up',
  'cache.lock': 'take the lock',
  'cache.unlock': 'free the lock',
  'cache.load': 'look up, or load',
  'cache.write': 'take the write',
  'cache.update': 'store if newer',
  'cache.get-many': 'look up several',
  'database.batch': 'write a batch',
  'bus.publish': 'publish',
  'bus.deliver': 'hear of the change',
  'queue.publish': 'take the event',
  'queue.work': 'work on an event',
  'log.append': 'append to the log',
  'log.read': 'work on a change',
  early: 'early expiration',
  shed: 'turn away',
  breaker: 'circuit breaker',
  bloom: 'Bloom filter',
  skip: 'not admitted',
  'lose-writes': 'lose writes',
  later: 'what was put off',
};

/** Words for a code of `operations`: `look up`, `take the lock`. */
export function operationTitle(op: number): string {
  return operationTitles[operations[op]] ?? 'work';
}

/** How a call ended, in the words of what it does: a lock that another holds is no miss, a newer version is no missing row. */
export function callOutcomeTitle(row: Row): string {
  if (row.outcome === OUTCOME.miss) return row.op === OP['cache.lock'] ? 'held by another' : 'miss';
  if (row.outcome === OUTCOME.hit && (row.flags & FLAG.overdue) !== 0) return 'hit, past its time';
  if (row.outcome !== OUTCOME.absent) return outcomeTitle(row.outcome);
  switch (row.op) {
    case OP['cache.unlock']:
      return 'had lapsed';
    case OP['cache.update']:
    case OP['cache.set']:
      return 'kept the newer';
    case OP['local.delete']:
    case OP['cache.delete']:
    case OP['bus.deliver']:
      return 'was not there';
    case OP['database.write']:
      return 'nothing left';
    default:
      return outcomeTitle(row.outcome);
  }
}

/** What happened at one moment, in words, as an instant’s row has it. `node` is its title. */
export function instantTitle(run: Pick<RunView, 'scenario' | 'meta'>, row: Row): string {
  const node = nodeTitle(run, row.node);
  const key = keyTitle(run, row.key);
  switch (row.op) {
    case OP.evict:
      return `${node} evicts ${key}`;
    case OP.expire:
      return `${key} expires in ${node}`;
    case OP.flush:
      return `${node} is emptied`;
    case OP.early:
      return `${key} is loaded early`;
    case OP.shed:
      return `${node} turns it away: it waited too long`;
    case OP.bloom:
      return 'the Bloom filter says: no such row';
    case OP.skip:
      return `${key} is not admitted`;
    case OP.breaker:
      return `${nodeTitle(run, row.from)}’s circuit breaker before ${node} ${['closes', 'opens', 'lets one call try'][row.detail] ?? 'changes'}`;
    case OP['lose-writes']:
      return `${node} loses ${formatCount(row.detail)} acknowledged ${row.detail === 1 ? 'write' : 'writes'}`;
    default:
      return operationTitle(row.op);
  }
}

/** How a request went: its meaning (colour and shape) and its words; `meaning` is null while it is under way. */
export interface OutcomeChip {
  meaning: MeaningName | null;
  text: string;
}

/** The chip of a root row. A stale answer is first of all stale, wherever it came from. */
export function outcomeChip(root: Row): OutcomeChip {
  if (root.end === Number.POSITIVE_INFINITY) return { meaning: null, text: 'under way' };
  if (root.outcome >= OUTCOME.timeout) return { meaning: 'error', text: outcomeTitle(root.outcome) };
  if ((root.flags & FLAG.stale) !== 0) {
    return { meaning: 'stale', text: `stale: ${formatDurationUs(root.detail * 1000)} old` };
  }
  if (root.op === OP['request.write']) {
    // Only an order ends without a row: it found nothing left, or the database had nothing left.
    if (root.outcome === OUTCOME.absent) return { meaning: 'miss', text: 'nothing left' };
    return { meaning: 'write', text: 'written' };
  }
  if ((root.flags & FLAG.ownStale) !== 0) return { meaning: 'stale', text: 'without its own write' };
  const overdue = (root.flags & FLAG.overdue) === 0 ? '' : ', past its time';
  if (root.outcome === OUTCOME.hit) return { meaning: 'hit', text: `hit${overdue}` };
  if (root.outcome === OUTCOME.absent) return { meaning: 'miss', text: 'no such row' };
  if (root.cause === 0) return { meaning: 'miss', text: 'from the database' };
  return { meaning: 'miss', text: `miss: ${causeTitles[missCauses[root.cause]]}` };
}
