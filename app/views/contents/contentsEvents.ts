import { CAUSE, closingUs, type Columns, isInstant, OP, OUTCOME, type SpanStore } from '../../../src/index.ts';
import type { ContentsRules } from './contentsRules.ts';
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
 * effect when the node is done with it (`leave`), which may be well before its caller knows. `server`: whose memory it is, if
 * it is one: what the bus tells that server takes an entry out.
 */
export function contentsEvents(
  spans: SpanStore,
  node: number,
  afterUs: number,
  untilUs: number,
  server = -1,
): ContentsEvent[] {
  const events: ContentsEvent[] = [];
  const add = (table: Columns, index: number) => {
    const atUs = table.leave[index];
    if (!(atUs > afterUs && atUs <= untilUs) || !concerns(table, index, node, server)) return;
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

const ofContents: ReadonlySet<number> = new Set([
  OP['local.get'],
  OP['local.set'],
  OP['local.delete'],
  OP['cache.get'],
  OP['cache.set'],
  OP['cache.delete'],
  OP['cache.update'],
  OP['cache.load'],
  OP['cache.write'],
  OP['cache.get-many'],
  OP.evict,
  OP.expire,
  OP.flush,
]);

function concerns(table: Columns, index: number, node: number, server: number): boolean {
  const op = table.op[index];
  if (isCommit(op) && table.version[index] > 0) return true;
  if (op === OP['bus.deliver']) return table.node[index] === server;
  return table.node[index] === node && ofContents.has(op);
}

/** Whether the row makes a version the true one: the database has it, or a write-behind cache has promised it. */
function isCommit(op: number): boolean {
  return op === OP['database.write'] || op === OP['cache.write'];
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

const stores: ReadonlySet<number> = new Set([OP['local.set'], OP['cache.set'], OP['cache.update'], OP['cache.write']]);

function isStoreOf({ table, index }: ContentsEvent, request: number): boolean {
  return table.request[index] === request && stores.has(table.op[index]);
}

/** Applies one event. What a call did is read from what it left in its row, since its caller may have given up before. */
export function applyEvent(state: ContentsState, event: ContentsEvent, node: number, rules: ContentsRules): void {
  const { table, index, atUs } = event;
  const key = table.key[index];
  const version = table.version[index];
  const op = table.op[index];
  if (isCommit(op) && version > (state.truth.get(key) ?? 0)) state.truth.set(key, version);
  switch (op) {
    case OP['database.write']:
      break;
    case OP['local.get']:
    case OP['cache.get']:
      if (version >= 0 && table.cause[index] !== CAUSE.overdue)
        state.touch(key, atUs, table.detail[index] > 0 ? table.detail[index] : -1);
      break;
    case OP['cache.load']:
      if (table.outcome[index] === OUTCOME.hit) state.touch(key, atUs);
      break;
    case OP['cache.get-many']:
      if (table.outcome[index] === OUTCOME.hit)
        for (const found of rules.pageOf(key, table.detail[index])) state.touch(found, atUs);
      else if (version >= 0) state.touch(key, atUs);
      break;
    case OP['local.set']:
    case OP['cache.set']:
    case OP['cache.update']:
    case OP['cache.write']:
      if (table.node[index] === node) store(state, event, rules);
      break;
    case OP['local.delete']:
    case OP['cache.delete']:
    case OP['bus.deliver']:
      if (table.outcome[index] !== OUTCOME.rejected && table.outcome[index] !== OUTCOME.refused) state.remove(key);
      break;
    case OP.flush:
      state.clear();
      break;
    default:
      state.leave(key, version);
  }
}

/** A store, as far as it got: without a time to live in its row it never reached the contents, or a newer version was there. */
function store(state: ContentsState, { table, index, atUs }: ContentsEvent, rules: ContentsRules): void {
  const ttlMs = table.detail[index];
  if (ttlMs === 0) return;
  const key = table.key[index];
  const version = table.version[index];
  const op = table.op[index];
  const versioned = rules.isVersioned(table.start[index]);
  // What is loaded from a list, for nobody, is stored under the key as it is.
  const at = versioned && op === OP['cache.set'] && table.request[index] > 0 ? version : -1;
  // A refused entry has pushed out its own predecessor.
  if (table.outcome[index] === OUTCOME.rejected) {
    state.remove(key, at);
    return;
  }
  const expiresUs = ttlMs < 0 ? Number.POSITIVE_INFINITY : atUs + ttlMs * 1000;
  const goneUs = version === 0 ? expiresUs : expiresUs + rules.graceUs(atUs);
  state.set(key, version, atUs, { expiresUs, goneUs, at, pointer: versioned && op === OP['cache.update'] });
}
