import { closingUs, type Columns, isInstant, OP, OUTCOME, type SpanStore } from '../../../src/index.ts';
import type { ContentsState } from './ContentsState.ts';

/** A row that changes (or reads) the contents of a cache, at `atUs`. */
export interface ContentsEvent {
  atUs: number;
  /** Order among events of the same µs. */
  order: number;
  table: Columns;
  index: number;
}

/**
 * The rows that took effect on cache node `node` in (afterUs, untilUs], in the order in which they did. A call takes
 * effect when the node is done with it (`leave`), which may be well before its caller knows.
 */
export function contentsEvents(spans: SpanStore, node: number, afterUs: number, untilUs: number): ContentsEvent[] {
  const events: ContentsEvent[] = [];
  const add = (table: Columns, index: number) => {
    const atUs = table.leave[index];
    if (!(atUs > afterUs && atUs <= untilUs) || !concerns(table, index, node)) return;
    events.push({ atUs, order: isInstant(table.op[index]) ? 0 : table.id[index], table, index });
  };
  const { closed } = spans;
  for (let index = spans.firstClosing(afterUs + 1); index < closed.length; index++) {
    if (closingUs(closed, index) > untilUs) break;
    add(closed, index);
  }
  spans.forEachActive(untilUs, add);
  events.sort(byTime);
  placeEvictions(events);
  return events;
}

function byTime(a: ContentsEvent, b: ContentsEvent): number {
  return a.atUs - b.atUs || a.order - b.order;
}

function concerns(table: Columns, index: number, node: number): boolean {
  const op = table.op[index];
  if (op === OP['database.write']) return table.version[index] > 0;
  if (table.node[index] !== node) return false;
  return (op >= OP['local.get'] && op <= OP['cache.delete']) || (op >= OP.evict && op <= OP.flush);
}

/** An eviction comes just before the store that needed the room, also when others happen in the same µs. */
function placeEvictions(events: ContentsEvent[]): void {
  for (let first = 0; first < events.length; ) {
    let end = first + 1;
    while (end < events.length && events[end].atUs === events[first].atUs) end++;
    if (end - first > 2) placeWithin(events, first, end);
    first = end;
  }
}

function placeWithin(events: ContentsEvent[], first: number, end: number): void {
  const group = events.slice(first, end);
  for (const event of group) {
    const { table, index } = event;
    if (table.op[index] !== OP.evict || table.request[index] === 0) continue;
    const cause = group.find((other) => isStoreOf(other, table.request[index]));
    if (cause !== undefined) event.order = cause.order - 0.5;
  }
  events.splice(first, group.length, ...group.sort(byTime));
}

function isStoreOf({ table, index }: ContentsEvent, request: number): boolean {
  const op = table.op[index];
  return table.request[index] === request && (op === OP['cache.set'] || op === OP['local.set']);
}

/** Applies one event. What a call did is read from what it left in its row, since its caller may have given up before. */
export function applyEvent(state: ContentsState, { table, index, atUs }: ContentsEvent): void {
  const key = table.key[index];
  const version = table.version[index];
  const outcome = table.outcome[index];
  switch (table.op[index]) {
    case OP['database.write']:
      if (version > (state.truth.get(key) ?? 0)) state.truth.set(key, version);
      break;
    case OP['local.get']:
    case OP['cache.get']:
      if (version >= 0) state.touch(key, atUs);
      break;
    case OP['local.set']:
    case OP['cache.set']: {
      const ttlMs = table.detail[index];
      // 0: it never got as far as the contents. A refused entry has pushed out its own predecessor.
      if (ttlMs === 0) break;
      if (outcome === OUTCOME.rejected) state.remove(key);
      else state.set(key, version, atUs, ttlMs < 0 ? Number.POSITIVE_INFINITY : atUs + ttlMs * 1000);
      break;
    }
    case OP['local.delete']:
    case OP['cache.delete']:
      if (outcome !== OUTCOME.rejected && outcome !== OUTCOME.refused) state.remove(key);
      break;
    case OP.flush:
      state.clear();
      break;
    default:
      state.remove(key);
  }
}
