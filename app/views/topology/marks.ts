import { type Columns, FLAG, isInstant, OP, OUTCOME, type SpanStore } from '../../../src/index.ts';
import { answerKind, callKind, isWriting, KIND, outcomeKind } from './markKinds.ts';
import { type Lane, type Layout, laneKey, pointOn } from './layout.ts';

/** Marks to draw: places in CSS pixels, kinds, and the request each belongs to. */
export interface Marks {
  length: number;
  x: Float32Array;
  y: Float32Array;
  kind: Uint8Array;
  request: Int32Array;
  /** One request in this many is drawn. */
  oneIn: number;
}

/** Room for marks; the oldest requests are left out beyond it. */
export function createMarks(capacity = 6000): Marks {
  return {
    length: 0,
    x: new Float32Array(capacity),
    y: new Float32Array(capacity),
    kind: new Uint8Array(capacity),
    request: new Int32Array(capacity),
    oneIn: 1,
  };
}

/** The way between client and server goes over the balancer: it takes longer than the others. */
const clientHop = 1.4;
/** How long the cross of a request that was given up takes to fall, in hops. */
const fallHops = 3;
/** To the server and back (longer ones), and three calls with a way each. */
const hopsAtMost = 9;
/** The same for a read that the shared cache answered. */
const hopsOfHit = 5;
const point = { x: 0, y: 0 };
/** Rows of background work, whose calls are drawn by themselves. */
const background: ReadonlySet<number> = new Set([OP.refresh, OP.later, OP.warm, OP['queue.work'], OP['log.read']]);
/** One-way messages. */
const messages: ReadonlySet<number> = new Set([OP['bus.publish'], OP['bus.deliver'], OP['queue.publish']]);

/**
 * Where every request is drawn at the playhead. A hop takes its true time or `leastHopUs`, whichever is longer, and the hops
 * of one request follow one another: at slow speeds the picture is exact, at high speeds the marks trail what has
 * happened (never ahead of it). Marks that are at a node are not drawn: slots and lines show them, exactly.
 * A function of the rows, the playhead and `leastHopUs` alone.
 */
export class MarkReader {
  private readonly spans: SpanStore;
  private readonly layout: Layout;
  private readonly marks: Marks;
  private readonly firstServer: number;
  /** The calls of the request being drawn, in order of opening. */
  private readonly tables: Columns[] = [];
  private readonly indexes: number[] = [];
  /** The moment, the least time of a hop and the request of the walk under way. */
  private atUs = 0;
  private leastUs = 0;
  private request = 0;
  /** What the mark of its request says where a server's own memory has it. */
  private found: number = KIND.hit;
  /** Last open row of each request (index + 1), and for each open row the one before it. */
  private readonly lastOpen = new Map<number, number>();
  private beforeOpen = new Int32Array(256);
  /** Ids of background work under way, and the calls that may belong to it. */
  private readonly activities = new Set<number>();
  private readonly asideTables: Columns[] = [];
  private readonly asideIndexes: number[] = [];

  constructor(spans: SpanStore, layout: Layout, marks: Marks) {
    // After the clients and the balancer.
    this.firstServer = layout.boxes.findIndex((box, node) => node > 1 && box !== null);
    this.spans = spans;
    this.layout = layout;
    this.marks = marks;
  }

  /**
   * @param picked request that is drawn exactly where it is, at a node too; 0 for none. Its mark is the last one.
   */
  read(atUs: number, leastHopUs: number, oneIn: number, picked = 0): Marks {
    const { marks, spans } = this;
    marks.length = 0;
    marks.oneIn = oneIn;
    this.indexOpen();
    const sinceUs = atUs - hopsAtMost * leastHopUs;
    this.activities.clear();
    this.asideTables.length = 0;
    this.asideIndexes.length = 0;
    const visit = (table: Columns, index: number) => {
      const request = table.request[index];
      if (table.op[index] > OP['request.write']) {
        this.noteAside(table, index);
        return;
      }
      // Scattered: every second request would be those of one server, where two take turns.
      if (request === picked || Math.imul(request, 0x9e3779b1) >>> 0 >= 4294967296 / oneIn) return;
      const answered = table.end[index] + hopsOfHit * leastHopUs;
      if (answered < atUs && table.outcome[index] === OUTCOME.hit) return;
      this.follow(table, index, atUs, leastHopUs);
    };
    spans.forEachOverlapping(sinceUs, atUs, visit);
    this.noteChildren(sinceUs, atUs);
    this.drawAside(atUs, leastHopUs);
    if (picked > 0) this.place(picked, atUs);
    return marks;
  }

