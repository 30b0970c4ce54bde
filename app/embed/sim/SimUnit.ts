import { type Action, engineVersion } from '../../../src/index.ts';
import { formatProblem, readActions, readSetting } from '../../../src/reading.ts';
import { momentAddress, sharedMoment, stageOptionsOf } from '../../share/moment.ts';
import { decodeLink, encodeLink } from '../../share/link.ts';
import { runOf, type Stage, type StageOptions } from '../../stage/Stage.ts';
import type { Command, CommandName } from '../host/messages.ts';
import { Refusal } from '../host/Refusal.ts';
import type { Outlet, Unit } from '../Unit.ts';
import { virtualUs } from '../virtualTime.ts';
import { eventStep } from './eventStep.ts';
import { Subscriptions } from './Subscriptions.ts';
import { spanHash } from './spanHash.ts';
import { type MeasuredFigure, readFigure } from './simMetrics.ts';
import { StageReports } from './StageReports.ts';

const hashUntilUsAtMost = 600_000_000;

/** Commands that any running stage does. */
export const stageCommands: readonly CommandName[] = [
  ...(['play', 'pause', 'seek', 'speed', 'step', 'set', 'inject', 'apply', 'reset'] as const),
  ...(['getState', 'setState', 'getMetrics', 'subscribe', 'unsubscribe', 'export'] as const),
];

/** A stage that does what a host asks, and tells it what happens. */
export class SimUnit implements Unit {
  readonly does = stageCommands;
  private readonly subscriptions: Subscriptions;
  private readonly reports: StageReports;
  private readonly stage: Stage;
  private readonly open: (options: StageOptions) => void;

  /** @param open puts another run in the place of this one. */
  constructor(stage: Stage, outlet: Outlet, open: (options: StageOptions) => void, autoplay = false) {
    this.stage = stage;
    this.open = open;
    this.reports = new StageReports(stage, outlet, autoplay);
    this.subscriptions = new Subscriptions((expr) => this.figure(expr), outlet);
  }

  /** Nothing is told any more. */
  close(): void {
    this.reports.close();
    this.subscriptions.close();
  }

  obey(command: Command): unknown {
    const { stage } = this;
    switch (command.type) {
      case 'play':
        stage.play();
        return this.now();
      case 'pause':
        stage.pause();
        return this.now();
      case 'seek':
        return this.seek(command.data.t);
      case 'speed':
        stage.setSpeed(command.data.speed);
        return this.now();
      case 'step':
        return this.step(command.data?.n ?? 1);
      case 'reset':
        stage.reset();
        if (command.data?.seed !== undefined) stage.setSeed(command.data.seed);
        return {};
      case 'getMetrics':
        return { figures: [command.data.expr].flat().map((expr) => this.figure(expr)) };
      case 'subscribe':
        return this.subscriptions.add(command.data.expr, command.data.everyMs);
      case 'unsubscribe':
        return this.subscriptions.remove(command.data?.expr);
      default:
        return this.change(command);
    }
  }

  private change(command: Command): unknown {
    switch (command.type) {
      case 'set':
        return this.set(command.data);
      case 'inject':
        return this.act([command.data.fault]);
      case 'apply':
        return this.act(command.data.commands);
      case 'getState':
        return this.state(command.data?.hash ?? false, command.data?.until);
      case 'setState':
        return this.setState(command.data.s);
      case 'export':
        return this.export(command.data?.format ?? 'json');
      default:
        throw new Refusal('not-here', `A simulation does not know ${command.type}.`);
    }
  }

  private now(): { playing: boolean; t: number; speed: number } {
    const { playing, speed } = this.stage.store.getState();
    return { playing, t: Math.round(this.stage.playhead.atUs), speed };
  }

  private momentUs(moment: string | number): number {
    const us = virtualUs(moment, this.stage.store.getState().scenarios[0]?.clock);
    if (us === undefined || us > 86_400_000_000) throw new Refusal('bad-data', 'That is no moment of this run.');
    return us;
  }

  private async seek(moment: string | number): Promise<unknown> {
    const us = this.momentUs(moment);
    this.stage.seek(us);
    await this.stage.whenKnown(us);
    return this.now();
  }

