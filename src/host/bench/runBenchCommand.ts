import { formatTable } from '../cli/table.ts';
import { runBenchmarks } from './benchmarks.ts';
import type { Figure } from './Figure.ts';

/**
 * Runs and prints all benchmarks, or those whose id begins with `only`. @returns 1 when a ratio is out of its budget or nothing is
 * called so, else 0.
 */
export async function runBenchCommand({ json, only }: { json: boolean; only?: string }): Promise<number> {
  const figures = await runBenchmarks((what) => {
    if (process.stderr.isTTY) process.stderr.write(`${what} …\n`);
  }, only);
  if (figures.length === 0) process.stderr.write(`no figure begins with '${only}'\n`);
  process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : `${benchTable(figures)}\n`);
  // Seconds are this machine's; only what two programs took on the same one is a verdict.
  return figures.length === 0 || figures.some(({ ok, unit }) => !ok && unit === 'times') ? 1 : 0;
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
