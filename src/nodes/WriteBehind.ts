import { Effect, type Process } from '../kernel/Effect.ts';
import { Task, type TaskObserver } from '../kernel/Task.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import { BatchCall } from './BatchCall.ts';
import type { CacheContents, LookUp } from './CacheContents.ts';
import type { Call, RequestContext } from './Call.ts';
import type { Database } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { Step } from './Handles.ts';
import { tookOrder } from './orders.ts';
import type { Station } from './Station.ts';
import { Wait } from './Wait.ts';
import { type BufferedWrite, WriteBuffer } from './WriteBuffer.ts';
import type { WriteCall } from './WriteCall.ts';

/** What the flusher of a write-behind cache can reach. */
export interface FlushHandles {
  readonly buffer: {
    /** Waits until a batch is due, and takes it. */
    next(): Step<BufferedWrite[]>;
    /** The database has the batch. */
    stored(batch: BufferedWrite[]): void;
    /** It has not: after a pause its rows are due again. */
    putBack(batch: BufferedWrite[]): void;
  };
  readonly database: { batch(rows: BufferedWrite[]): Step<unknown> };
}

/** What the flusher does, from the start to a crash. */
export type FlushWork = (handles: FlushHandles) => Process<never>;

/** Luck of batches: apart from that of everybody else who serves nobody. */
const luckFrom = 2_147_483_648;
const NEVER = Number.POSITIVE_INFINITY;

class NextBatch extends Effect<BufferedWrite[]> {
  private readonly wait: (task: Task<unknown>) => void;

  constructor(wait: (task: Task<unknown>) => void) {
    super();
    this.wait = wait;
  }

  start(task: Task<unknown>): void {
    this.wait(task);
  }
}

/**
 * Write-behind's side of the shared cache: takes writes, keeps them until the database has them, and sends them in batches,
 * one batch at a time. The buffer is part of the cache: whoever looks up a buffered key finds the version written, even
 * where its entry has been evicted, has ended or was deleted.
 */
export class WriteBehind implements TaskObserver {
  readonly buffer = new WriteBuffer();
  private readonly environment: Environment;
  private readonly nodeIndex: number;
  private readonly contents: CacheContents;
  private readonly work: FlushWork;
  private readonly handles: FlushHandles;
  private flusher: Task<unknown> | null = null;
  /** The flusher, while nothing is due. */
  private idle: Task<unknown> | null = null;
  private underWay: BatchCall | null = null;
  /** A batch has failed: none is sent before. */
  private notBeforeUs = 0;
  private wakesUs = NEVER;
  /** The flusher serves nobody. */
  private readonly context: RequestContext = {
    request: 0,
    id: 0,
    calls: luckFrom,
    usedDatabase: false,
    missCause: 0,
    loadUs: 0,
    traffic: -1,
  };

