import { fileURLToPath } from 'node:url';
import { readExperimentFiles } from '../src/host/experiments/experimentFiles.ts';
import { type ExperimentRun, runExperiment } from '../src/host/experiments/runExperiment.ts';

/** An experiment on the first of its seeds, run once however many tests ask for it; for numbers that lessons state. For tests. */
export function firstRun(id: string): ExperimentRun {
  const known = runs.get(id);
  if (known !== undefined) return known;
  const file = fileURLToPath(new URL(`experiments/${id}.yaml`, import.meta.url));
  const [{ experiment }] = readExperimentFiles([file]);
  const run = runExperiment(experiment, experiment.seeds[0]);
  runs.set(id, run);
  return run;
}

/** One of the figures that stand beside an experiment's claim. @throws Error where there is none of this label. */
export function figure(id: string, label: string, kind: 'ours' | 'theory' = 'ours'): number {
  const found = firstRun(id).figures[kind].find((one) => one.label === label);
  if (found === undefined || !('value' in found)) throw new Error(`${id} has no figure ${label}`);
  return found.value;
}

const runs = new Map<string, ExperimentRun>();
