import type { AttemptLog, Drill, DrillLog, DrillMode, DrillStep, GivenAnswer } from '../../../src/drills.ts';
import { drillLogOf } from './drillLogOf.ts';
import type { Draft, RunTime, SheetEvent } from './SheetAct.ts';
import type { LogState } from './SheetLog.ts';
import { type StepTimes, stepTimes } from './stepTimes.ts';

/** Everything that a view may read of a sheet, worked out from its log. */
export interface Sheet {
  /** The drill's own log; undefined before the beginning. */
  log: DrillLog | undefined;
  events: readonly SheetEvent[];
  drafts: Readonly<Record<string, Draft>>;
  others: readonly DrillMode[];
  time: RunTime | null;
  times: StepTimes;
  /** Where it stands, and the place of that from 0; undefined before the beginning. */
  step: DrillStep | undefined;
  place: number;
  seed: number;
  finished: boolean;
  /** Steps whose run has been watched up to its moment. */
  watched: ReadonlySet<string>;
  /** Attempts whose run has been seen to its end, as `fix/2`. */
  ran: ReadonlySet<string>;
  /** Why an attempt could not be judged, by `fix/2`. */
  problems: ReadonlyMap<string, string>;
  debrief: string;
}

/** Reads a sheet out of what a log holds now. */
export function readSheet(drill: Drill, role: DrillMode, state: LogState): Sheet {
  const { events, drafts, others, time } = state;
  const log = drillLogOf(events, role);
  const times = stepTimes(events, drill.strict);
  const watched = new Set<string>();
  const ran = new Set<string>();
  const problems = new Map<string, string>();
  let here = '';
  let debrief = '';
  for (const { act } of events) {
    if (act.do === 'goto') here = act.step;
    else if (act.do === 'watched') watched.add(act.step);
    else if (act.do === 'ran') ran.add(`${act.step}/${act.n}`);
    else if (act.do === 'debrief') debrief = act.text;
    else if (act.do === 'judged' && act.problem !== undefined) problems.set(`${act.step}/${act.n}`, act.problem);
  }
  const place = drill.steps.findIndex(({ id }) => id === here);
  return {
    log,
    events,
    drafts,
    others,
    time,
    times,
    step: drill.steps[place],
    place,
    seed: log?.seed ?? drill.seed,
    finished: log !== undefined && log.status !== 'running',
    watched,
    ran,
    problems,
    debrief,
  };
}

/** Whether something was done at a step, so that going on from it leaves nothing out. */
export function isStepDone(sheet: Sheet, { id, kind }: DrillStep): boolean {
  const asksNothing = kind === 'brief' || kind === 'talk';
  return asksNothing || answerAt(sheet, id) !== undefined || attemptsAt(sheet, id).length > 0;
}

/** What was handed in at a step. */
export function answerAt({ log }: Sheet, step: string): GivenAnswer | undefined {
  return log?.answers.findLast((answer) => answer.step === step);
}

/** The attempts at a step, in order. */
export function attemptsAt({ log }: Sheet, step: string): readonly AttemptLog[] {
  return log?.attempts.filter((attempt) => attempt.step === step) ?? [];
}
