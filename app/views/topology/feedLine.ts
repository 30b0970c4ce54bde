import { OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import type { Following } from '../RowFollower.ts';
import { actsOf } from '../settingsAt.ts';

/** A change in the line of a feed. */
export interface FeedChange {
  key: number;
  atUs: number;
}

/** The feed's line at a moment: changes numbered from 0 in order of coming. */
export interface FeedState {
  /** The changes from `first` on. */
  changes: FeedChange[];
  first: number;
  /** Number of the change that the reader takes next. */
  next: number;
  /** Up to here the reader's position is saved; it starts there again after a crash. */
  saved: number;
  /** Id of the row of the change that is being worked on; 0 for none. */
  working: number;
}

/** The reader of a database's log saves its position after so many changes (as the engine's feed does). */
const savedEvery = 50;
/** Changes before the saved position that are remembered for drawing. */
const remembered = 64;
/** Acts come before everything else of their µs. */
const actsFirst = -1;
const phases = { begin: 0, end: 1 } as const;

/**
 * The line of a queue of events, or of the log of a database, with its reader: replayed from the events that reached the queue (or
 * from the commits), from what the reader took, and from its crashes.
 */
export function feedFollowing(run: Pick<RunView, 'scenario' | 'actions' | 'meta'>): Following<FeedState> {
  const acts = actsOf(run);
  const readsLog = run.scenario.invalidation.feed === 'cdc';
  const incoming = readsLog ? OP['database.write'] : OP['queue.publish'];
  const work = readsLog ? OP['log.read'] : OP['queue.work'];
  return {
    ops: [incoming, work, OP.fault],
    begin: () => ({ changes: [], first: 0, next: 0, saved: 0, working: 0 }),
    moments: (table, index, at) => {
      const op = table.op[index];
      if (op === work) {
        at(table.start[index], phases.begin);
        at(table.end[index], phases.end);
      } else if (op === OP.fault) at(table.start[index], phases.begin, actsFirst);
      else if (table.service[index] < Number.POSITIVE_INFINITY) {
        const came = readsLog ? table.version[index] > 0 : table.outcome[index] <= OUTCOME.timeout;
        if (came) at(table.leave[index]);
      }
    },
    apply: (state, table, index, atUs, phase) => {
      const op = table.op[index];
      if (op === OP.fault) {
        const act = acts[table.detail[index]];
        if (act?.do !== 'kill' || act.node !== 'feed') return;
        state.working = 0;
        state.next = state.saved;
      } else if (op !== work) state.changes.push({ key: table.key[index], atUs });
      else if (phase === phases.begin) {
        state.next++;
        state.working = table.id[index];
      } else if (state.working === table.id[index]) {
        state.working = 0;
        if (state.next - state.saved >= (readsLog ? savedEvery : 1)) save(state);
      }
    },
  };
}

/** Changes that the reader has not taken. */
export function feedWaiting({ changes, first, next }: FeedState): number {
  return first + changes.length - next;
}

function save(state: FeedState): void {
  state.saved = state.next;
  const over = state.saved - state.first - remembered;
  if (over < remembered) return;
  state.changes.splice(0, over);
  state.first += over;
}
