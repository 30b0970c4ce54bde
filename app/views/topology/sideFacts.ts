import { closingUs, type Columns, type NodeMeta, OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs, formatRate, formatShare } from '../../ui/format.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { anySettingAt, settingAt } from '../settingsAt.ts';

/** Something that is going on beside the requests, in words. */
export interface SideFact {
  id: string;
  title: string;
  text: string;
  meaning: MeaningName | null;
  /** 0 … 1, drawn as a bar; undefined where there is nothing to draw. */
  share?: number;
}

/** A lock on a key, held by a node until a time. */
export interface HeldLock {
  key: number;
  node: number;
  untilUs: number;
}

/** Who holds which lock at `atUs`: taken, not freed, and not lapsed. */
export function heldLocks(run: RunView, atUs: number): HeldLock[] {
  const ttlUs = settingAt(run, 'protect.lockTtl', atUs);
  const locks = new Map<number, HeldLock>();
  const rows: { at: number; table: Columns; index: number }[] = [];
  run.spans.forEachOverlapping(atUs - ttlUs, atUs, (table, index) => {
    const op = table.op[index];
    if ((op === OP['cache.lock'] || op === OP['cache.unlock']) && table.leave[index] <= atUs)
      rows.push({ at: table.leave[index], table, index });
  });
  rows.sort((a, b) => a.at - b.at);
  for (const { at, table, index } of rows) {
    const key = table.key[index];
    if (table.outcome[index] !== OUTCOME.ok) continue;
    if (table.op[index] === OP['cache.lock']) locks.set(key, { key, node: table.from[index], untilUs: at + ttlUs });
    else if (locks.get(key)?.node === table.from[index]) locks.delete(key);
  }
  return [...locks.values()].filter(({ untilUs }) => untilUs > atUs);
}

/** Rows of an operation under way at `atUs`, with the keys they are about. */
function underWay(run: RunView, atUs: number, ops: readonly number[]): { count: number; keys: Map<number, number> } {
  let count = 0;
  const keys = new Map<number, number>();
  run.spans.forEachActive(atUs, (table, index) => {
    if (!ops.includes(table.op[index]) || closingUs(table, index) <= atUs) return;
    count++;
    keys.set(table.key[index], (keys.get(table.key[index]) ?? 0) + 1);
  });
  return { count, keys };
}

/** The waiters that wait for somebody's load, not for time to pass. */
function waiters(run: RunView, atUs: number): { loads: number; polls: number; keys: Map<number, number> } {
  const found = { loads: 0, polls: 0, keys: new Map<number, number>() };
  run.spans.forEachActive(atUs, (table, index) => {
    if (table.op[index] !== OP.wait || closingUs(table, index) <= atUs) return;
    if (table.detail[index] > 0) found.loads++;
    else found.polls++;
    found.keys.set(table.key[index], (found.keys.get(table.key[index]) ?? 0) + 1);
  });
  return found;
}

function level(run: RunView, id: string, atUs: number): number {
  const { windows } = run;
  const window = windows.windowAt(atUs - 1);
  const column = windows.column(id);
  return window < 0 || column < 0 ? 0 : windows.at(window, column);
}

function lately(run: RunView, id: string, atUs: number): number {
  const { windows } = run;
  const column = windows.column(id);
  const last = Math.min(Math.floor(atUs / windows.widthUs), windows.count);
  const first = Math.max(0, last - Math.max(1, Math.round(1e6 / windows.widthUs)));
  if (column < 0 || last <= first) return 0;
  let total = 0;
  for (let window = first; window < last; window++) total += windows.at(window, column);
  return (total * 1e6) / ((last - first) * windows.widthUs);
}

/** The key that most are about, as it is called on screen. */
function mostly(run: RunView, keys: ReadonlyMap<number, number>): string {
  let best = -1;
  for (const [key, count] of keys) if (best < 0 || count > (keys.get(best) ?? 0)) best = key;
  return best < 0 ? '' : `${run.scenario.keyName}:${best}`;
}

