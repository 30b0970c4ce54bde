import type { CheckUnit } from '../../checks/Check.ts';
import type { Experiment } from '../../checks/Experiment.ts';
import { medianOf } from './medianOf.ts';
import type { ExpectationResult, ExperimentRun, FigureResult } from './runExperiment.ts';

/**
 * What is to be said of an experiment: holds · corrected (it holds, and the experiment says where the true figure differs
 * from the documents') · fails · nodata (some check found nothing to look at) · error (some check could not be computed).
 */
export type ExperimentStatus = 'holds' | 'corrected' | 'fails' | 'nodata' | 'error';

/** A figure over several seeds. */
export interface FigureMedian {
  label: string;
  text: string;
  /** Null where no seed gave a number. */
  value: number | null;
  unit: CheckUnit | null;
}

/** What an experiment came to over its seeds. */
export interface Verdict {
  status: ExperimentStatus;
  /** The check that decided, and its seed: the worst one, or the first where all passed. */
  decisive: { seed: number; result: ExpectationResult };
  ours: FigureMedian[];
  theory: FigureMedian[];
}

const worst = ['error', 'fail', 'nodata', 'pass'] as const;

/** Sums up the runs of an experiment, at least one. */
export function verdictOf(experiment: Experiment, runs: readonly ExperimentRun[]): Verdict {
  const all = runs.flatMap(({ seed, results }) => results.map((result) => ({ seed, result })));
  const found = worst.find((status) => all.some(({ result }) => result.status === status)) ?? 'pass';
  const decisive = all.find(({ result }) => result.status === found) ?? all[0];
  const good = experiment.corrected === '' ? 'holds' : 'corrected';
  return {
    status: found === 'pass' ? good : found === 'fail' ? 'fails' : found,
    decisive,
    ours: medians(runs.map(({ figures }) => figures.ours)),
    theory: medians(runs.map(({ figures }) => figures.theory)),
  };
}

function medians(bySeed: readonly (readonly FigureResult[])[]): FigureMedian[] {
  return bySeed[0].map(({ label, text }, index) => {
    const found = bySeed.flatMap((figures) => {
      const figure = figures[index];
      return 'value' in figure ? [figure] : [];
    });
    if (found.length === 0) return { label, text, value: null, unit: null };
    return { label, text, value: medianOf(found.map(({ value }) => value)), unit: found[0].unit };
  });
}
