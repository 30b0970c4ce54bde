import { OP } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import type { Following } from '../RowFollower.ts';
import { settingAt } from '../settingsAt.ts';

/** A lock on a key, held on behalf of a request until a time. */
export interface HeldLock {
  key: number;
  /** Index of the server that took it. */
  node: number;
  request: number;
  /** Id of the row on whose behalf it was taken: only that one frees it. */
  owner: number;
  sinceUs: number;
  /** It lapses then, whatever becomes of its holder. */
  untilUs: number;
}

/** Flushes come after the calls of the same µs: a crash cuts off those in service, and they took nothing. */
const last = Number.MAX_SAFE_INTEGER;

/**
 * The table of locks as the shared cache keeps it: taken where none is held, freed by the owner alone, lapsed at its time, gone
 * with a flush or a crash. Replayed from what the cache worked on, because a caller who gave up may have got its lock.
 */
export function lockFollowing(run: Pick<RunView, 'scenario' | 'actions' | 'meta'>): Following<Map<number, HeldLock>> {
  const redis = run.meta.nodes.findIndex(({ kind }) => kind === 'redis');
  return {
    ops: [OP['cache.lock'], OP['cache.unlock'], OP.flush],
    begin: () => new Map(),
    moments: (table, index, at) => {
      if (table.op[index] === OP.flush) at(table.start[index], 0, last);
      // What was refused before its service has reached nobody.
      else if (table.service[index] < Number.POSITIVE_INFINITY) at(table.leave[index]);
    },
    apply: (locks, table, index, atUs) => {
      const key = table.key[index];
      const owner = table.parent[index];
      const held = locks.get(key);
      const holds = held !== undefined && held.untilUs > atUs;
      if (table.op[index] === OP.flush) {
        if (table.node[index] === redis) locks.clear();
      } else if (table.op[index] === OP['cache.unlock']) {
        if (held?.owner === owner) locks.delete(key);
      } else if (!holds) {
        const untilUs = atUs + settingAt(run, 'protect.lockTtl', atUs);
        locks.set(key, { key, node: table.from[index], request: table.request[index], owner, sinceUs: atUs, untilUs });
      }
    },
  };
}

/** Those that are held at `atUs`, the next to lapse first. */
export function heldLocks(locks: ReadonlyMap<number, HeldLock>, atUs: number): HeldLock[] {
  return [...locks.values()]
    .filter(({ untilUs }) => untilUs > atUs)
    .sort((a, b) => a.untilUs - b.untilUs || a.key - b.key);
}
