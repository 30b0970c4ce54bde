import { type ChildProcess, fork } from 'node:child_process';
import { EngineBroke, Interrupted } from '../cli/exit.ts';
import { inSlices } from '../cli/interrupt.ts';
import type { ExperimentFile } from './experimentFiles.ts';
import { type ExperimentRun, runExperiment } from './runExperiment.ts';

/** One experiment on one seed. */
export interface Job {
  source: ExperimentFile;
  seed: number;
}

/** What a child process is asked for. */
export interface JobMessage {
  file: string;
  seed: number;
}

/** What it answers. */
export type JobAnswer = { run: ExperimentRun } | { broke: string };

/**
 * Does jobs, in this process for one worker and otherwise in child processes of the same program, so that it works alike
 * from source and from the bundle. `done` hears of each as it ends, in any order.
 * @throws EngineBroke when the engine does; Interrupted after Ctrl-C.
 */
export async function runJobs(
  jobs: readonly Job[],
  workers: number,
  done: (index: number, run: ExperimentRun) => void,
): Promise<void> {
  const entry = process.argv[1];
  if (workers > 1 && jobs.length > 1) return inChildren(jobs, Math.min(workers, jobs.length), entry, done);
  let next = 0;
  return inSlices(() => {
    if (next === jobs.length) return true;
    const { source, seed } = jobs[next];
    try {
      done(next, runExperiment(source.experiment, seed));
    } catch (error) {
      throw new EngineBroke(error, 0);
    }
    return ++next === jobs.length;
  });
}

async function inChildren(
  jobs: readonly Job[],
  workers: number,
  entry: string,
  done: (index: number, run: ExperimentRun) => void,
): Promise<void> {
  const children = Array.from({ length: workers }, () =>
    fork(entry, ['check-worker'], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  );
  const stopping = new AbortController();
  const end = () => {
    for (const child of children) child.kill();
  };
  const stop = () => {
    stopping.abort();
    end();
  };
  process.once('SIGINT', stop);
  let next = 0;
  const feed = async (child: ChildProcess): Promise<void> => {
    while (next < jobs.length && !stopping.signal.aborted) {
      const index = next++;
      done(index, await ask(child, jobs[index]));
    }
  };
  try {
    await Promise.all(children.map(feed));
  } catch (error) {
    throw stopping.signal.aborted ? new Interrupted() : error;
  } finally {
    process.off('SIGINT', stop);
    end();
  }
  if (stopping.signal.aborted) throw new Interrupted();
}

function ask(child: ChildProcess, { source, seed }: Job): Promise<ExperimentRun> {
  return new Promise((resolve, reject) => {
    const settle = () => child.off('message', answered).off('exit', died).off('error', failed);
    const answered = (answer: unknown) => {
      settle();
      const message = answer as JobAnswer;
      if ('run' in message) resolve(message.run);
      else reject(new EngineBroke(broken(message.broke), 0));
    };
    const failed = (error: unknown) => {
      settle();
      reject(new EngineBroke(error, 0));
    };
    const died = (code: number | null, signal: string | null) =>
      failed(new Error(`a worker ended (${signal ?? code}) during ${source.experiment.id}, seed ${seed}`));
    child.on('message', answered).on('exit', died).on('error', failed);
    child.send({ file: source.file, seed } satisfies JobMessage, (error) => {
      if (error !== null) failed(error);
    });
  });
}

/** The error of a worker with the place where it happened there. */
function broken(stack: string): Error {
  const error = new Error(stack.split('\n', 1)[0]);
  error.stack = stack;
  return error;
}
