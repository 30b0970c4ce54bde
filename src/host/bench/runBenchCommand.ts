import { spawnSync } from 'node:child_process';
import { formatTable } from '../cli/table.ts';
import { type Family, familiesOf } from './benchmarks.ts';
import type { Figure } from './Figure.ts';

/**
 * Runs and prints all benchmarks, or those of the families that `only` names. @returns 1 when a ratio is out of its budget or nothing
 * is called so, else 0.
 */
export async function runBenchCommand({ json, only = '' }: { json: boolean; only?: string }): Promise<number> {
  const families = familiesOf(only);
  const figures = families.length === 1 ? await families[0].run() : families.flatMap(inItsOwnProcess);
  if (figures.length === 0) process.stderr.write(`no figures are called '${only}'\n`);
  process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : `${benchTable(figures)}\n`);
  // Seconds are this machine's; only what two programs took on the same one is a verdict.
  return figures.length === 0 || figures.some(({ ok, unit }) => !ok && unit === 'times') ? 1 : 0;
}

/**
 * A family after others finds a compiler that has seen more than it will see, and their memory: by a fifth slower, some of them. So
 * each begins anew, with this very command. Throws where one fails.
 */
function inItsOwnProcess({ id, what }: Family): Figure[] {
  if (process.stderr.isTTY) process.stderr.write(`${what} …\n`);
  const command = [...process.execArgv, process.argv[1], 'bench', '--only', id, '--json'];
  const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (stdout === '') throw new Error(`the benchmarks called '${id}' came to nothing`);
  return JSON.parse(stdout) as Figure[];
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
