import { type CheckOutcome, resultOf } from '../../../src/drills.ts';
import type { Room } from '../../drill/room.ts';
import { readSheet, type Sheet } from '../../drill/session/Sheet.ts';
import type { SheetAct } from '../../drill/session/SheetAct.ts';
import type { Outlet } from '../Unit.ts';

/** What a host may be told besides, as the address asks for it. */
export interface DrillReportOptions {
  /** The host's own name for the person; it comes back in the result. */
  learner?: string;
  /** Whether statements for a record store are wanted. */
  xapi: boolean;
}

/** Tells the host how a drill goes: steps, answers, hints, checks and in the end the whole sheet. */
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
      case 'inject':
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
    const { drill, role, log } = this.room;
    const sheet = readSheet(drill, role, log.store.getState());
    for (const { step, attempt, outcome } of sheet.log?.attempts ?? [])
      this.checks(step, attempt, outcome?.checks ?? [], true);
    this.withResult((result) => {
      this.outlet.sendPrivate('result', result);
      if (!this.options.xapi) return;
      for (const statement of result.statements) this.outlet.sendPrivate('xapi', { statement });
    });
  }

  private withResult(use: (result: ReturnType<typeof resultOf>) => void): void {
    const { drill, role, log } = this.room;
    const sheet = readSheet(drill, role, log.store.getState());
    if (sheet.log === undefined) return;
    try {
      use(this.result(sheet.log));
    } catch (error) {
      this.outlet.send('warning', { code: 'result', message: error instanceof Error ? error.message : String(error) });
    }
  }
}