  /** Remembers background work, and calls that no request of a client waits for. */
  private noteAside(table: Columns, index: number): void {
    const op = table.op[index];
    if (background.has(op)) this.activities.add(table.id[index]);
    else if (table.node[index] !== table.from[index] && (table.request[index] === 0 || op === OP['bus.deliver']))
      this.pushAside(table, index);
  }

  private pushAside(table: Columns, index: number): void {
    this.asideTables.push(table);
    this.asideIndexes.push(index);
  }

  /** The calls of background work on behalf of a request, found once it is known that there is any. */
  private noteChildren(sinceUs: number, atUs: number): void {
    if (this.activities.size === 0) return;
    this.spans.forEachOverlapping(sinceUs, atUs, (table, index) => {
      if (table.request[index] !== 0 && this.activities.has(table.parent[index]) && !isInstant(table.op[index]))
        this.pushAside(table, index);
    });
  }

  /** Each of those calls by itself, there and back: refreshes as rings, messages of a write as squares. */
  private drawAside(atUs: number, leastUs: number): void {
    this.atUs = atUs;
    this.leastUs = leastUs;
    for (let call = 0; call < this.asideTables.length; call++) {
      const table = this.asideTables[call];
      const index = this.asideIndexes[call];
      const message = messages.has(table.op[index]);
      const lane = this.layout.lanes.get(laneKey(table.from[index], table.node[index]));
      if (lane === undefined) continue;
      this.request = table.request[index];
      const kind = message || isWriting(table.op[index]) ? KIND.write : KIND.refresh;
      const wayUs = table.arrive[index] - table.sent[index];
      if (table.outcome[index] === OUTCOME.lost) {
        this.loseOnTheWay(lane, table.sent[index]);
        continue;
      }
      const arrived = this.hop(lane, table.sent[index], wayUs, false, kind, 1);
      if (arrived < 0 || message || table.leave[index] > atUs) continue;
      this.hop(lane, Math.max(arrived, table.leave[index]), table.end[index] - table.leave[index], true, kind, 1);
    }
  }

  /** A message that never arrives: half way, then a cross. */
  private loseOnTheWay(lane: Lane, sentUs: number): void {
    const share = (this.atUs - sentUs) / (2 * this.leastUs);
    if (!(share >= 0 && share < 1)) return;
    pointOn(lane, Math.min(0.5, share), point);
    this.add(point.x, point.y, share < 0.5 ? KIND.write : KIND.error, this.request);
  }

  /** The picked request: on its hop, or at the node that holds it. */
  private place(request: number, atUs: number): void {
    const rows = this.spans.request(request);
    if (rows.length === 0) return;
    const [{ table, index }] = rows;
    if (table.start[index] > atUs || table.end[index] <= atUs) return;
    const before = this.marks.length;
    this.follow(table, index, atUs, 0);
    if (this.marks.length > before) return;
    let node = table.arrive[index] > atUs ? table.from[index] : table.node[index];
    for (const call of rows.slice(1)) {
      if (call.table.arrive[call.index] <= atUs && call.table.leave[call.index] > atUs)
        node = call.table.node[call.index];
    }
    const box = this.layout.boxes[node];
    if (box !== null && box !== undefined)
      this.add(box.x + 8, box.y - 7, table.op[index] === OP['request.write'] ? KIND.write : KIND.plain, request);
  }

  private indexOpen(): void {
    const { open } = this.spans;
    this.lastOpen.clear();
    if (this.beforeOpen.length < open.length) this.beforeOpen = new Int32Array(2 * open.length);
    for (let index = 0; index < open.length; index++) {
      this.beforeOpen[index] = this.lastOpen.get(open.request[index]) ?? 0;
      this.lastOpen.set(open.request[index], index + 1);
    }
  }