const plural = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`;

/**
 * What goes on beside the requests at a moment: waiters, locks, refreshes, buffered writes, negative entries, the Bloom filter,
 * breakers. One fact for each protection that is on, so that the list does not jump.
 */
export function sideFacts(run: RunView, atUs: number): SideFact[] {
  const is = (path: string) => anySettingAt(run, path, atUs);
  const facts: SideFact[] = [];
  const add = (id: string, title: string, text: string, meaning: MeaningName | null = null, share?: number) =>
    facts.push({ id, title, text, meaning, ...(share === undefined ? {} : { share }) });
  if (is('protect.singleFlight') === true || is('protect.lock') === true) {
    const { loads, polls, keys } = waiters(run, atUs);
    const words = [
      ...(loads > 0 ? [`${plural(loads, 'reader', 'readers')} for a load`] : []),
      ...(polls > 0 ? [`${plural(polls, 'reader looks', 'readers look')} again`] : []),
    ];
    add('wait', 'Waiting', words.length === 0 ? 'nobody' : `${words.join(', ')}, mostly ${mostly(run, keys)}`, 'miss');
  }
  if (is('protect.lock') === true) add('lock', 'Lock', lockText(run, atUs), 'write');
  if (refreshes(is)) {
    const { count, keys } = underWay(run, atUs, [OP.refresh]);
    add('refresh', 'Refreshing', count === 0 ? 'nothing' : `${formatCount(count)}, ${mostly(run, keys)}`, 'refresh');
  }
  if (is('pattern.write') === 'write-behind') {
    const waiting = level(run, 'writes.waiting', atUs);
    const most = settingAt(run, 'writeBehind.count', atUs);
    add(
      'buffer',
      'Buffered writes',
      `${formatCount(waiting)} of ${formatCount(most)}`,
      'write',
      Math.min(1, waiting / most),
    );
  }
  if (Number(is('protect.negative')) > 0)
    add('negative', 'Negative entries', `${formatRate(lately(run, 'cache.negative', atUs))} answered`, 'hit');
  if (is('bloom.enabled') === true) {
    const fill = level(run, 'bloom.fill', atUs);
    const refused = formatRate(lately(run, 'bloom.refused', atUs));
    add('bloom', 'Bloom filter', `${formatShare(fill)} of bits set, ${refused} turned away`, null, fill);
  }
  const breaker = is('protect.breaker');
  if (typeof breaker === 'string' && breaker !== 'off')
    add('breaker', 'Circuit breaker', breakerText(run, atUs), 'error');
  return facts;
}

function refreshes(is: (path: string) => unknown): boolean {
  return is('pattern.read') === 'refresh-ahead' || Number(is('protect.stale')) > 0;
}

function lockText(run: RunView, atUs: number): string {
  const locks = heldLocks(run, atUs);
  if (locks.length === 0) return 'free';
  const [first] = locks.toSorted((a, b) => a.untilUs - b.untilUs);
  const holder = run.meta.nodes[first.node]?.title ?? '?';
  const more = locks.length > 1 ? `, and ${formatCount(locks.length - 1)} more` : '';
  return `${run.scenario.keyName}:${first.key} held by ${holder}, ${formatDurationUs(first.untilUs - atUs)} left${more}`;
}

/** The last thing that each breaker did before `atUs`: a server has one before the cache and one before the database. */
function breakerText(run: RunView, atUs: number): string {
  const state = new Map<string, { server: number; detail: number; sinceUs: number }>();
  run.spans.forEachOverlapping(0, atUs, (table, index) => {
    if (table.op[index] !== OP.breaker) return;
    const server = table.from[index];
    const breaker = `${server} ${table.node[index]}`;
    const sinceUs = table.start[index];
    if ((state.get(breaker)?.sinceUs ?? -1) > sinceUs) return;
    state.set(breaker, { server, detail: table.detail[index], sinceUs });
  });
  const open = new Set([...state.values()].filter(({ detail }) => detail !== 0).map(({ server }) => server)).size;
  return open === 0 ? 'closed' : `open at ${plural(open, 'server', 'servers')}`;
}

/** What the card of a node in the band below says. */
export function extraFacts(run: RunView, node: NodeMeta, atUs: number): { headline: string; detail: string } {
  switch (node.kind) {
    case 'replica':
      return {
        headline: formatRate(lately(run, `node.arrivals{node=${node.id}}`, atUs)),
        detail: `${formatDurationUs(settingAt(run, 'database.replicaLag', atUs))} behind`,
      };
    case 'bus': {
      const { count } = underWay(run, atUs, [OP['bus.deliver']]);
      return { headline: formatRate(lately(run, 'bus.published', atUs)), detail: `${formatCount(count)} on the way` };
    }
    default: {
      const waiting = level(run, 'feed.waiting', atUs);
      return { headline: formatRate(lately(run, 'feed.events', atUs)), detail: `${formatCount(waiting)} behind` };
    }
  }
}
