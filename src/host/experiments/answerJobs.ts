import type { Experiment } from '../../checks/Experiment.ts';
import { readExperimentFiles } from './experimentFiles.ts';
import type { JobAnswer, JobMessage } from './runJobs.ts';
import { runExperiment } from './runExperiment.ts';

/** What a child process does: answers one job after the other until its parent lets go of it. */
export function answerJobs(): Promise<void> {
  const known = new Map<string, Experiment>();
  const answer = ({ file, seed }: JobMessage): JobAnswer => {
    try {
      const experiment = known.get(file) ?? readExperimentFiles([file])[0].experiment;
      known.set(file, experiment);
      return { run: runExperiment(experiment, seed) };
    } catch (error) {
      return { broke: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (message: JobMessage) => process.send?.(answer(message)));
  // Without a parent there is nobody to answer, and an open channel would keep the process alive.
  return new Promise((resolve) => (process.connected ? process.once('disconnect', resolve) : resolve()));
}