  /** Walks one request hop by hop up to the playhead and draws the mark where it is. */
  private follow(root: Columns, index: number, atUs: number, leastUs: number): void {
    this.atUs = atUs;
    this.leastUs = leastUs;
    this.request = root.request[index];
    if (root.outcome[index] === OUTCOME.timeout) {
      this.fall(this.request, root.from[index], (atUs - root.end[index]) / (fallHops * leastUs));
    }
    this.found = (root.flags[index] & FLAG.stale) === 0 ? KIND.hit : KIND.stale;
    const isWrite = root.op[index] === OP['request.write'];
    const lane = this.layout.lanes.get(laneKey(root.from[index], root.node[index]));
    const start = root.start[index];
    const there = this.hop(
      lane,
      start,
      root.arrive[index] - start,
      false,
      isWrite ? KIND.write : KIND.plain,
      clientHop,
    );
    if (there < 0) return;
    const clock = this.followCalls(root.id[index], Math.max(there, root.service[index]), isWrite);
    const leave = Math.max(clock, root.leave[index]);
    if (clock < 0 || leave > atUs || root.end[index] < root.leave[index]) return;
    this.hop(lane, leave, root.end[index] - root.leave[index], true, outcomeKind(root, index), clientHop);
  }

  /**
   * The calls made by a row of a request, one after the other; the time at which the last is back, or −1 while one is under
   * way. Of a query and its hedge the slower one is nobody's: it is drawn by itself.
   */
  private followCalls(
    owner: number,
    fromUs: number,
    isWrite: boolean,
    before: number = isWrite ? KIND.write : KIND.plain,
  ): number {
    let clock = fromUs;
    let kind = before;
    const first = this.indexes.length;
    this.collect(this.request, owner);
    const end = this.indexes.length;
    for (let call = first; call < end && clock >= 0; call++) {
      const table = this.tables[call];
      const index = this.indexes[call];
      const lane = this.layout.lanes.get(laneKey(table.from[index], table.node[index]));
      if (lane !== undefined && this.isSlowerTwin(call, first, end)) {
        this.drawApart(table, index, lane);
        continue;
      }
      if (clock > this.atUs || table.sent[index] > this.atUs) {
        clock = -1;
      } else if (table.op[index] === OP['local.get'] && table.outcome[index] === OUTCOME.hit) {
        clock = this.rest(table.from[index], Math.max(clock, table.sent[index]));
      } else if (lane !== undefined) {
        kind = isWrite ? KIND.write : callKind(table, index, kind);
        clock = this.followCall(table, index, lane, Math.max(clock, table.sent[index]), isWrite, kind);
        kind = isWrite ? KIND.write : answerKind(table, index);
      }
    }
    this.tables.length = first;
    this.indexes.length = first;
    return clock;
  }

  /** One call there and back, with what its callee called for it in between; the time of its return, or −1. */
  private followCall(table: Columns, index: number, lane: Lane, sent: number, isWrite: boolean, kind: number): number {
    const arrived = this.hop(lane, sent, table.arrive[index] - table.sent[index], false, kind, 1);
    if (arrived < 0) return -1;
    const nests = table.op[index] === OP['cache.load'];
    const done = nests ? this.followCalls(table.id[index], arrived, isWrite, kind) : arrived;
    const leave = Math.max(done, table.leave[index]);
    if (done < 0 || leave > this.atUs) return -1;
    const back = isWrite ? KIND.write : answerKind(table, index);
    return this.hop(lane, leave, Math.max(0, table.end[index] - table.leave[index]), true, back, 1);
  }

  /** Whether this is the slower one of two queries for the same thing, among the calls from `first` to `end`. */
  private isSlowerTwin(call: number, first: number, end: number): boolean {
    const table = this.tables[call];
    const index = this.indexes[call];
    if (table.op[index] !== OP['database.read']) return false;
    const isHedge = (table.flags[index] & FLAG.hedge) !== 0;
    const step = isHedge ? -1 : 1;
    const other = call + step;
    if (other < first || other >= end) return false;
    const twins = this.tables[other];
    const twin = this.indexes[other];
    const isPair =
      twins.op[twin] === OP['database.read'] &&
      twins.key[twin] === table.key[index] &&
      ((twins.flags[twin] & FLAG.hedge) !== 0) !== isHedge;
    if (!isPair || (isHedge ? twins.end[twin] <= table.start[index] : twins.start[twin] >= table.end[index]))
      return false;
    const own = answeredAt(table, index);
    const others = answeredAt(twins, twin);
    return own === others ? isHedge : own > others;
  }

