import type { ScenarioInput } from '../scenario/schema.ts';
import type { ExperimentRun } from './experiments/runExperiment.ts';
import type { Verdict } from './experiments/verdictOf.ts';

/** From the page to the worker that measures experiments. */
export interface ToExperimentWorker {
  job: number;
  /** The experiment as its file has it, and the scenario of the library that it names, if it does. */
  input: unknown;
  scenario?: ScenarioInput;
  /** How many of its seeds to run. */
  seeds: number;
}

/** Back to the page: one message a seed, then what it all came to. */
export type FromExperimentWorker =
  | { type: 'run'; job: number; run: ExperimentRun; left: number }
  | { type: 'verdict'; job: number; verdict: Verdict }
  | { type: 'failed'; job: number; message: string };