  /** A step is one event of the run: the next moment at which anything happens to any request. */
  private async step(n: number): Promise<unknown> {
    const { stage } = this;
    if (stage.store.getState().playing)
      throw new Refusal('playing', 'Pause first: a step is taken while the run stands still.');
    const us = await eventStep(stage.playhead.atUs, n, async (untilUs) => {
      await stage.whenKnown(untilUs);
      return runOf(stage.store.getState(), 0);
    });
    if (us === null)
      throw new Refusal('no-event', `Nothing more happens in the minute ${n < 0 ? 'before' : 'after'} this moment.`);
    stage.seek(us);
    await stage.whenKnown(us);
    return this.now();
  }

  private set(settings: Readonly<Record<string, string | number | boolean>>): unknown {
    for (const [path, value] of Object.entries(settings)) {
      const read = readSetting(path, value);
      if ('problem' in read) throw new Refusal('bad-setting', `${path}: ${read.problem.message}`);
    }
    for (const [path, value] of Object.entries(settings)) this.stage.setKnob(path, value);
    const { problem } = this.stage.store.getState();
    if (problem !== '') throw new Refusal('bad-setting', problem);
    return this.now();
  }

  /** Acts at their own times; one without a time happens now. */
  private act(commands: readonly Record<string, unknown>[]): unknown {
    const { stage } = this;
    const scenario = stage.store.getState().scenarios[0];
    const nowUs = Math.round(stage.playhead.atUs);
    const timed = commands.map((act) => ({ at: `${nowUs}us`, ...act }));
    const read = readActions(timed, scenario);
    if ('problems' in read) throw new Refusal('bad-act', read.problems.map(formatProblem).join(' '));
    // The same act may come twice, over the channel of the session and by the page's relay.
    const known = new Set(stage.store.getState().actions.map(asText));
    const fresh = read.actions.filter((act) => !known.has(asText(act)));
    const allNow = commands.every(({ at }) => at === undefined);
    if (allNow) for (const { at: _now, ...act } of fresh) stage.perform(act);
    else if (fresh.length > 0) {
      const actions = [...stage.store.getState().actions, ...fresh];
      stage.setMoment({ actions: actions.sort((a, b) => a.at - b.at) });
    }
    return { done: fresh.length };
  }

  private async state(withHash: boolean, until: string | number | undefined): Promise<unknown> {
    const { seed, scenarios, actions, patch } = this.stage.store.getState();
    const [scenario] = scenarios;
    const moment = sharedMoment(this.stage);
    const untilUs = until === undefined ? Math.round(this.stage.playhead.atUs) : this.momentUs(until);
    if (withHash && untilUs > hashUntilUsAtMost)
      throw new Refusal('too-long', 'A hash is made of ten minutes at most.');
    return {
      s: await encodeLink(moment),
      ...this.now(),
      seed: seed ?? scenario.seed,
      set: patch,
      acts: moment.actions,
      engine: engineVersion,
      ...(withHash ? { hash: await spanHash(scenario, actions, untilUs), until: untilUs } : {}),
    };
  }

  private async setState(packed: string): Promise<unknown> {
    const decoded = await decodeLink(packed);
    if ('error' in decoded) throw new Refusal('bad-state', decoded.error);
    const options = await stageOptionsOf(decoded.ok);
    if ('problem' in options) throw new Refusal('bad-state', options.problem);
    this.open(options);
    return { t: decoded.ok.atUs };
  }

  private async export(format: 'json' | 'markdown' | 'link'): Promise<unknown> {
    if (format === 'link') return { format, text: await momentAddress(this.stage) };
    if (format === 'markdown') throw new Refusal('bad-format', 'A simulation is exported as json or link.');
    return { format, text: JSON.stringify(sharedMoment(this.stage)) };
  }

  private figure(expr: string): MeasuredFigure {
    const run = runOf(this.stage.store.getState(), 0);
    if (run === null) throw new Refusal('not-yet', 'The run has not begun.');
    return readFigure(run, expr, this.stage.playhead.atUs);
  }
}

/** An act as text that does not depend on the order of its fields. */
function asText(act: Action): string {
  return JSON.stringify(Object.entries(act).sort(([a], [b]) => (a < b ? -1 : 1)));
}
