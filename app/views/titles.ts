import { FLAG, type MissCause, missCauses, OP, OUTCOME, type Outcome, outcomes, type Row } from '../../src/index.ts';
import type { RunView } from '../stage/RunView.ts';
import { formatDurationUs } from '../ui/format.ts';
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
  first: 'never asked before',
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
  if (root.op === OP['request.write']) return { meaning: 'write', text: 'written' };
  if (root.outcome === OUTCOME.hit) return { meaning: 'hit', text: 'hit' };
  if (root.outcome === OUTCOME.absent) return { meaning: 'miss', text: 'no such row' };
  if (root.cause === 0) return { meaning: 'miss', text: 'from the database' };
  return { meaning: 'miss', text: `miss: ${causeTitles[missCauses[root.cause]]}` };
}
