import { readExperiment } from '../checks/readExperiment.ts';
import { formatProblem } from '../scenario/problems.ts';
import type { FromExperimentWorker, ToExperimentWorker } from './experimentProtocol.ts';
import { type ExperimentRun, runExperiment } from './experiments/runExperiment.ts';
import { verdictOf } from './experiments/verdictOf.ts';

function post(message: FromExperimentWorker): void {
  (self as unknown as Worker).postMessage(message);
}

function measure({ job, input, scenario, seeds }: ToExperimentWorker): void {
  const ids = scenario === undefined ? [] : [scenario.id];
  const read = readExperiment(input, { scenarios: { ids, read: () => scenario } });
  if ('problems' in read) {
    post({ type: 'failed', job, message: read.problems.map(formatProblem).join(' ') });
    return;
  }
  const { experiment } = read;
  const chosen = experiment.seeds.slice(0, seeds);
  const runs: ExperimentRun[] = [];
  for (const seed of chosen) {
    const run = runExperiment(experiment, seed);
    runs.push(run);
    post({ type: 'run', job, run, left: chosen.length - runs.length });
  }
  post({ type: 'verdict', job, verdict: verdictOf(experiment, runs) });
}

self.onmessage = (event: MessageEvent<ToExperimentWorker>) => {
  try {
    measure(event.data);
  } catch (error) {
    post({ type: 'failed', job: event.data.job, message: error instanceof Error ? error.message : String(error) });
  }
};
