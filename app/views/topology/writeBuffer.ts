import { OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import type { Following } from '../RowFollower.ts';
import { actsOf, settingAt } from '../settingsAt.ts';

/** A key whose newest version the database does not have yet. */
export interface WaitingWrite {
  key: number;
  version: number;
  /** Acknowledged writes that it stands for. */
  writes: number;
  /** When the first of them came, µs. */
  sinceUs: number;
  /** It is in the log, and outlives a crash. */
  logged: boolean;
}

/** The buffer of a write-behind cache at a moment. */
export interface WriteBufferState {
  /** By key, oldest first. */
  waiting: Map<number, WaitingWrite>;
  /** In the statement that is on its way. */
  sent: Map<number, WaitingWrite>;
  /** Keys in the order of their last writes, newest last; at most as many as are shown. */
  newest: number[];
  /** Id of the statement under way; 0 for none. */
  batch: number;
  /** A statement has failed: none is sent before. */
  notBeforeUs: number;
  /** Writes that are in the log and not yet in the buffer: ids of their rows. */
  logged: Set<number>;
}

const namesKept = 8;
/** Acts come before everything else of their µs. */
const actsFirst = -1;
const phases = { begin: 0, end: 1 } as const;

/**
 * The write-behind buffer, replayed from its rows: each write that the cache took, each statement from its sending to its end, and
 * crashes. A write of a key that waits replaces the one before; a statement that fails puts its rows back, before all others.
 */
export function bufferFollowing(run: Pick<RunView, 'scenario' | 'actions' | 'meta'>): Following<WriteBufferState> {
  const acts = actsOf(run);
  return {
    ops: [OP['cache.write'], OP['log.append'], OP['database.batch'], OP.fault],
    begin: () => ({
      waiting: new Map(),
      sent: new Map(),
      newest: [],
      batch: 0,
      notBeforeUs: 0,
      logged: new Set(),
    }),
    moments: (table, index, at) => {
      const op = table.op[index];
      if (op === OP['cache.write']) {
        // Only what was accepted has a version.
        if (table.version[index] > 0) at(table.leave[index]);
      } else if (op === OP['database.batch']) {
        at(table.start[index], phases.begin);
        at(table.end[index], phases.end);
      } else at(table.start[index], phases.begin, op === OP.fault ? actsFirst : table.id[index]);
    },
    apply: (state, table, index, atUs, phase) => {
      const op = table.op[index];
      if (op === OP['cache.write'])
        accept(state, table.key[index], table.version[index], atUs, state.logged.delete(table.id[index]));
      else if (op === OP['log.append']) state.logged.add(table.parent[index]);
      else if (op === OP['database.batch']) {
        const id = table.id[index];
        if (phase === phases.begin) send(state, id, table.detail[index]);
        else if (state.batch === id) {
          const stored = table.outcome[index] < OUTCOME.timeout;
          if (!stored) state.notBeforeUs = atUs + settingAt(run, 'writeBehind.every', atUs);
          finish(state, stored);
        }
      } else {
        const act = acts[table.detail[index]];
        if (act?.do === 'kill' && act.node === 'redis') crash(state);
        if (act?.do === 'set' && act.path === 'writeBehind.log' && act.value === false) forgetLog(state);
      }
    },
  };
}

/** Acknowledged writes that wait or are on their way. */
export function bufferedWrites({ waiting, sent }: Pick<WriteBufferState, 'waiting' | 'sent'>): number {
  let writes = 0;
  for (const entry of waiting.values()) writes += entry.writes;
  for (const entry of sent.values()) writes += entry.writes;
  return writes;
}

/** Keys whose newest version the database has not confirmed. */
export function dirtyKeys({ waiting, sent }: Pick<WriteBufferState, 'waiting' | 'sent'>): number {
  let both = 0;
  for (const key of sent.keys()) if (waiting.has(key)) both++;
  return waiting.size + sent.size - both;
}

function accept(state: WriteBufferState, key: number, version: number, atUs: number, logged: boolean): void {
  const before = state.waiting.get(key);
  if (before === undefined) state.waiting.set(key, { key, version, writes: 1, sinceUs: atUs, logged });
  else {
    before.version = version;
    before.writes++;
    before.logged = logged;
  }
  const place = state.newest.indexOf(key);
  if (place >= 0) state.newest.splice(place, 1);
  state.newest.push(key);
  if (state.newest.length > namesKept) state.newest.shift();
}

function send(state: WriteBufferState, id: number, count: number): void {
  state.batch = id;
  for (const entry of state.waiting.values()) {
    if (state.sent.size >= count) break;
    state.sent.set(entry.key, entry);
  }
  for (const key of state.sent.keys()) state.waiting.delete(key);
}

function finish(state: WriteBufferState, stored: boolean): void {
  state.batch = 0;
  const back = [...state.sent.values()];
  state.sent = new Map();
  if (!stored) putBack(state, back);
}

function putBack(state: WriteBufferState, back: readonly WaitingWrite[]): void {
  const newer = state.waiting;
  state.waiting = new Map();
  for (const entry of back) {
    const later = newer.get(entry.key);
    const merged =
      later === undefined ? entry : { ...later, writes: later.writes + entry.writes, sinceUs: entry.sinceUs };
    state.waiting.set(entry.key, merged);
  }
  for (const entry of newer.values()) if (!state.waiting.has(entry.key)) state.waiting.set(entry.key, entry);
}

/** What is in no log is not here any more; what becomes of the statement on its way is the database's affair. */
function crash(state: WriteBufferState): void {
  const logged = [...state.sent.values()].filter((entry) => entry.logged);
  state.batch = 0;
  state.sent = new Map();
  state.logged = new Set();
  putBack(state, logged);
  for (const entry of state.waiting.values()) if (!entry.logged) state.waiting.delete(entry.key);
}

function forgetLog({ waiting, sent }: WriteBufferState): void {
  for (const entry of [...waiting.values(), ...sent.values()]) entry.logged = false;
}
