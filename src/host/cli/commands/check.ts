import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { experimentTopics } from '../../../checks/experimentSchema.ts';
import { nearestName } from '../../../scenario/problems.ts';
import {
  type ExperimentFile,
  experimentFilesOf,
  readClaims,
  readExperimentFiles,
} from '../../experiments/experimentFiles.ts';
import { checkReport, checkText, type Judged } from '../../experiments/checkReport.ts';
import { junitText } from '../../experiments/junitText.ts';
import type { ExperimentRun } from '../../experiments/runExperiment.ts';
import { runJobs } from '../../experiments/runJobs.ts';
import { verdictOf } from '../../experiments/verdictOf.ts';
import { EXIT, invalid } from '../exit.ts';
import { Progress } from '../Progress.ts';
import { readWhole } from '../scenarioSource.ts';

/** Options of `check`, as written. */
export interface CheckOptions {
  topic?: string;
  claim?: string;
  seeds?: string;
  workers?: string;
  junit?: string;
  json?: boolean;
}

/** Runs experiments on their seeds and says which claims hold. @throws InvalidInput with every problem of every file. */
export async function checkCommand(
  names: readonly string[],
  options: CheckOptions,
): Promise<{ text: string; code: number }> {
  const chosen = chosenOf(readExperimentFiles(experimentFilesOf(names)), options);
  const count = options.seeds === undefined ? undefined : readWhole('--seeds', options.seeds, 1);
  const workers = options.workers === undefined ? availableParallelism() : readWhole('--workers', options.workers, 1);
  const jobs = chosen.flatMap((source) => seedsOf(source, count).map((seed) => ({ source, seed })));
  const runs: ExperimentRun[] = Array.from({ length: jobs.length });
  const progress = new Progress('check');
  let ended = 0;
  try {
    await runJobs(jobs, workers, (index, run) => {
      runs[index] = run;
      progress.tell(++ended / jobs.length);
    });
  } finally {
    progress.end();
  }
  const judged = chosen.map((source): Judged => {
    const own = runs.filter((_, index) => jobs[index].source === source);
    return { ...source, runs: own, verdict: verdictOf(source.experiment, own) };
  });
  if (options.junit !== undefined) writeReport(options.junit, junitText(judged));
  const code = judged.every(({ runs: own }) => own.every(({ holds }) => holds)) ? EXIT.fine : EXIT.failed;
  if (options.json) return { text: JSON.stringify(checkReport(judged), null, 2), code };
  const all = names.length === 0 && options.topic === undefined && options.claim === undefined;
  return { text: checkText(judged, all ? (readClaims() ?? []) : []), code };
}

/** The experiments that the options leave. @throws InvalidInput where they leave none. */
function chosenOf(sources: readonly ExperimentFile[], { topic, claim }: CheckOptions): ExperimentFile[] {
  const topics: readonly string[] = experimentTopics;
  if (topic !== undefined && !topics.includes(topic))
    throw invalid('--topic', `found "${topic}", expected one of ${topics.join(', ')}`, nearestName(topic, topics));
  const chosen = sources.filter(
    ({ experiment }) =>
      (topic === undefined || experiment.topic === topic) && (claim === undefined || experiment.claims.includes(claim)),
  );
  if (chosen.length > 0) return chosen;
  if (claim === undefined) throw invalid('--topic', `found no experiment of the topic ${topic}`);
  const claims = [...new Set(sources.flatMap(({ experiment }) => experiment.claims))];
  throw invalid('--claim', `found no experiment for the claim ${claim}`, nearestName(claim, claims));
}

/** The first so many seeds of an experiment; past those it names, the numbers after its largest. */
function seedsOf({ experiment: { seeds } }: ExperimentFile, count = seeds.length): number[] {
  const largest = Math.max(...seeds);
  return Array.from({ length: count }, (_, index) => seeds[index] ?? (largest + index - seeds.length + 1) % 4294967296);
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw invalid('--junit', `found a file that cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
