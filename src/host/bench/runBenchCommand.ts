import { spawnSync } from 'node:child_process';
import { formatTable } from '../cli/table.ts';
import { type Family, familiesOf } from './benchmarks.ts';
import { type Figure, figure } from './Figure.ts';
import { median } from './measure.ts';

/** What a run of the benchmarks is told. */
export interface BenchOptions {
  json: boolean;
  /** The families wanted; all where nothing is said. */
  only?: string;
  /** Processes that measure each family, one after the other; 0 for this one. */
  forks: number;
}

/**
 * Runs and prints all benchmarks, or those of the families that `only` names. @returns 1 when a ratio is out of its budget or nothing
 * is called so, else 0.
 */
export async function runBenchCommand({ json, only = '', forks }: BenchOptions): Promise<number> {
  const figures: Figure[] = [];
  for (const family of familiesOf(only)) {
    if (process.stderr.isTTY) process.stderr.write(`${family.what} …\n`);
    figures.push(...(forks === 0 ? await family.run() : inProcessesOfItsOwn(family, forks)));
  }
  if (figures.length === 0) process.stderr.write(`no figures are called '${only}'\n`);
  process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : `${benchTable(figures)}\n`);
  // Seconds are this machine's; only what two programs took on the same one is a verdict.
  return figures.length === 0 || figures.some(({ ok, unit }) => !ok && unit === 'times') ? 1 : 0;
}

/**
 * A family after others finds a compiler that has seen more than it will see, and their memory: some are slower by a fifth. So each
 * begins anew, by this very command; and as processes differ by luck in where their memory lies, the middle of several counts.
 * Throws where one fails.
 */
function inProcessesOfItsOwn({ id }: Family, forks: number): Figure[] {
  const command = [...process.execArgv, process.argv[1], 'bench', '--only', id, '--forks', '0', '--json'];
  return middleOf(
    Array.from({ length: forks }, () => {
      const { stdout } = spawnSync(process.execPath, command, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (stdout === '') throw new Error(`the benchmarks called '${id}' came to nothing`);
      return JSON.parse(stdout) as Figure[];
    }),
  );
}

/** Each figure with the middle of what it was in several runs, judged anew. */
export function middleOf(runs: readonly (readonly Figure[])[]): Figure[] {
  return runs[0].map(({ id, title, unit, budget }, index) =>
    figure(id, title, median(runs.map((run) => run[index].value)), unit, budget),
  );
}

/** The figures for people. */
export function benchTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ title, value, unit, budget, ok }) => [
    title,
    shown(value),
    unit,
    budget === undefined ? '' : 'atLeast' in budget ? `≥ ${budget.atLeast}` : `≤ ${budget.atMost}`,
    budget === undefined ? '' : ok ? 'ok' : 'NOT OK',
  ]);
  return formatTable(['figure', 'value', 'unit', 'budget', ''], rows, ['l', 'r', 'l', 'r', 'l']);
}

function shown(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
