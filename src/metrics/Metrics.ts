import type { Scenario } from '../scenario/schema.ts';
import { CAUSE, FLAG, missCauses, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import { type MetricColumn, metricColumns, tiers, type WindowBatch } from './columns.ts';
import { type Counter, counters } from './counters.ts';
import { LatencyHistogram } from './LatencyHistogram.ts';

/** Slots and line of one node, as the metrics read them at the end of a window. */
export interface Gauge {
  node: string;
  station: {
    busyArea: number;
    waitingArea: number;
    maxWaiting: number;
    waiting: number;
    integrateTo(atUs: number): void;
  };
  /** `node` gauges also report the longest line. */
  kind: 'node' | 'pool';
}

/** What a tier holds, summed over its caches. */
export interface Holdings {
  entries: number;
  bytes: number;
}

type TierColumns = {
  gets: number;
  hits: number;
  misses: number;
  fills: number;
  overwrites: number;
  evictions: number;
  expirations: number;
  invalidations: number;
  flushed: number;
  entries: number;
  bytes: number;
};

/**
 * Folds rows into windows as they settle, and windows into totals. Every request is counted, whatever becomes of its rows.
 */
export class Metrics {
  readonly columns: MetricColumn[];
  readonly totals: Float64Array<ArrayBuffer>;
  readonly readLatency = new LatencyHistogram();
  readonly writeLatency = new LatencyHistogram();
  inFlight = 0;
  private readonly window: Float64Array<ArrayBuffer>;
  private readonly indexById: Map<string, number>;
  private readonly gauges: {
    gauge: Gauge;
    busy: number;
    queue: number;
    max: number;
    lastBusy: number;
    lastQueue: number;
  }[] = [];
  private readonly holdings: { tier: string; read: () => Holdings }[] = [];
  private readonly levels: { column: number; read: () => number }[] = [];
  private readonly counterAt: Record<Counter, number>;
  private readonly staleByWriter: number;
  private readonly tierColumns: TierColumns[];
  private readonly nodeArrivals = new Int32Array(256).fill(-1);
  private readonly nodeDone = new Int32Array(256).fill(-1);
  private readonly windowReads = new LatencyHistogram();
  private readonly windowWrites = new LatencyHistogram();
  private pending: Float64Array[] = [];
  private completedWindows = 0;
  private readonly at: ReturnType<Metrics['requestColumns']>;

  constructor(scenario: Scenario) {
    this.columns = metricColumns(scenario);
    this.indexById = new Map(this.columns.map((column, index) => [column.id, index]));
    this.totals = new Float64Array(this.columns.length);
    this.window = new Float64Array(this.columns.length);
    this.tierColumns = tiers.map((tier) => this.columnsOfTier(tier));
    this.at = this.requestColumns();
    this.counterAt = Object.fromEntries(counters.map((name) => [name, this.index(name)])) as Record<Counter, number>;
    const first = Object.keys(scenario.traffic).sort((a, b) => (a < b ? -1 : 1))[0];
    this.staleByWriter = this.index(`stale.reads{writer=${first}}`);
  }

  /** Position of a column; throws for a name that does not exist. */
  index(id: string): number {
    const index = this.indexById.get(id);
    if (index === undefined) throw new Error(`no metric column ${id}`);
    return index;
  }

  /** Reads slots and line of a node at the end of every window. */
  watch(gauge: Gauge, nodeIndex: number): void {
    const { kind, node } = gauge;
    this.gauges.push({
      gauge,
      busy: this.index(`${kind}.busy{node=${node}}`),
      queue: this.index(`${kind}.queue{node=${node}}`),
      max: kind === 'node' ? this.index(`node.queue.max{node=${node}}`) : -1,
      lastBusy: 0,
      lastQueue: 0,
    });
    if (kind === 'node') {
      this.nodeArrivals[nodeIndex] = this.index(`node.arrivals{node=${node}}`);
      this.nodeDone[nodeIndex] = this.index(`node.done{node=${node}}`);
    }
  }

  /** Reads what a tier holds at the end of every window. */
  watchHoldings(tier: string, read: () => Holdings): void {
    this.holdings.push({ tier, read });
  }

  arrivedAt(nodeIndex: number): void {
    const column = this.nodeArrivals[nodeIndex];
    if (column >= 0) this.window[column]++;
  }

  doneAt(nodeIndex: number): void {
    const column = this.nodeDone[nodeIndex];
    if (column >= 0) this.window[column]++;
  }

  /** A client sent a request. */
  requestArrived(): void {
    this.window[this.at.arrived]++;
    this.inFlight++;
  }

  /** A request has its outcome for its client; `row.detail` is the age in ms of a stale answer, `ageUs` the same in µs. */
  requestSettled(row: OpenRow, ageUs: number): void {
    const { window, at } = this;
    this.inFlight--;
    const isRead = row.op === OP['request.read'];
    if (row.outcome >= OUTCOME.timeout) {
      if (isRead) window[at.lost]++;
      window[
        row.outcome === OUTCOME.timeout ? at.timedOut : row.outcome === OUTCOME.rejected ? at.rejected : at.failed
      ]++;
      return;
    }
    window[at.completed]++;
    const latencyUs = row.endUs - row.startUs;
    if (!isRead) {
      window[at.writes]++;
      window[at.writeLatency] += latencyUs;
      this.windowWrites.record(latencyUs);
      this.writeLatency.record(latencyUs);
      return;
    }
    window[at.reads]++;
    window[at.readLatency] += latencyUs;
    this.windowReads.record(latencyUs);
    this.readLatency.record(latencyUs);
    if ((row.flags & FLAG.stale) === 0) {
      window[at.fresh]++;
      return;
    }
    window[at.stale]++;
    window[at.staleAge] += ageUs;
    if (ageUs > window[at.staleAgeMax]) window[at.staleAgeMax] = ageUs;
  }

  /** A look-up at a tier (index into `tiers`) has its outcome. */
  lookedUp(tier: number, hit: boolean, cause: number): void {
    const columns = this.tierColumns[tier];
    this.window[columns.gets]++;
    if (hit) this.window[columns.hits]++;
    else this.window[columns.misses + Math.max(1, cause) - 1]++;
  }

  /** Something happened to the contents of a tier. */
  contents(
    tier: number,
    what: 'fills' | 'overwrites' | 'evictions' | 'expirations' | 'invalidations' | 'flushed',
    count = 1,
  ): void {
    this.window[this.tierColumns[tier][what]] += count;
  }

  /** Something of those in `counters` happened. */
  count(what: Counter, times = 1): void {
    this.window[this.counterAt[what]] += times;
  }

  /** Reads a level at the end of every window. */
  watchLevel(id: 'writes.waiting' | 'feed.waiting' | 'bloom.fill', read: () => number): void {
    this.levels.push({ column: this.index(id), read });
  }

  /** A stale answer of a server, because of a write by traffic number `writer` (−1: nobody knows whose). */
  staleRead(node: string, writer: number): void {
    this.window[this.index(`stale.reads{node=${node}}`)]++;
    if (writer >= 0) this.window[this.staleByWriter + writer]++;
  }

  databaseDone(isRead: boolean): void {
    this.window[isRead ? this.at.databaseReads : this.at.databaseWrites]++;
  }

  databaseFailed(outcome: number): void {
    if (outcome === OUTCOME.timeout || outcome === OUTCOME.lost) this.window[this.at.databaseTimeouts]++;
    else if (outcome === OUTCOME.rejected) this.window[this.at.databaseRejected]++;
  }

  /** Ends the window at `atUs`, `widthUs` after its start. */
  closeWindow(atUs: number, widthUs: number): void {
    const { window, at } = this;
    for (const watched of this.gauges) {
      const { station } = watched.gauge;
      station.integrateTo(atUs);
      window[watched.busy] = (station.busyArea - watched.lastBusy) / widthUs;
      window[watched.queue] = (station.waitingArea - watched.lastQueue) / widthUs;
      watched.lastBusy = station.busyArea;
      watched.lastQueue = station.waitingArea;
      if (watched.max >= 0) window[watched.max] = station.maxWaiting;
      station.maxWaiting = station.waiting;
    }
    for (const { tier, read } of this.holdings) {
      const held = read();
      window[this.tierColumns[tiers.indexOf(tier as never)].entries] = held.entries;
      window[this.tierColumns[tiers.indexOf(tier as never)].bytes] = held.bytes;
    }
    for (const { column, read } of this.levels) window[column] = read();
    window[at.inFlight] = this.inFlight;
    window[at.readP50] = this.windowReads.quantile(50);
    window[at.readP99] = this.windowReads.quantile(99);
    window[at.readMax] = this.windowReads.maximum;
    window[at.writeP99] = this.windowWrites.quantile(99);
    this.windowReads.reset();
    this.windowWrites.reset();
    this.addToTotals();
    this.pending.push(window.slice());
    this.completedWindows++;
    window.fill(0);
  }

  /** The windows completed since the last call. */
  takeWindows(): WindowBatch {
    const width = this.columns.length;
    const values = new Float64Array(this.pending.length * width);
    for (let row = 0; row < this.pending.length; row++) values.set(this.pending[row], row * width);
    const batch = { first: this.completedWindows - this.pending.length, count: this.pending.length, values };
    this.pending = [];
    return batch;
  }

  /** Totals of completed windows and the one under way (sums only for the latter). */
  currentTotals(): Float64Array<ArrayBuffer> {
    const totals = this.totals.slice();
    this.columns.forEach((column, index) => {
      if (column.fold === 'sum') totals[index] += this.window[index];
    });
    return totals;
  }

  private addToTotals(): void {
    const { columns, totals, window } = this;
    const done = this.completedWindows;
    for (let column = 0; column < columns.length; column++) {
      const fold = columns[column].fold;
      if (fold === 'sum') totals[column] += window[column];
      else if (fold === 'max') totals[column] = Math.max(totals[column], window[column]);
      else if (fold === 'last') totals[column] = window[column];
      else totals[column] = (totals[column] * done + window[column]) / (done + 1);
    }
  }

  private columnsOfTier(tier: string): TierColumns {
    const column = (name: string) => this.index(`cache.${name}{tier=${tier}}`);
    return {
      gets: column('gets'),
      hits: column('hits'),
      misses: this.index(`cache.misses{tier=${tier},cause=${missCauses[CAUSE.first]}}`),
      fills: column('fills'),
      overwrites: column('overwrites'),
      evictions: column('evictions'),
      expirations: column('expirations'),
      invalidations: column('invalidations'),
      flushed: column('flushed'),
      entries: column('entries'),
      bytes: column('bytes'),
    };
  }

  private requestColumns() {
    return {
      arrived: this.index('requests.arrived'),
      completed: this.index('requests.completed'),
      timedOut: this.index('requests.timed-out'),
      rejected: this.index('requests.rejected'),
      failed: this.index('requests.failed'),
      reads: this.index('reads.completed'),
      writes: this.index('writes.completed'),
      stale: this.index('reads.stale'),
      fresh: this.index('reads.fresh'),
      lost: this.index('reads.lost'),
      staleAge: this.index('stale.age'),
      staleAgeMax: this.index('stale.age.max'),
      readLatency: this.index('read.latency'),
      readP50: this.index('read.latency.p50'),
      readP99: this.index('read.latency.p99'),
      readMax: this.index('read.latency.max'),
      writeLatency: this.index('write.latency'),
      writeP99: this.index('write.latency.p99'),
      inFlight: this.index('requests.in-flight'),
      databaseReads: this.index('database.reads'),
      databaseWrites: this.index('database.writes'),
      databaseTimeouts: this.index('database.timeouts'),
      databaseRejected: this.index('database.rejected'),
    };
  }
}
