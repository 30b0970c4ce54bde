import type { CheckUnit } from '../../checks/Check.ts';
import type { Claim } from '../../checks/claims.ts';
import type { Experiment } from '../../checks/Experiment.ts';
import type { MetricUnit } from '../../metrics/catalogue.ts';
import { displayFigure, displayTime } from '../cli/figures.ts';
import { formatTable } from '../cli/table.ts';
import type { ExperimentRun } from './runExperiment.ts';
import type { FigureMedian, Verdict } from './verdictOf.ts';

/** An experiment with what became of it. */
export interface Judged {
  file: string;
  experiment: Experiment;
  runs: readonly ExperimentRun[];
  verdict: Verdict;
}

/**
 * One entry for each claim of each experiment. `expected`, `observed` and `seed` are of the check that decided; `checks`
 * has all of them on all seeds, `figures` the numbers beside the claim as medians over the seeds. Times in µs.
 */
export function checkReport(judged: readonly Judged[]) {
  return judged.flatMap(({ file, experiment, runs, verdict }) => {
    const { id, title, topic, claim, claims, sources, scenarioId, figures, corrected } = experiment;
    const { seed, result } = verdict.decisive;
    return claims.map((claimId) => ({
      id,
      claim: claimId,
      status: verdict.status,
      expected: result.text,
      observed: result.observed ?? null,
      observedUnit: result.observedUnit ?? null,
      scenario: scenarioId ?? id,
      seed,
      seeds: runs.map((run) => run.seed),
      title,
      topic,
      statement: claim,
      sources,
      file,
      figures: {
        document: figures.document === '' ? null : figures.document,
        ours: verdict.ours,
        theory: verdict.theory,
      },
      corrected: corrected === '' ? null : corrected,
      checks: runs.flatMap((run) => run.results.map((one) => ({ seed: run.seed, ...one }))),
    }));
  });
}

/** The same for people: a line an experiment, every check that did not pass, and the sum. */
export function checkText(judged: readonly Judged[], catalogue: readonly Claim[]): string {
  const rows = judged.map(({ experiment, verdict }) => [
    experiment.claims.join(' '),
    experiment.id,
    experiment.figures.document === '' ? '–' : experiment.figures.document,
    figuresText(verdict.ours),
    figuresText(verdict.theory),
    verdict.status,
  ]);
  const failures = judged.flatMap(failureLines);
  const missing = catalogue.filter(({ id }) => !judged.some(({ experiment }) => experiment.claims.includes(id)));
  return [
    formatTable(['claims', 'experiment', 'documents', 'ours', 'theory', 'status'], rows),
    '',
    ...(failures.length === 0 ? [] : [...failures, '']),
    ...judged.flatMap(({ experiment: { id, corrected } }) => (corrected === '' ? [] : [`${id}: ${corrected}`])),
    ...(missing.length === 0 ? [] : [`no experiment yet for ${missing.map(({ id }) => id).join(' ')}`]),
    summaryOf(judged),
  ].join('\n');
}

function summaryOf(judged: readonly Judged[]): string {
  const good = judged.filter(({ verdict: { status } }) => status === 'holds' || status === 'corrected').length;
  const runs = judged.reduce((sum, { runs: own }) => sum + own.length, 0);
  const count = `${judged.length} ${judged.length === 1 ? 'experiment' : 'experiments'}, ${runs} runs`;
  return `${count}: ${good === judged.length ? 'all hold' : `${judged.length - good} of ${judged.length} do not hold`}`;
}

function failureLines({ file, experiment: { id }, runs }: Judged): string[] {
  return runs.flatMap(({ seed, results }) =>
    results
      .filter(({ status }) => status !== 'pass')
      .map(({ status, text, message, atUs, why }) => {
        const when = atUs === undefined ? '' : ` at ${displayTime(atUs)}`;
        return `${id}, seed ${seed}, ${status}: ${text}\n  ${message}${when}\n  margin: ${why}\n  ${file}`;
      }),
  );
}

function figuresText(figures: readonly FigureMedian[]): string {
  if (figures.length === 0) return '–';
  return figures
    .map(
      ({ label, value, unit }) => `${label === '' ? '' : `${label} `}${value === null ? '–' : numberText(value, unit)}`,
    )
    .join(' · ');
}

function numberText(value: number, unit: CheckUnit | null): string {
  return displayFigure(value, unit === 'number' || unit === null ? 'count' : (unit satisfies MetricUnit));
}
