import { sharedMoment } from '../../share/moment.ts';
import type { Stage } from '../../stage/Stage.ts';
import type { StageState } from '../../stage/StageState.ts';
import type { Outlet } from '../Unit.ts';
import { watchJumps } from './watchJumps.ts';

/** `time` is told at most four times a second. */
const timeEveryMs = 250;

/**
 * Tells the host what happens on a stage: `state` when it starts, stops, changes speed or goes to another moment, `time`
 * while it runs, and
 * `command` for everything a person or a host does to the run, from which another window can repeat it.
 */
export class StageReports {
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly stops: (() => void)[];
  private lastUs = -1;
  private readonly stage: Stage;
  private readonly outlet: Outlet;

  constructor(stage: Stage, outlet: Outlet, playing: boolean) {
    this.stage = stage;
    this.outlet = outlet;
    this.timer = setInterval(() => this.time(), timeEveryMs);
    this.stops = [
      stage.store.subscribe((now, before) => this.compare(now, before)),
      watchJumps(stage, () => this.state(stage.store.getState(), stage.store.getState().playing)),
    ];
    this.state(stage.store.getState(), playing, true);
  }

  close(): void {
    clearInterval(this.timer);
    for (const stop of this.stops) stop();
  }

  private time(): void {
    const t = Math.round(this.stage.playhead.atUs);
    if (t === this.lastUs) return;
    this.lastUs = t;
    this.outlet.send('time', { t });
  }

  private compare(now: StageState, before: StageState): void {
    if (now.playing !== before.playing || now.speed !== before.speed || now.ended !== before.ended)
      this.state(now, now.playing);
    if (now.problem !== before.problem && now.problem !== '')
      this.outlet.send('error', { code: 'run', message: now.problem });
    if (now.actions !== before.actions || now.patch !== before.patch || now.seed !== before.seed)
      this.command(now, before);
  }

  /** @param began it is where the run begins, and nothing that anybody did. */
  private state({ speed, ended }: StageState, playing: boolean, began = false): void {
    const t = Math.round(this.stage.playhead.atUs);
    this.outlet.send('state', { playing, t, speed, ended, step: null, ...(began ? { began } : {}) });
  }

  private command(now: StageState, before: StageState): void {
    const t = Math.round(this.stage.playhead.atUs);
    const moment = sharedMoment(this.stage);
    const appended =
      now.patch === before.patch &&
      now.seed === before.seed &&
      now.actions.length === before.actions.length + 1 &&
      before.actions.every((act, index) => act === now.actions[index]);
    const cmd = appended
      ? moment.actions.at(-1)
      : { do: 'restart', set: now.patch, seed: now.seed ?? null, acts: moment.actions };
    this.outlet.send('command', { t, cmd });
    const last = now.actions.at(-1);
    if (appended && last !== undefined && last.do !== 'set') this.outlet.send('fault', { id: last.do, t: last.at });
  }
}
