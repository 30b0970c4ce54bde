import { CAUSE, closingUs, type Columns, OP, OUTCOME, type SpanStore } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { applyEvent, type ContentsEvent } from '../contents/contentsEvents.ts';
import { ContentsState } from '../contents/ContentsState.ts';
import { type ContentsRules, plainRules } from '../contents/contentsRules.ts';

/** Rows between two checkpoints, at first. */
const checkpointRows = 40_000;
const mostCheckpoints = 16;

/** Rows that change or read a server's own memory, recorded at that memory. */
const ofMemory: ReadonlySet<number> = new Set([
  OP['local.get'],
  OP['local.set'],
  OP['local.delete'],
  OP.evict,
  OP.expire,
  OP.flush,
]);

interface MemoryEvent extends ContentsEvent {
  /** Which server's memory; −1 for a commit, which concerns all. */
  place: number;
}

/**
 * What all servers keep in their own memories at any moment, from one pass over the rows: forwards by what is new, backwards from the
 * nearest of a bounded number of checkpoints. All of them share what is known of the database.
 */
export class Memories {
  /** Everything up to and including this moment has been applied. */
  atUs = -1;
  private readonly spans: SpanStore;
  private readonly firstApp: number;
  private readonly firstMemory: number;
  private readonly count: number;
  private readonly rules: ContentsRules[];
  private states: ContentsState[];
  private checkpoints: ContentsState[][] = [];
  private spacingRows = checkpointRows;
  private rowsSince = 0;

  constructor({ spans, meta: { nodes } }: Pick<RunView, 'spans' | 'meta'>) {
    this.spans = spans;
    this.firstApp = nodes.findIndex(({ kind }) => kind === 'app');
    this.firstMemory = nodes.findIndex(({ kind }) => kind === 'local');
    this.count = nodes.filter(({ kind }) => kind === 'local').length;
    this.rules = Array.from({ length: this.count }, (_, place) => ({ ...plainRules, server: this.firstApp + place }));
    this.states = this.empty();
  }

  /** The memory of each server, in order, at `atUs`, at most at the last µs before `horizonUs`, which is where knowledge ends. */
  seek(atUs: number, horizonUs: number): readonly ContentsState[] {
    const untilUs = Math.min(Math.floor(atUs), horizonUs - 1);
    if (untilUs < this.atUs) this.goBack(untilUs);
    while (this.atUs < untilUs) this.goForward(untilUs);
    return this.states;
  }

  private empty(): ContentsState[] {
    const truth = new Map<number, number>();
    return Array.from({ length: this.count }, () => Object.assign(new ContentsState(), { truth }));
  }

  private goBack(untilUs: number): void {
    const nearest = this.checkpoints.findLast(([{ atUs }]) => atUs <= untilUs);
    this.states = nearest === undefined ? this.empty() : copyOf(nearest);
    this.atUs = nearest?.[0].atUs ?? -1;
    this.rowsSince = 0;
  }

  private goForward(untilUs: number): void {
    const { spans, states, atUs: afterUs } = this;
    const { closed } = spans;
    const from = spans.firstClosing(afterUs + 1);
    const last = from + this.spacingRows;
    const stopUs = last < closed.length ? Math.min(untilUs, Math.max(afterUs + 1, closingUs(closed, last))) : untilUs;
    const missed = spans.thinnedBeforeUs > Math.max(0, afterUs);
    for (const event of this.events(afterUs, stopUs)) {
      if (event.place < 0) applyEvent(states[0], event, -1, plainRules);
      else applyEvent(states[event.place], event, this.firstMemory + event.place, this.rules[event.place]);
    }
    for (const state of states) {
      state.atUs = stopUs;
      if (missed) state.exact = false;
    }
    this.atUs = stopUs;
    this.rowsSince += Math.max(0, spans.firstClosing(stopUs + 1) - from);
    if (this.rowsSince >= this.spacingRows) this.keepCheckpoint();
  }

  /** The rows that took effect in (afterUs, untilUs], in the order in which they did. */
  private events(afterUs: number, untilUs: number): MemoryEvent[] {
    const events: MemoryEvent[] = [];
    /** Orders of stores, by server, request and moment: what makes room for a store comes just before it. */
    const stores = new Map<string, number>();
    const visit = (table: Columns, index: number) => {
      const atUs = table.leave[index];
      if (!(atUs > afterUs && atUs <= untilUs)) return;
      const place = this.placeOf(table, index);
      if (place === null) return;
      const op = table.op[index];
      const isInstant = op === OP.evict || op === OP.expire || op === OP.flush;
      const order = isInstant ? 0 : table.id[index];
      if (op === OP['local.set']) stores.set(`${place} ${table.request[index]} ${atUs}`, order);
      events.push({ atUs, order, table, index, place });
    };
    const { closed } = this.spans;
    for (let index = this.spans.firstClosing(afterUs + 1); index < closed.length; index++) {
      if (closingUs(closed, index) > untilUs) break;
      visit(closed, index);
    }
    this.spans.forEachActive(untilUs, visit);
    for (const event of events) {
      const { table, index, place, atUs } = event;
      if (table.op[index] === OP.evict)
        event.order = (stores.get(`${place} ${table.request[index]} ${atUs}`) ?? 0.5) - 0.5;
    }
    return events.sort((a, b) => a.atUs - b.atUs || a.order - b.order);
  }

  /** Which memory a row concerns; −1 for a commit, null for none. */
  private placeOf(table: Columns, index: number): number | null {
    const op = table.op[index];
    if (op === OP['database.write'] || op === OP['cache.write']) return table.version[index] > 0 ? -1 : null;
    const isMail = op === OP['bus.deliver'];
    if (!isMail && !ofMemory.has(op)) return null;
    const place = table.node[index] - (isMail ? this.firstApp : this.firstMemory);
    return place >= 0 && place < this.count ? place : null;
  }

  private keepCheckpoint(): void {
    this.rowsSince = 0;
    const last = this.checkpoints.at(-1);
    if (last !== undefined && last[0].atUs >= this.atUs) return;
    this.checkpoints.push(copyOf(this.states));
    if (this.checkpoints.length <= mostCheckpoints) return;
    this.checkpoints = this.checkpoints.filter((_, index) => index % 2 === 0);
    this.spacingRows *= 2;
  }
}

/** Independent states with the same contents, which share a copy of what is known of the database. */
function copyOf(states: readonly ContentsState[]): ContentsState[] {
  const truth = new Map(states[0].truth);
  return states.map((state) => {
    const shared = state.truth;
    // Lest each of them copies it.
    state.truth = new Map();
    const copy = state.copy();
    state.truth = shared;
    copy.truth = truth;
    return copy;
  });
}

/** Look-ups of each server's own memory in the second before `atUs`, and how many of them found something, by place. */
export function lookUps(
  { spans, meta: { nodes } }: Pick<RunView, 'spans' | 'meta'>,
  atUs: number,
): { gets: Int32Array; hits: Int32Array } {
  const first = nodes.findIndex(({ kind }) => kind === 'local');
  const gets = new Int32Array(nodes.length);
  const hits = new Int32Array(nodes.length);
  spans.forEachOverlapping(atUs - 1_000_000, atUs, (table, index) => {
    if (table.op[index] !== OP['local.get'] || !(table.leave[index] <= atUs)) return;
    const place = table.node[index] - first;
    gets[place]++;
    if (table.outcome[index] === OUTCOME.hit && table.cause[index] !== CAUSE.overdue) hits[place]++;
  });
  return { gets, hits };
}
