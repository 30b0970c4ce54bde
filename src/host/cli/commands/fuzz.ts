import { fuzz, type FuzzFailure } from '../../fuzz.ts';
import { EXIT } from '../exit.ts';
import { inSlices } from '../interrupt.ts';
import { Progress } from '../Progress.ts';
import { readSeed, readWhole } from '../scenarioSource.ts';

/** Runs tried between two looks at Ctrl-C. */
const sliceRuns = 20;
const maxFailures = 10;

/** Options of `fuzz`, as written. */
export interface FuzzOptions {
  runs: string;
  seed: string;
  from: string;
  json?: boolean;
}

/** Tries random scenarios; a broken invariant is a broken engine. */
export async function fuzzCommand(options: FuzzOptions): Promise<{ text: string; code: number }> {
  const runs = readWhole('--runs', options.runs, 1);
  const seed = readSeed('--seed', options.seed);
  const first = readWhole('--from', options.from, 0);
  const failures: FuzzFailure[] = [];
  const progress = new Progress('fuzz');
  let next = first;
  try {
    await inSlices(() => {
      const count = Math.min(sliceRuns, first + runs - next);
      failures.push(...fuzz({ runs: count, seed, from: next, maxFailures: maxFailures - failures.length }));
      next += count;
      progress.tell((next - first) / runs);
      return next >= first + runs || failures.length >= maxFailures;
    });
  } finally {
    progress.end();
  }
  const tried = next - first;
  const code = failures.length === 0 ? EXIT.fine : EXIT.broke;
  if (options.json) return { text: JSON.stringify({ seed, from: first, runs: tried, failures }, null, 2), code };
  const lines = failures.flatMap(({ run, problems, repeat }) => [
    `run ${run}:`,
    ...problems.map((problem) => `  ${problem}`),
    `  repeat: ${repeat}`,
  ]);
  const verdict = failures.length === 0 ? 'no invariant broken' : `${failures.length} failed`;
  return { text: [...lines, `${tried} random runs of seed ${seed}: ${verdict}`].join('\n'), code };
}
