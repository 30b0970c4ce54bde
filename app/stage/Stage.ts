import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Action, Scenario } from '../../src/index.ts';
import { onFrame } from './frameLoop.ts';
import { Lane, type LaneOwner } from './Lane.ts';
import { isOverridden, isSameKnob, pickMoment, type ReadMoment, readMoment } from './moment.ts';
import { Playhead } from './Playhead.ts';
import { fetchReading, type Reading } from './reading.ts';
import type { RunView, Selection } from './RunView.ts';
import type { StageOptions } from './StageOptions.ts';
import type { Moment, Patch, StageState } from './StageState.ts';

export type { StageOptions } from './StageOptions.ts';

/** An act before its time is known. */
export type Act = Action extends infer A ? (A extends Action ? Omit<A, 'at'> : never) : never;

const prefetchAfterMs = 2500;

/** How far ahead of the playhead the engine is kept, in real milliseconds. */
const lookAheadMs = 45;
const publishEveryMs = 110;

/**
 * One stage: a scenario being run in one or two lanes, its playhead, and everything that a person does to it. Owns its
 * runs; knows nothing of React. `close` it when it leaves the screen.
 */
export class Stage implements LaneOwner {
  readonly store: StoreApi<StageState>;
  readonly playhead = new Playhead();
  private lanes: Lane[] = [];
  private readonly past: Moment[] = [];
  private readonly future: Moment[] = [];
  private readonly stopFrames: () => void;
  private publishedMs = 0;
  private publishTimer: ReturnType<typeof setTimeout> | undefined;
  private seekingUs = -1;
  private waiters: { atUs: number; resolve: () => void }[] = [];
  private gesture = '';
  private endsAtUs: number;
  private reading: Reading | null;
  private readonly prefetch: ReturnType<typeof setTimeout>;
  private readonly home: Pick<Moment, 'patch' | 'seed'>;
  private readonly homeSpeed: number | undefined;

  /** For {@link openStage}. */
  constructor(options: StageOptions, moment: Moment, read: ReadMoment, reading: Reading | null) {
    this.reading = reading;
    this.home = options.isFigure ? { patch: moment.patch, seed: moment.seed } : { patch: {}, seed: undefined };
    this.homeSpeed = options.isFigure ? options.speed : undefined;
    this.store = createStore<StageState>(() => ({
      ...moment,
      phase: 'loading',
      problem: '',
      input: options.input,
      scenarios: read.scenarios,
      runs: read.scenarios.map(() => null),
      revision: 0,
      playing: options.playing ?? true,
      speed: options.speed ?? read.scenarios[0]?.view.speed ?? 1,
      ended: false,
      resets: 0,
      busy: false,
      selection: options.request === undefined ? null : { lane: options.requestLane ?? 0, request: options.request },
      editing: options.editing ?? 0,
      tab: options.tab ?? '',
      canUndo: false,
      canRedo: false,
    }));
    this.endsAtUs = read.scenarios[0]?.duration ?? 0;
    if (read.problem !== '') this.store.setState({ phase: 'failed', problem: read.problem, playing: false });
    else this.openLanes(options.atUs ?? read.scenarios[0].view.at);
    this.stopFrames = onFrame((elapsedMs) => this.frame(elapsedMs));
    this.prefetch = setTimeout(() => this.withReading(() => {}), reading === null ? prefetchAfterMs : 0);
  }

  /** Ends the runs and the frames. */
  close(): void {
    this.stopFrames();
    clearTimeout(this.prefetch);
    clearTimeout(this.publishTimer);
    for (const lane of this.lanes) lane.close();
    this.lanes = [];
  }

  play(): void {
    if (this.state.ended || this.playhead.atUs >= this.endsAtUs) this.endsAtUs = Number.POSITIVE_INFINITY;
    this.store.setState({ playing: true, ended: false });
  }

  pause(): void {
    this.store.setState({ playing: false });
    this.publish(true);
  }