  /** A call there and back, by itself. */
  private drawApart(table: Columns, index: number, lane: Lane): void {
    const wayUs = table.arrive[index] - table.sent[index];
    const arrived = this.hop(lane, table.sent[index], wayUs, false, KIND.miss, 1);
    if (arrived < 0 || table.leave[index] > this.atUs) return;
    this.hop(lane, Math.max(arrived, table.leave[index]), table.end[index] - table.leave[index], true, KIND.miss, 1);
  }

  /**
   * A server's own memory has it: the mark is seen at that memory for the least time of a hop, and goes back from there.
   * @returns the time at which it leaves, or −1 where it is drawn.
   */
  private rest(server: number, fromUs: number): number {
    const place = this.layout.servers[server]?.answers;
    if (place === undefined) return fromUs;
    if (this.atUs - fromUs >= this.leastUs) return fromUs + this.leastUs;
    const x = place.x + place.width * ((this.request * 0.618) % 1);
    this.add(x, place.y + place.height / 2, this.found, this.request);
    return -1;
  }

  /** A client has given up: a cross falls away from it. The servers may still be working on the request. */
  private fall(request: number, client: number, share: number): void {
    const box = this.layout.boxes[client];
    if (!(share >= 0 && share < 1) || box === null || box === undefined) return;
    const { vertical, boxes } = this.layout;
    const scatter = (request * 0.618) % 1;
    // Where the servers stand below, it falls beside the way to them, and not on to them.
    const x = box.x + box.width * (vertical ? 0.02 + 0.34 * scatter : 0.1 + 0.8 * scatter);
    const depth = vertical ? Math.max(0, (boxes[this.firstServer]?.y ?? 0) - box.y - box.height - 14) : 52;
    this.add(x, box.y + box.height + 6 + depth * share * share, KIND.error, request);
  }

  /**
   * Draws the mark if it is on this hop at the playhead. `hops` is how many least times it takes at least.
   * @returns the time of arrival, or −1 where it is drawn or not yet off.
   */
  private hop(
    lane: Lane | undefined,
    fromUs: number,
    durationUs: number,
    back: boolean,
    kind: number,
    hops: number,
  ): number {
    if (fromUs > this.atUs) return -1;
    const duration = Math.max(durationUs, hops * this.leastUs, 1);
    const share = (this.atUs - fromUs) / duration;
    if (share >= 1) return fromUs + duration;
    if (lane !== undefined) {
      pointOn(lane, back ? 1 - share : share, point);
      this.add(point.x, point.y, kind, this.request);
    }
    return -1;
  }

  private add(x: number, y: number, kind: number, request: number): void {
    const { marks } = this;
    if (marks.length === marks.x.length) return;
    marks.x[marks.length] = x;
    marks.y[marks.length] = y;
    marks.kind[marks.length] = kind;
    marks.request[marks.length++] = request;
  }

  /** Collects the calls that a row of a request made, in order of opening, behind those that are there already. */
  private collect(request: number, owner: number): void {
    const first = this.indexes.length;
    const { closed, open } = this.spans;
    this.spans.forEachClosedOf(request, (index) => {
      if (closed.parent[index] === owner) this.insert(closed, index, first);
    });
    for (let next = this.lastOpen.get(request) ?? 0; next > 0; next = this.beforeOpen[next - 1]) {
      if (open.parent[next - 1] === owner) this.insert(open, next - 1, first);
    }
  }

  private insert(table: Columns, index: number, first: number): void {
    let place = this.indexes.length;
    while (place > first && this.tables[place - 1].id[this.indexes[place - 1]] > table.id[index]) {
      this.tables[place] = this.tables[place - 1];
      this.indexes[place] = this.indexes[place - 1];
      place--;
    }
    this.tables[place] = table;
    this.indexes[place] = index;
  }
}

/** When a query was answered; never, where it was given up. */
function answeredAt(table: Columns, index: number): number {
  return table.outcome[index] < OUTCOME.timeout ? table.end[index] : Number.MAX_VALUE;
}
