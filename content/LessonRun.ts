import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluateCheck } from '../src/checks/evaluateCheck.ts';
import { parseCheck } from '../src/checks/parseCheck.ts';
import type { RunReader } from '../src/checks/RunReader.ts';
import { runVariant } from '../src/host/experiments/runVariant.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { applyPatch, type Patch } from '../src/scenario/patch.ts';
import { formatProblem } from '../src/scenario/problems.ts';
import { readScenario } from '../src/scenario/readScenario.ts';
import { firstRun } from './firstRun.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The text of a lesson as a reader has it: spaces are single, narrow ones included. For tests. @param path below `lessons/`. */
export function proseOf(path: string): string {
  return readFileSync(here(`lessons/${path}/index.mdx`), 'utf8')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/\s+/g, ' ');
}

/** The checks of the goals (`check`) or of the narration (`happens`) of a lesson, in their order. */
export function checksOf(prose: string, attribute: 'check' | 'happens'): string[] {
  return [...prose.matchAll(new RegExp(`${attribute}="([^"]+)"`, 'g'))].map(([, text]) => text);
}

/** A run of a figure up to a second, as the checks of a lesson read it. @throws Error with the scenario's problems. */
export function runOf(id: string, untilS: number, patch: Patch = {}): RunReader {
  const parsed = parseScenario(readFileSync(here(`scenarios/${id}.yaml`), 'utf8'), { file: `${id}.yaml` });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const input = applyPatch(parsed.input, patch);
  const read = readScenario(input);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  const { scenario } = read;
  return runVariant({ name: 'run', title: '', input, scenario }, scenario.seed, untilS * 1e6, true).reader;
}

/** What becomes of a check of a lesson: `pass`, `fail`, or `nodata` while the run is too young to tell. @throws Error. */
export function judged(text: string, run: RunReader): string {
  const read = parseCheck(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  const { status, message } = evaluateCheck(read.check, { runs: new Map([['run', run]]) });
  if (status === 'error') throw new Error(`${text}: ${message}`);
  return status;
}

/** The figures of an experiment on its first seed by their labels, measured and computed. @throws Error where it does not hold. */
export function figuresOf(id: string): { ours: Map<string, number>; theory: Map<string, number> } {
  const { holds, figures } = firstRun(id);
  if (!holds) throw new Error(`${id} does not hold`);
  const byLabel = (list: typeof figures.ours) =>
    new Map(list.map((figure) => [figure.label, 'value' in figure ? figure.value : Number.NaN]));
  return { ours: byLabel(figures.ours), theory: byLabel(figures.theory) };
}