  toggle(): void {
    if (this.state.playing) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed: Math.min(1000, Math.max(0.001, speed)) });
  }

  /** Goes to a moment, back or forth; a moment not known yet is worked out first. */
  seek(atUs: number): void {
    const target = Math.max(0, Math.round(atUs));
    if (target <= this.knownUs()) {
      this.seekingUs = -1;
      this.playhead.move(target);
    } else {
      this.seekingUs = target;
      for (const lane of this.lanes) lane.advance(target + 1);
    }
    this.publish(true);
  }

  select(selection: Selection | null): void {
    this.store.setState({ selection });
  }

  showTab(tab: string): void {
    this.store.setState({ tab });
  }

  edit(lane: 0 | 1): void {
    this.store.setState({ editing: lane });
  }

  /**
   * Turns a knob: an act at this moment for what can change while it runs, a run from the start for the rest. Moves of one
   * `gesture` (a drag) are taken back together.
   */
  setKnob(path: string, value: string | number | boolean, gesture = ''): void {
    this.withReading(({ readSetting, settingInfo }) => {
      const read = readSetting(path, value);
      if ('problem' in read) {
        this.store.setState({ problem: `${path}: ${read.problem.message}` });
      } else if (this.state.editing === 1 && this.state.compare !== null) {
        this.remember(gesture);
        this.change({ compare: { ...this.state.compare, [path]: value } });
      } else if (settingInfo(path)?.live) {
        this.perform({ do: 'set', path, value: read.value }, gesture);
      } else {
        this.remember(gesture);
        this.change({ patch: { ...this.state.patch, [path]: value } });
      }
    });
  }

  /** Does something to the world at this moment. In the past it forks: what came after is taken off, and can be brought back. */
  perform(act: Act, gesture = ''): void {
    this.remember(gesture);
    const edgeUs = Math.max(...this.lanes.map((lane) => lane.requestedUs));
    const atEdge =
      this.state.playing && !this.state.busy && edgeUs - this.playhead.atUs < 3 * lookAheadMs * 1000 * this.state.speed;
    const at = atEdge ? edgeUs : Math.round(this.playhead.atUs);
    const action: Action = { ...act, at };
    const kept = this.state.actions.filter(
      (earlier) => earlier.at <= at && !(gesture !== '' && isSameKnob(earlier, action) && earlier.at === at),
    );
    const actions = [...kept, action];
    if (atEdge && kept.length === this.state.actions.length) {
      this.store.setState({ actions });
      this.lanes.forEach((lane, index) => {
        if (index === 0 || !isOverridden(action, this.state.compare)) lane.act(action);
      });
      this.publish(true);
    } else {
      this.change({ actions });
    }
  }

  /** Another history in place of this one, such as a run repeated from the log of another window. */
  setMoment(changes: Partial<Moment>): void {
    this.remember();
    this.change(changes);
  }

  /** Does something at its own time, ahead or past: what another window of a session did at that moment of its run. */
  schedule(action: Action): void {
    const actions = [...this.state.actions, action].sort((a, b) => a.at - b.at);
    const edgeUs = Math.max(...this.lanes.map((lane) => lane.requestedUs));
    if (action.at < edgeUs || this.lanes.length === 0) {
      this.change({ actions });
      return;
    }
    this.store.setState({ actions });
    for (const lane of this.lanes) lane.act(action);
  }

  setSeed(seed: number): void {
    this.remember();
    this.change({ seed });
  }

  /** Shows a second lane with the same arrivals and these settings changed; null takes it away. */
  setCompare(compare: Patch | null): void {
    this.remember();
    this.change({ compare });
    if (compare === null)
      this.store.setState({ editing: 0, selection: this.state.selection?.lane === 1 ? null : this.state.selection });
  }

  /** Back to the scenario as it is in the library, or to the figure as it is in the lesson, at its beginning. */
  reset(): void {
    this.remember();
    this.withReading(() => {
      this.change({ ...this.home, actions: [], compare: this.state.input.view?.compare ?? null });
      this.store.setState(({ resets }) => ({ resets: resets + 1 }));
      const [scenario] = this.state.scenarios;
      this.endsAtUs = scenario.duration;
      this.seek(scenario.view.at);
      const speed = this.homeSpeed ?? scenario.view.speed;
      this.store.setState({ selection: null, editing: 0, ended: false, playing: true, speed });
    });
  }

  undo(): void {
    this.travel(this.past, this.future);
  }

  redo(): void {
    this.travel(this.future, this.past);
  }

  /** Resolves when everything before `atUs` is known in every lane. */
  async whenKnown(atUs: number): Promise<void> {
    for (const lane of this.lanes) lane.advance(atUs);
    if (this.knownUs() < atUs) await new Promise<void>((resolve) => this.waiters.push({ atUs, resolve }));
  }

  laneChanged(): void {
    const known = this.knownUs();
    for (const waiter of this.waiters.filter(({ atUs }) => atUs <= known)) waiter.resolve();
    this.waiters = this.waiters.filter(({ atUs }) => atUs > known);
    if (this.seekingUs >= 0 && this.seekingUs <= this.knownUs()) {
      this.playhead.move(this.seekingUs);
      this.seekingUs = -1;
      this.publish(true);
    }
    this.publish(false);
  }

  laneFailed(message: string, atUs: number): void {
    this.store.setState({
      phase: 'failed',
      playing: false,
      problem: `The simulation stopped at ${(atUs / 1e6).toFixed(3)} s: ${message}`,
    });
  }

  private get state(): StageState {
    return this.store.getState();
  }

  private knownUs(): number {
    return Math.min(...this.lanes.map((lane) => lane.view?.horizonUs ?? 0));
  }

  private frame(elapsedMs: number): void {
    if (this.lanes.length === 0) return;
    const { playing, speed } = this.state;
    if (playing && this.seekingUs < 0) {
      const wished = this.playhead.atUs + elapsedMs * 1000 * speed;
      if (wished >= this.endsAtUs) {
        this.playhead.move(Math.min(this.endsAtUs, this.knownUs()));
        this.endsAtUs = Number.POSITIVE_INFINITY;
        this.store.setState({ playing: false, ended: true });
        this.publish(true);
        return;
      }
      this.playhead.move(Math.max(this.playhead.atUs, Math.min(wished, this.knownUs())));
      const untilUs = this.playhead.atUs + lookAheadMs * 1000 * speed;
      for (const lane of this.lanes) lane.advance(untilUs);
      this.publish(false);
    }
  }

  private publish(now: boolean): void {
    const waitMs = this.publishedMs + publishEveryMs - performance.now();
    if (!now && waitMs > 0) {
      // The last news of a paused stage must not be lost to the limit.
      this.publishTimer ??= setTimeout(() => this.publish(true), waitMs);
      return;
    }
    clearTimeout(this.publishTimer);
    this.publishTimer = undefined;
    this.publishedMs = performance.now();
    const runs = this.lanes.map((lane) => lane.view);
    const ready = runs.every((run) => run !== null && run.horizonUs > 0);
    const { phase, revision } = this.state;
    this.store.setState({
      runs,
      revision: revision + 1,
      busy: this.lanes.some((lane) => lane.busy),
      phase: phase === 'failed' ? phase : ready ? 'ready' : 'loading',
      canUndo: this.past.length > 0,
      canRedo: this.future.length > 0,
    });
  }

  private openLanes(atUs: number): void {
    const neededUs = Math.max(atUs, 20_000);
    this.seekingUs = atUs > 0 ? atUs : -1;
    this.lanes = this.state.scenarios.map(
      (scenario, index) => new Lane(this, scenario, this.actionsOf(index), neededUs + 1),
    );
  }

  private actionsOf(lane: number): readonly Action[] {
    return lane === 0
      ? this.state.actions
      : this.state.actions.filter((action) => !isOverridden(action, this.state.compare));
  }

  /** Another moment's settings: every lane runs again up to the playhead, and takes over when it is there. */
  private change(changes: Partial<Moment>): void {
    const moment: Moment = { ...pickMoment(this.state), ...changes };
    const rereads = 'patch' in changes || 'seed' in changes || 'compare' in changes;
    if (rereads) this.withReading((reading) => this.changeTo(moment, readMoment(reading, this.state.input, moment)));
    else this.changeTo(moment, { scenarios: this.state.scenarios, problem: '' });
  }

  private withReading(use: (reading: Reading) => void): void {
    if (this.reading !== null) {
      use(this.reading);
      return;
    }
    fetchReading().then(
      (reading) => {
        this.reading = reading;
        use(reading);
      },
      () =>
        this.store.setState({
          problem: 'A part of the page could not be fetched. Check the connection and try again.',
        }),
    );
  }

  private changeTo(moment: Moment, read: ReadMoment): void {
    if (read.problem !== '') {
      this.past.pop();
      this.store.setState({ problem: read.problem, canUndo: this.past.length > 0 });
      return;
    }
    this.store.setState({
      ...moment,
      scenarios: read.scenarios,
      problem: '',
      phase: this.state.phase === 'failed' ? 'loading' : this.state.phase,
    });
    const neededUs = Math.max(this.playhead.atUs, this.seekingUs, 20_000) + 1;
    while (this.lanes.length > read.scenarios.length) this.lanes.pop()?.close();
    read.scenarios.forEach((scenario, index) => {
      if (index < this.lanes.length) this.lanes[index].fork(scenario, this.actionsOf(index), neededUs);
      else this.lanes.push(new Lane(this, scenario, this.actionsOf(index), neededUs));
    });
    this.publish(true);
  }

  private remember(gesture = ''): void {
    if (gesture !== '' && gesture === this.gesture) return;
    this.gesture = gesture;
    this.past.push(pickMoment(this.state));
    if (this.past.length > 200) this.past.shift();
    this.future.length = 0;
  }

  private travel(from: Moment[], to: Moment[]): void {
    const moment = from.pop();
    if (moment === undefined) return;
    this.gesture = '';
    to.push(pickMoment(this.state));
    this.change(moment);
  }
}

/** The run of a lane, if it is there. */
export function runOf(state: StageState, lane: number): RunView | null {
  return state.runs[lane] ?? null;
}

/** Opens a stage. A scenario that was read while building, with nothing changed, needs no schema for it. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const moment: Moment = {
    patch: options.patch ?? {},
    seed: options.seed,
    actions: options.actions ?? [],
    compare: options.compare === undefined ? (options.input.view?.compare ?? null) : options.compare,
  };
  const asItIs =
    options.scenario !== undefined &&
    Object.keys(moment.patch).length === 0 &&
    moment.seed === undefined &&
    moment.compare === null;
  if (asItIs) return new Stage(options, moment, { scenarios: [options.scenario as Scenario], problem: '' }, null);
  const reading = await fetchReading();
  return new Stage(options, moment, readMoment(reading, options.input, moment), reading);
}
