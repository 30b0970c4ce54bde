import type { StoreApi } from 'zustand';
import type { LessonState } from '../../lesson/lessonState.ts';
import type { Stage } from '../../stage/Stage.ts';
import type { Command, CommandName } from '../host/messages.ts';
import { Refusal } from '../host/Refusal.ts';
import { SimUnit, stageCommands } from '../sim/SimUnit.ts';
import type { Outlet, Unit } from '../Unit.ts';
import { answeredStatement } from '../xapi.ts';
import { answerPlace } from './answerPlace.ts';
import type { LessonHost } from './lessonHost.ts';
import type { LessonPlace } from './lessonPlaces.ts';

/** What a lesson does for its host; commands for a stage go to the figure that runs, or that began last. */
export const lessonCommands: readonly CommandName[] = [
  ...(['goto', 'answer'] as const),
  ...stageCommands.filter((name) => name !== 'setState' && name !== 'export'),
];

/** What a host can command of a lesson besides its figures. */
export interface LessonToCommand {
  host: LessonHost;
  /** How many parts there are. */
  steps: number;
  /** What has a name. */
  places: ReadonlyMap<string, LessonPlace>;
  /** Whether statements for a record store are wanted. */
  xapi: boolean;
  /** Shows a part, and in it the element of this id. */
  goTo: (step: number, element?: string) => void;
}

/** A lesson that does what a host asks, and tells it what was bet, answered and found. */
export class LessonUnit implements Unit {
  readonly does = lessonCommands;
  private readonly stop: () => void;
  private figure: { stage: Stage; unit: SimUnit } | null = null;
  private readonly state: StoreApi<LessonState>;
  private readonly outlet: Outlet;
  private readonly lesson: LessonToCommand;

  constructor(state: StoreApi<LessonState>, lesson: LessonToCommand) {
    this.state = state;
    this.outlet = lesson.host.outlet;
    this.lesson = lesson;
    this.stop = state.subscribe((now, before) => this.compare(now, before));
  }

  close(): void {
    this.stop();
    this.figure?.unit.close();
  }

  obey(command: Command): unknown {
    if (command.type === 'goto') return this.go(command.data.step);
    if (command.type === 'answer') return this.answer(command.data.id, command.data.value);
    if (!lessonCommands.includes(command.type))
      throw new Refusal('not-here', `A lesson does not know ${command.type}.`);
    return this.running().obey(command);
  }

  private go(step: number | string): unknown {
    const { places, steps, goTo } = this.lesson;
    const place = typeof step === 'string' ? places.get(step) : undefined;
    const part = typeof step === 'number' ? step : place?.part;
    if (part === undefined || part > steps)
      throw new Refusal(
        'bad-step',
        `This lesson has the parts 1 to ${steps}${places.size > 0 ? `, and in them ${[...places.keys()].join(', ')}` : ''}.`,
      );
    goTo(part, place?.element);
    return { step: part };
  }

  private answer(id: string, value: unknown): unknown {
    const place = this.lesson.places.get(id);
    if (place === undefined) throw new Refusal('bad-id', `There is no question “${id}” in this lesson.`);
    return answerPlace(this.state, this.lesson.host, id, place, value);
  }

  /** The unit of the figure that a command is for. @throws Refusal where none runs. */
  private running(): SimUnit {
    const stages = this.state.getState().runs.flatMap(({ stage }) => stage ?? []);
    const stage = stages.find((one) => one.store.getState().playing) ?? this.figure?.stage ?? stages.at(-1);
    if (stage === undefined || !stages.includes(stage)) throw new Refusal('not-yet', 'No figure runs yet.');
    if (this.figure?.stage !== stage) {
      this.figure?.unit.close();
      const cannot = () => {
        throw new Refusal('not-here', 'A figure in a lesson does not take another run.');
      };
      this.figure = { stage, unit: new SimUnit(stage, this.outlet, cannot) };
    }
    return this.figure.unit;
  }

  private compare(now: LessonState, before: LessonState): void {
    for (const id of added(now.bets, before.bets)) {
      const value = Number.isFinite(now.bets[id]) ? now.bets[id] : null;
      this.outlet.sendPrivate('prediction', { id, value, confidence: now.confidence[id] ?? null });
    }
    for (const id of added(now.orders, before.orders))
      this.outlet.sendPrivate('prediction', { id, value: now.orders[id], confidence: now.confidence[id] ?? null });
    for (const id of added(now.outcomes, before.outcomes)) {
      const { measured, verdict } = now.outcomes[id];
      this.outlet.sendPrivate('check', { id, status: verdict, expect: now.bets[id] ?? null, observed: measured });
      this.statement(id, verdict === 'right', now.bets[id]);
    }
    for (const id of added(now.quizzes, before.quizzes)) {
      const { given, right } = now.quizzes[id];
      this.outlet.sendPrivate('answer', { id, value: given, right });
      this.statement(id, right, given.join('[,]'));
    }
  }

  private statement(id: string, success: boolean, response: string | number | undefined): void {
    if (this.lesson.xapi) this.outlet.sendPrivate('xapi', { statement: answeredStatement(id, success, response) });
  }
}

function added(now: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>): string[] {
  return now === before ? [] : Object.keys(now).filter((id) => now[id] !== before[id]);
}
