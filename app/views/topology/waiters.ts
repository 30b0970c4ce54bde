import { closingUs, type Columns, OP, type SpanStore } from '../../../src/index.ts';

/** Who does the work that others wait for. */
export interface Loader {
  /** Index of the server, or of the cache where that loads itself. */
  node: number;
  /** 0 where it works for nobody. */
  request: number;
  isRefresh: boolean;
}

/** Everybody who waits for one key. */
export interface WaitGroup {
  key: number;
  /** Readers who wait for somebody's load. */
  loads: number;
  /** Readers who wait before they look again. */
  polls: number;
  /** Those whose load is waited for, without the ones who are waiting themselves. */
  loaders: Loader[];
}

/**
 * The readers that wait at a moment, by the key they wait for, most first. Pauses before a retry, and those of work in the
 * background, are no waiting for a key.
 */
export function readWaiters(spans: SpanStore, atUs: number): WaitGroup[] {
  const groups = new Map<number, WaitGroup>();
  const leaders = new Map<number, WaitGroup>();
  const polling = new Set<number>();
  spans.forEachActive(atUs, (table, index) => {
    if (table.op[index] !== OP.wait || closingUs(table, index) <= atUs) return;
    const leader = table.detail[index];
    if (leader === 0 && !looksAgain(spans, table, index)) return;
    const key = table.key[index];
    const group = groups.get(key) ?? { key, loads: 0, polls: 0, loaders: [] };
    groups.set(key, group);
    if (leader === 0) {
      group.polls++;
      polling.add(table.parent[index]);
    } else {
      group.loads++;
      leaders.set(leader, group);
    }
  });
  if (leaders.size > 0) {
    spans.forEachActive(atUs, (table, index) => {
      if (polling.has(table.id[index])) return;
      const isRefresh = table.op[index] === OP.refresh;
      leaders.get(table.id[index])?.loaders.push({ node: table.node[index], request: table.request[index], isRefresh });
    });
  }
  return [...groups.values()].sort((a, b) => b.loads + b.polls - a.loads - a.polls || a.key - b.key);
}

/** Whether a pause stands between two looks at a lock: the call before it asked for the lock, or for what is there meanwhile. */
function looksAgain(spans: SpanStore, table: Columns, index: number): boolean {
  const request = table.request[index];
  if (request === 0) return false;
  const { closed } = spans;
  let before = -1;
  spans.forEachClosedOf(request, (row) => {
    if (before >= 0 || closed.parent[row] !== table.parent[index]) return;
    if (closed.end[row] <= table.start[index] && closed.id[row] < table.id[index]) before = row;
  });
  return before >= 0 && (closed.op[before] === OP['cache.lock'] || closed.op[before] === OP['cache.get']);
}

/** The keys of the refreshes under way at a moment, longest first. */
export function readRefreshes(spans: SpanStore, atUs: number): number[] {
  const found: { key: number; sinceUs: number }[] = [];
  spans.forEachActive(atUs, (table, index) => {
    if (table.op[index] === OP.refresh && closingUs(table, index) > atUs)
      found.push({ key: table.key[index], sinceUs: table.start[index] });
  });
  return found.sort((a, b) => a.sinceUs - b.sinceUs || a.key - b.key).map(({ key }) => key);
}
