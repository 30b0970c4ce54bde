import { type Action, type Batch, type RunMeta, type Scenario, SpanStore, WindowStore } from '../../src/index.ts';
import { engine, type RunListener } from '../engine/EngineClient.ts';
import type { RunView } from './RunView.ts';

/** What a lane tells the stage. */
export interface LaneOwner {
  /** New data, or another run took the place of the old one. */
  laneChanged(): void;
  laneFailed(message: string, atUs: number): void;
}

class OpenRun implements RunListener {
  view: RunView | null = null;
  requestedUs = 0;
  readonly number: number;
  readonly scenario: Scenario;
  actions: readonly Action[];
  private readonly lane: Lane;

  constructor(lane: Lane, scenario: Scenario, actions: readonly Action[]) {
    this.lane = lane;
    this.scenario = scenario;
    this.actions = actions;
    // The page lets a run go on past its scripted length; the transport says when that is reached.
    this.number = engine.open({ ...scenario, duration: Number.POSITIVE_INFINITY }, actions, this);
  }

  opened(meta: RunMeta): void {
    const columns = meta.metricColumns;
    const zero = { count: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 };
    this.view = {
      meta,
      scenario: this.scenario,
      actions: this.actions,
      spans: new SpanStore(),
      windows: new WindowStore(columns, meta.windowUs),
      horizonUs: 0,
      totals: new Float64Array(columns.length),
      latency: { read: zero, write: zero },
      finished: false,
    };
  }

  batch(batch: Batch): void {
    const { view } = this;
    if (view === null) return;
    view.spans.append(batch.closed, batch.open);
    view.windows.append(batch.windows);
    view.horizonUs = batch.horizonUs;
    view.totals = batch.totals;
    view.latency = batch.latency;
    this.lane.received(this);
  }

  failed(message: string, atUs: number): void {
    this.lane.failed(this, message, atUs);
  }

  lost(): void {
    this.lane.lost(this);
  }

  advance(untilUs: number): void {
    if (untilUs <= this.requestedUs) return;
    this.requestedUs = Math.ceil(untilUs);
    engine.advance(this.number, this.requestedUs);
  }
}

/**
 * One lane of a stage: the run that is shown, and, after an act in the past, the run that will take its place as soon as
 * it has caught up with the playhead.
 */
export class Lane {
  private current: OpenRun;
  private next: OpenRun | null = null;
  private neededUs = 0;
  private waiting: { scenario: Scenario; actions: readonly Action[]; neededUs: number } | null = null;
  private readonly owner: LaneOwner;

  constructor(owner: LaneOwner, scenario: Scenario, actions: readonly Action[], neededUs: number) {
    this.owner = owner;
    this.current = new OpenRun(this, scenario, actions);
    this.current.advance(neededUs);
  }

  /** The run that is shown; null until the worker has answered once. */
  get view(): RunView | null {
    return this.current.view;
  }

  /** Everything before this has been asked for: an act may come no earlier without a fork. */
  get requestedUs(): number {
    return this.current.requestedUs;
  }

  /** A fork is on its way. */
  get busy(): boolean {
    return this.next !== null;
  }

  /** Asks for everything before `untilUs`, also of the run that will take over: nobody asks again when it has. */
  advance(untilUs: number): void {
    this.current.advance(untilUs);
    this.next?.advance(untilUs);
    if (this.waiting !== null) this.waiting.neededUs = Math.max(this.waiting.neededUs, untilUs);
  }

  /** Acts at a time not yet asked for. */
  act(action: Action): void {
    this.current.actions = [...this.current.actions, action];
    if (this.current.view !== null) this.current.view = { ...this.current.view, actions: this.current.actions };
    engine.act(this.current.number, action);
  }

  /** Another run takes over once it knows everything before `neededUs`. Forks that pile up collapse into the last. */
  fork(scenario: Scenario, actions: readonly Action[], neededUs: number): void {
    if (this.next !== null) {
      this.waiting = { scenario, actions, neededUs };
      return;
    }
    this.neededUs = Math.max(1, Math.ceil(neededUs));
    this.next = new OpenRun(this, scenario, actions);
    this.next.advance(this.neededUs);
  }

  /** Ends everything. */
  close(): void {
    engine.close(this.current.number);
    if (this.next !== null) engine.close(this.next.number);
    this.waiting = null;
  }

  /** For the runs of this lane only. */
  received(run: OpenRun): void {
    if (run === this.next && run.view !== null && run.view.horizonUs >= this.neededUs) {
      engine.close(this.current.number);
      this.current = run;
      this.next = null;
      const waiting = this.waiting;
      this.waiting = null;
      if (waiting !== null) this.fork(waiting.scenario, waiting.actions, waiting.neededUs);
    }
    if (run === this.current) this.owner.laneChanged();
  }

  /** For the runs of this lane only. */
  failed(run: OpenRun, message: string, atUs: number): void {
    if (run === this.next) this.next = null;
    this.owner.laneFailed(message, atUs);
  }

  /** For the runs of this lane only: the worker was replaced, so the run is repeated from its actions. */
  lost(run: OpenRun): void {
    const again = new OpenRun(this, run.scenario, run.actions);
    if (run === this.next) {
      this.next = again;
      again.advance(this.neededUs);
    } else {
      const untilUs = Math.max(1, this.current.requestedUs);
      this.current = again;
      again.advance(untilUs);
    }
  }
}
