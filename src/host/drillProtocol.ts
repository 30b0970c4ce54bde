import type { DrillCommand, AttemptOutcome, TruthFound } from '../drill/DrillLog.ts';

/**
 * From the page to the worker that runs drills. `drill` is `Drill.input`. First message: `load`; then any number of the
 * others, answered in order, each with its `job`.
 */
export type ToDrillWorker =
  | { type: 'load'; job: number; drill: unknown }
  /** Runs the untouched system: is it steady, and what is right about each prediction? */
  | { type: 'truths'; job: number; seed: number }
  /** Runs an attempt on its seed and on those its checks name. */
  | { type: 'attempt'; job: number; seed: number; step: string; commands: DrillCommand[] }
  /** All scripted learners, all solutions, doing nothing: the author's test. */
  | { type: 'cases'; job: number };

/** Back to the page. */
export type FromDrillWorker =
  | { type: 'loaded'; job: number }
  /** `scriptError`: the system is not steady before its first fault, which is never the learner's fault; empty if it is. */
  | { type: 'truths'; job: number; truths: Record<string, TruthFound>; scriptError: string }
  | { type: 'attempt'; job: number; outcome: AttemptOutcome }
  /** So many of the author's tests are done; then comes the answer. */
  | { type: 'case-done'; job: number; count: number }
  | { type: 'cases'; job: number; cases: CaseResult[] }
  | { type: 'failed'; job: number; message: string };

/** One thing that the author's test tried, and what of it did not come out as expected; none is a pass. */
export interface CaseResult {
  /** `case: knows it`, `solution: fix/one-rebuilds, seed 2`, `steady, seed 1107`, `doing nothing`. */
  name: string;
  seed: number;
  failures: string[];
  /** Points of steps, of the total, and results of checks. */
  total: number;
  steps: Record<string, number>;
  checks: Record<string, 'pass' | 'fail' | 'nodata' | 'error'>;
}
