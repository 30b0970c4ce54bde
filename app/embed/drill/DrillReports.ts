import { actionsOf, type CheckOutcome, resultOf, type SettingsPatch } from '../../../src/drills.ts';
import { messageOf } from '../../drill/messageOf.ts';
import type { Room } from '../../drill/room.ts';
import { readSheet, type Sheet } from '../../drill/session/Sheet.ts';
import type { SheetAct } from '../../drill/session/SheetAct.ts';
import type { Outlet } from '../Unit.ts';

interface RunOfAttempt {
  step: string;
  n: number;
}

/** What a host may be told besides, as the address asks for it. */
export interface DrillReportOptions {
  /** The host's own name for the person; it comes back in the result. */
  learner?: string;
  /** Whether statements for a record store are wanted. */
  xapi: boolean;
}

/**
 * Tells the host how a drill goes: steps, answers, hints, what is done to the run of an attempt, checks and in the end the
 * whole sheet. A `command` is as that of a simulation, with the attempt it belongs to.
 */
export class DrillReports {
  private readonly stop: () => void;
  private readonly room: Room;
  private readonly outlet: Outlet;
  private readonly options: DrillReportOptions;

  constructor(room: Room, outlet: Outlet, options: DrillReportOptions) {
    this.room = room;
    this.outlet = outlet;
    this.options = options;
    this.stop = room.log.store.subscribe((now, before) => {
      if (now.events === before.events) return;
      const known = new Set(before.events);
      for (const event of now.events) if (!known.has(event)) this.report(event.act);
    });
  }

  close(): void {
    this.stop();
  }

  /** The sheet as it is handed out, also before its end. */
  result(log: NonNullable<Sheet['log']>): ReturnType<typeof resultOf> {
    const site = location.href.split(/[?#]/)[0].replace(/\/[^/]*$/, '');
    const result = resultOf(this.room.drill, log, { site });
    return this.options.learner === undefined ? result : { ...result, learner: this.options.learner };
  }

  private report(act: SheetAct): void {
    const { steps } = this.room.drill;
    const step = 'step' in act ? steps.find(({ id }) => id === act.step) : undefined;
    switch (act.do) {
      case 'goto':
        this.outlet.send('step', { step: act.step, place: steps.findIndex(({ id }) => id === act.step) + 1 });
        break;
      case 'answer': {
        const type = step?.kind === 'predict' ? 'prediction' : 'answer';
        this.outlet.sendPrivate(type, { id: act.step, value: act.value, confidence: act.confidence ?? null });
        break;
      }
      case 'hint':
        this.outlet.send('hint', { id: `${act.step}/${act.n}`, cost: step?.hints[act.n - 1]?.cost ?? 0 });
        break;
      case 'attempt':
        this.command(act, 0, { do: 'restart', set: act.set, seed: this.sheet().seed, acts: [] });
        break;
      case 'turn':
        this.turned(act, act.set);
        break;
      case 'inject':
        // What the script does by itself happens in every window of this drill; what somebody lets in has to be told.
        if (!act.byScript) this.command(act, act.atUs, act.action);
        this.outlet.send('fault', { id: act.id, t: act.atUs });
        break;
      case 'judged':
        this.checks(act.step, act.n, act.outcome?.checks ?? [], false);
        this.score();
        break;
      case 'rate':
        this.score();
        break;
      case 'finish':
        this.finish();
        break;
      default:
        break;
    }
  }

  /** One command a setting, as a simulation tells them. */
  private turned(of: RunOfAttempt & { atUs: number }, set: SettingsPatch): void {
    for (const cmd of actionsOf({ us: of.atUs, set })) this.command(of, of.atUs, cmd);
  }

  private command({ step, n }: RunOfAttempt, t: number, cmd: object): void {
    this.outlet.send('command', { t, cmd, step, attempt: n });
  }

  private sheet(): Sheet {
    const { drill, role, log } = this.room;
    return readSheet(drill, role, log.store.getState());
  }

  /** What is kept back from the person until the end is kept back from the page around as well. */
  private checks(step: string, attempt: number, outcomes: readonly CheckOutcome[], secret: boolean): void {
    const found = this.room.drill.steps.find(({ id }) => id === step);
    const checks = found?.kind === 'intervene' ? found.checks : [];
    for (const { id, status, expect, observed, atUs, windowUs } of outcomes) {
      const check = checks.find((one) => one.id === id);
      if ((check?.secret ?? false) !== secret) continue;
      const points = status === 'pass' ? (check?.points ?? 0) : 0;
      const told = { id, status, expect, observed, at: atUs, window: windowUs, points, step, attempt };
      this.outlet.sendPrivate('check', told);
    }
  }

  private score(): void {
    this.withResult((result) => this.outlet.sendPrivate('score', result.totals));
  }

  private finish(): void {
    for (const { step, attempt, outcome } of this.sheet().log?.attempts ?? [])
      this.checks(step, attempt, outcome?.checks ?? [], true);
    this.withResult((result) => {
      this.outlet.sendPrivate('result', result);
      if (!this.options.xapi) return;
      for (const statement of result.statements) this.outlet.sendPrivate('xapi', { statement });
    });
  }

  private withResult(use: (result: ReturnType<typeof resultOf>) => void): void {
    const { log } = this.sheet();
    if (log === undefined) return;
    try {
      use(this.result(log));
    } catch (error) {
      this.outlet.send('warning', { code: 'result', message: messageOf(error) });
    }
  }
}
