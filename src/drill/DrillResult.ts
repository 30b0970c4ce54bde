import type { ActionInput } from '../scenario/schema.ts';
import type { AnswerValue, DrillInput } from './Drill.ts';
import type { Confidence, DrillMode, DrillStatus, SettingsPatch } from './DrillLog.ts';
import type { Statement } from './statementsOf.ts';

/** The points of one step. `auto + human + hints`, never below 0, is `points`. */
export interface StepScore {
  id: string;
  kind: string;
  auto: number;
  human: number;
  /** What hints really took off: 0 or less. */
  hints: number;
  points: number;
  max: number;
}

/** The sums, shown apart: what the engine scored, what a person scored, what hints took off. */
export interface ScoreTotals {
  auto: number;
  human: number;
  hints: number;
  total: number;
  max: number;
  /** Null while lines of a rubric that could still decide are not scored: that is "incomplete", not a fail. */
  pass: boolean | null;
}

/** A floor of the score step, and whether it was reached. */
export interface FloorScore {
  /** `total`, `step fix`, `rubric`. */
  name: string;
  /** Shares 0..1; of a rubric its lowest level. */
  needed: number;
  reached: number;
  met: boolean;
}

/** The score sheet of a drill, also of one that is still going on. */
export interface ScoreSheet {
  steps: StepScore[];
  totals: ScoreTotals;
  floors: FloorScore[];
  /** Lines of rubrics that nobody has scored. */
  incomplete: string[];
}

/** A prediction or an answer, with what was right where that is known. */
export interface AnswerResult {
  step: string;
  given: AnswerValue | null;
  /** The right answer; null where it is not in this part of the drill, or where a person judges. */
  truth: AnswerValue | null;
  /** Of numbers, how many times too large or too small it was, from 1; null where that says nothing. */
  ratio: number | null;
  confidence: Confidence | null;
  points: number;
  max: number;
  /** Real seconds since the start. */
  real: number | null;
}

/** A check of one attempt. */
export interface CheckResultLine {
  step: string;
  attempt: number;
  id: string;
  status: 'pass' | 'fail' | 'nodata' | 'error';
  expect: string;
  observed: number | null;
  unit: string | null;
  /** On the drill's clock, or since the start. */
  at: string | null;
  windowUs: readonly [number, number] | null;
  seed: number;
  message: string;
  /** What it brought in this attempt; the best attempt counts. */
  points: number;
}

/** What was done to a run, in the order of the log. `us` says exactly when, `t` on the clock. */
export type CommandLine = { t: string; us: number; step: string; attempt: number } & (
  | { set: SettingsPatch }
  | { inject: ActionInput }
);

/** The result of a drill as exported: what was done, and everything that follows from it. Version 1. */
export interface DrillResult {
  hotpathResult: 1;
  drill: { id: string; title: string; hash: string };
  engine: string;
  /** Address of the page, the start of every id in `statements`; without a slash at its end. */
  site: string;
  seed: number;
  mode: DrillMode;
  status: DrillStatus;
  startedAt: string;
  extraTime: number;
  learner?: string;
  /** Of the whole drill, real seconds and ISO 8601. */
  real: number;
  duration: string;
  totals: ScoreTotals;
  incomplete: string[];
  floors: FloorScore[];
  steps: (StepScore & {
    start: number | null;
    real: number | null;
    limit: number;
    extended: number;
    skipped: boolean;
    expired: boolean;
  })[];
  predictions: AnswerResult[];
  answers: AnswerResult[];
  /** `hash` is the span hash of the attempt's run; `settings` what differs from the drill at its end. */
  attempts: {
    step: string;
    attempt: number;
    real: number;
    settings: SettingsPatch;
    points: number;
    best: boolean;
    hash: string | null;
  }[];
  checks: CheckResultLine[];
  hints: { step: string; n: number; cost: number; real: number }[];
  rubric: {
    id: string;
    level: number | null;
    points: number;
    max: number;
    by: 'self' | 'interviewer' | null;
    note: string;
    real: number | null;
  }[];
  /** Faults of the script and those let in by the interviewer. */
  faults: { id: string | null; t: string; us: number; do: string; secret: boolean; injected: boolean }[];
  commands: CommandLine[];
  notes: { real: number; text: string }[];
  statements: Statement[];
  /** The drill itself, its scenario written out; of a candidate's window only the script. */
  script: DrillInput;
}
