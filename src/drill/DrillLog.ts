import type { ActionInput } from '../scenario/schema.ts';
import type { AnswerValue } from './Drill.ts';

/** Who is at the drill: alone, asked by somebody, asking, or looking on. */
export type DrillMode = 'solo' | 'candidate' | 'interviewer' | 'audience';
/** How sure somebody says they are. */
export type Confidence = 'unsure' | 'fairly' | 'certain';
/** How a drill ended. */
export type DrillStatus = 'completed' | 'expired' | 'aborted';

/** Settings by path, as people write them. */
export type SettingsPatch = Readonly<Record<string, string | number | boolean>>;

/**
 * Everything a person did in a drill: plain data that the page keeps and that `resultOf` turns into a result. Only append to
 * it. Times `…S` are real seconds since the drill began, `…Us` virtual µs since the start of a run. `truths` and the
 * `outcome` of attempts come from runs (`src/host/drillWorker.ts`); everything that scores is computed from these.
 */
export interface DrillLog {
  seed: number;
  mode: DrillMode;
  status: DrillStatus | 'running';
  /** Wall time of the start as ISO 8601 with a zone, like 2026-01-31T10:00:00.000Z. */
  startedAt: string;
  /** What every limit was multiplied by: 1 or more, or 0 where there were no limits. One setting for the whole sheet, for accessibility. */
  extraTime: number;
  /** Opaque id from the host page; never asked for. */
  learner?: string;
  steps: StepTime[];
  answers: GivenAnswer[];
  attempts: AttemptLog[];
  hints: HintTaken[];
  /** The last entry of a line counts. */
  rubric: RubricGiven[];
  notes: NoteTaken[];
  /** What the untouched run says about predictions, by id of step; a step whose run has not been asked yet is absent. */
  truths: Record<string, TruthFound>;
}

/** How long a step took. */
export interface StepTime {
  id: string;
  startS: number;
  /** Absent while it goes on. */
  endS?: number;
  /** Seconds that the interviewer added to the limit. */
  extendedS?: number;
  /** The interviewer left it out: it counts as not answered. */
  skipped?: boolean;
  /** Its time ran out. */
  expired?: boolean;
}

/** An answer to a question, a prediction or a text; the last one of a step counts. */
export interface GivenAnswer {
  step: string;
  value: AnswerValue;
  confidence?: Confidence;
  atS: number;
}

/**
 * What was done to a run: settings, or a fault that the interviewer let in. Settings at 0 µs are there from the start; later
 * ones were turned while it ran, and hold from then on.
 */
export type DrillCommand = { us: number } & ({ set: SettingsPatch } | { inject: ActionInput });

/** One attempt at a task: a run from the start with these commands. */
export interface AttemptLog {
  step: string;
  /** From 1, for each step. */
  attempt: number;
  atS: number;
  commands: DrillCommand[];
  /** Absent until it has been graded. */
  outcome?: AttemptOutcome;
}

/** What came of one check in an attempt: on the first seed on which it did not pass, or else on the seed of the run. */
export interface CheckOutcome {
  id: string;
  status: 'pass' | 'fail' | 'nodata' | 'error';
  /** The check as written. */
  expect: string;
  seed: number;
  /** Times µs, shares 0..1; null where there is none. */
  observed: number | null;
  unit: string | null;
  atUs: number | null;
  windowUs: readonly [number, number] | null;
  /** One sentence: the drill's own words where it failed and has some, else those of the check. */
  message: string;
}

/** What came of an attempt: its checks in the order of the list. */
export interface AttemptOutcome {
  checks: CheckOutcome[];
  /** Span hash of the run on the drill's seed: the same commands give the same one wherever they run. */
  hash: string;
}

/** A hint that was opened; the first is number 1. */
export interface HintTaken {
  step: string;
  n: number;
  atS: number;
}

/** A level somebody gave for a line of a rubric, 0 to 4. */
export interface RubricGiven {
  id: string;
  level: number;
  /** `self`: the learner scored themselves. */
  by: 'self' | 'interviewer';
  note?: string;
  atS: number;
}

/** A note with its time. */
export interface NoteTaken {
  atS: number;
  text: string;
}

/** The right answer in the form in which it is given: a number in the unit asked for, an option, or options in order. */
export type TruthFound =
  | { status: 'found'; value: AnswerValue }
  /** The run has no answer, which is a mistake of the script. */
  | { status: 'error'; message: string };

/** A log in which nothing has happened yet. */
export function createLog(given: Pick<DrillLog, 'seed' | 'mode' | 'startedAt'> & Partial<DrillLog>): DrillLog {
  return {
    status: 'running',
    extraTime: 1,
    steps: [],
    answers: [],
    attempts: [],
    hints: [],
    rubric: [],
    notes: [],
    truths: {},
    ...given,
  };
}