  constructor(
    environment: Environment,
    nodeIndex: number,
    contents: CacheContents,
    work: FlushWork,
    database: Database,
    pool: Station<Call>,
  ) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
    this.contents = contents;
    this.work = work;
    this.handles = {
      buffer: {
        next: () => new NextBatch((task) => this.wait(task)),
        stored: (batch) => this.buffer.confirm(batch),
        putBack: (batch) => this.putBack(batch),
      },
      database: { batch: (rows) => this.send(new BatchCall(environment, database, nodeIndex, rows, pool)) },
    };
    environment.metrics.watchLevel('writes.waiting', () => this.buffer.dirtyKeys);
  }

  /** Takes a write. With the log only once it is safe there: true, the slot has been freed and the answer comes later. */
  take(call: WriteCall, freeSlot: () => void): boolean {
    if (!this.environment.settings.writeBehind.log) {
      this.keep(call, false);
      return false;
    }
    const { environment, nodeIndex } = this;
    const { logWrite } = environment.settings.writeBehind;
    const log = new Wait(environment, nodeIndex, call.key, logWrite, 0, OP['log.append']);
    const logged = () => this.keep(call, true);
    function* append() {
      yield* log;
      logged();
      call.respond();
    }
    freeSlot();
    call.process = new Task<unknown, WriteCall>(environment.simulation, append(), call);
    call.process.observe(this);
    call.process.begin();
    return true;
  }

  /** A look-up of a key with a buffered write finds at least that. */
  find(row: OpenRow & Partial<LookUp>): void {
    const entry = this.buffer.get(row.key);
    if (entry === undefined || (row.outcome === OUTCOME.hit && row.version >= entry.version)) return;
    row.version = entry.version;
    row.outcome = OUTCOME.hit;
    row.cause = 0;
    row.flags &= ~FLAG.overdue;
    if (row.takesOverdue !== true) return;
    const { version, sinceUs } = entry;
    row.found?.({
      value: version,
      storedUs: sinceUs,
      freshUntilUs: NEVER,
      expiresUs: NEVER,
      costUs: 0,
      uses: 1,
      early: false,
    });
  }

  taskEnded(task: Task<unknown>): void {
    if (task.state === 'failed') throw task.error;
  }

  /** The cache crashed: what is in no log is lost. Called before its connections break. */
  crashed(): void {
    this.flusher?.cancel();
    this.flusher = null;
    this.idle = null;
    const { truth } = this.environment;
    const { lost, adrift } = this.buffer.crash((key) => truth.storedVersion(key));
    this.lose(lost);
    const { underWay } = this;
    this.underWay = null;
    if (underWay === null || adrift === 0) return;
    // The statement may be on its way: whether its rows are lost is known when the database is through with it.
    underWay.whenClosed = (stored) => {
      this.buffer.settle(adrift, stored);
      if (!stored) this.lose(adrift);
    };
  }

  /** The cache is there again: what its log has is read back before anybody is served. */
  restarted(): void {
    const { recorder, simulation } = this.environment;
    const { keys } = this.buffer;
    if (keys === 0) return;
    recorder.instant(simulation.nowUs, { op: OP['log.append'], node: this.nodeIndex, key: -1, detail: keys });
    this.begin();
  }

  /** A knob was turned. */
  reconfigure(): void {
    if (!this.environment.settings.writeBehind.log) this.buffer.forgetLog();
    this.look();
  }

  private keep(call: WriteCall, logged: boolean): void {
    const { truth, simulation, metrics } = this.environment;
    const { outcome } = call;
    call.version = truth.accept(call.key, simulation.nowUs, call.traffic);
    this.contents.set(call, call.attempt);
    // A store that has no room for the entry still has the buffer.
    call.outcome = outcome;
    metrics.count('writes.accepted');
    if (this.buffer.add(call.key, call.version, call.traffic, simulation.nowUs, logged))
      metrics.count('writes.coalesced');
    tookOrder(this.environment, call);
    this.begin();
  }

  private begin(): void {
    if (this.flusher === null) {
      this.flusher = new Task<unknown, RequestContext>(
        this.environment.simulation,
        this.work(this.handles),
        this.context,
      );
      this.flusher.observe(this);
      this.flusher.begin();
    } else this.look();
  }

  private wait(task: Task<unknown>): void {
    this.idle = task;
    this.underWay = null;
    this.look();
  }

  private send(batch: BatchCall): BatchCall {
    this.underWay = batch;
    return batch;
  }

  /** If a batch is due and nobody is at it, it goes; else somebody looks again when it will be. */
  private look(): void {
    const { idle, buffer } = this;
    if (idle === null || buffer.keys === 0) return;
    const { simulation, settings } = this.environment;
    const { every, count } = settings.writeBehind;
    const isFull = buffer.keys >= count || settings.pattern.write !== 'write-behind';
    const dueUs = Math.max(this.notBeforeUs, isFull ? 0 : buffer.sinceUs + every);
    if (dueUs > simulation.nowUs) {
      this.wakeAt(dueUs);
      return;
    }
    this.idle = null;
    idle.resume(buffer.take(count));
  }

  private wakeAt(atUs: number): void {
    if (atUs >= this.wakesUs) return;
    this.wakesUs = atUs;
    this.environment.simulation.at(atUs, {
      fire: () => {
        this.wakesUs = NEVER;
        this.look();
      },
    });
  }

  private putBack(batch: BufferedWrite[]): void {
    const { metrics, simulation, settings } = this.environment;
    const replaced = this.buffer.putBack(batch);
    if (replaced > 0) metrics.count('writes.coalesced', replaced);
    this.notBeforeUs = simulation.nowUs + settings.writeBehind.every;
  }

  private lose(writes: number): void {
    if (writes === 0) return;
    const { recorder, simulation, metrics } = this.environment;
    metrics.count('writes.lost', writes);
    recorder.instant(simulation.nowUs, { op: OP['lose-writes'], node: this.nodeIndex, key: -1, detail: writes });
  }
}
