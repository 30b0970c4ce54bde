import { markdownOf, resultOf } from '../../../src/drills.ts';
import type { Room } from '../../drill/room.ts';
import { answerAt, readSheet, type Sheet } from '../../drill/session/Sheet.ts';
import type { SheetAct } from '../../drill/session/SheetAct.ts';
import { readDraft } from '../../drill/session/sheetSchema.ts';
import type { Command, CommandName } from '../host/messages.ts';
import { Refusal } from '../host/Refusal.ts';
import type { Outlet, Unit } from '../Unit.ts';

/** What a drill does for its host. What decides a score is done by whoever sits before it, not by messages. */
export const drillCommands: readonly CommandName[] = ['getState', 'answer', 'hint', 'export'];

/** A drill that does what a host asks, and tells it how it goes. */
export class DrillUnit implements Unit {
  readonly does = drillCommands;
  private readonly stop: () => void;
  private readonly room: Room;
  private readonly outlet: Outlet;
  private readonly learner: string | undefined;

  /** @param learner the host's own name for the person; it comes back in the result. */
  constructor(room: Room, outlet: Outlet, learner?: string) {
    this.room = room;
    this.outlet = outlet;
    this.learner = learner;
    this.stop = room.log.store.subscribe((now, before) => {
      const known = new Set(before.events);
      for (const event of now.events) if (!known.has(event)) this.report(event.act);
    });
  }

  close(): void {
    this.stop();
  }

  obey(command: Command): unknown {
    switch (command.type) {
      case 'getState':
        return this.state();
      case 'answer':
        return this.answer(command.data.id, command.data.value);
      case 'hint':
        return this.hint(command.data.id);
      case 'export':
        return this.export(command.data?.format ?? 'json');
      default:
        throw new Refusal('not-here', `A drill does not know ${command.type}.`);
    }
  }

  private get sheet(): Sheet {
    return readSheet(this.room.drill, this.room.role, this.room.log.store.getState());
  }

  private state(): unknown {
    const { step, place, seed, finished, log } = this.sheet;
    return { step: step?.id ?? null, place: place + 1, seed, begun: log !== undefined, finished };
  }

  private answer(id: string, value: unknown): unknown {
    const { sheet } = this;
    const draft = readDraft({ value });
    if (draft === undefined) throw new Refusal('bad-data', 'answer: that is no answer to any question.');
    if (sheet.step?.id !== id || sheet.finished) throw new Refusal('bad-id', `The drill is not at the step “${id}”.`);
    if (answerAt(sheet, id) !== undefined) throw new Refusal('placed', 'That was handed in already.');
    // Written into the form and not handed in: the person has the last word.
    this.room.log.draft(id, draft);
    return { id, draft: draft.value };
  }

  private hint(id: string | undefined): unknown {
    const { step, log } = this.sheet;
    const hints = step !== undefined && 'hints' in step ? step.hints : [];
    if (step === undefined || (id !== undefined && id !== step.id) || hints.length === 0)
      throw new Refusal('bad-id', 'There is no hint here.');
    const taken = log?.hints.filter((one) => one.step === step.id).length ?? 0;
    const next = hints[taken];
    return { step: step.id, taken, next: next === undefined ? null : { cost: next.cost, afterS: next.afterS } };
  }

  private export(format: 'json' | 'markdown' | 'link'): unknown {
    const { log } = this.sheet;
    if (log === undefined) throw new Refusal('not-yet', 'The drill has not begun.');
    if (format === 'link') throw new Refusal('bad-format', 'A drill is exported as json or markdown.');
    const result = this.result(log);
    return { format, text: format === 'json' ? JSON.stringify(result) : markdownOf(result) };
  }

  private result(log: NonNullable<Sheet['log']>): ReturnType<typeof resultOf> {
    const site = location.href.split(/[?#]/)[0].replace(/\/[^/]*$/, '');
    const result = resultOf(this.room.drill, log, { site });
    return this.learner === undefined ? result : { ...result, learner: this.learner };
  }

  private report(act: SheetAct): void {
    const { drill } = this.room;
    switch (act.do) {
      case 'goto':
        this.outlet.send('step', { step: act.step, place: drill.steps.findIndex(({ id }) => id === act.step) + 1 });
        break;
      case 'answer': {
        const kind = drill.steps.find(({ id }) => id === act.step)?.kind;
        const type = kind === 'predict' ? 'prediction' : 'answer';
        this.outlet.sendPrivate(type, { id: act.step, value: act.value, confidence: act.confidence ?? null });
        break;
      }
      case 'hint': {
        const step = drill.steps.find(({ id }) => id === act.step);
        const cost = step !== undefined && 'hints' in step ? (step.hints[act.n - 1]?.cost ?? 0) : 0;
        this.outlet.send('hint', { id: `${act.step}/${act.n}`, cost });
        break;
      }
      case 'inject':
        this.outlet.send('fault', { id: act.id, t: act.atUs });
        break;
      case 'judged':
        for (const { id, status, expect, observed, atUs, windowUs } of act.outcome?.checks ?? [])
          this.outlet.sendPrivate('check', { id, status, expect, observed, at: atUs, window: windowUs });
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

  private score(): void {
    this.withResult((result) => this.outlet.sendPrivate('score', result.totals));
  }

  private finish(): void {
    this.withResult((result) => {
      this.outlet.sendPrivate('result', result);
      for (const statement of result.statements) this.outlet.sendPrivate('xapi', { statement });
    });
  }

  private withResult(use: (result: ReturnType<typeof resultOf>) => void): void {
    const { log } = this.sheet;
    if (log === undefined) return;
    try {
      use(this.result(log));
    } catch (error) {
      this.outlet.send('warning', { code: 'result', message: error instanceof Error ? error.message : String(error) });
    }
  }
}
