import { aggregationsOf, type CheckUnit, type Expression, expressionsOf } from '../../checks/Check.ts';
import { type CheckContext, evaluateCheck, evaluateExpression } from '../../checks/evaluateCheck.ts';
import type { Experiment, Figure, ValueSource, Variant } from '../../checks/Experiment.ts';
import { resolveMeasure } from '../../checks/resolveMeasure.ts';
import type { RunReader } from '../../checks/RunReader.ts';
import { valueOfForm } from '../../checks/valueOfForm.ts';
import { vocabularyOf } from '../../checks/vocabulary.ts';
import { type RunSummary, runVariant } from './runVariant.ts';

/** What became of one check on one seed. Times in µs; `observed` and `expected` as the language of checks has them. */
export interface ExpectationResult extends ReturnType<typeof evaluateCheck> {
  /** The check as written, and why it has this margin. */
  text: string;
  why: string;
}

/** A number as measured or computed, in the units of checks; or why there is none. */
export type Found = { value: number; unit: CheckUnit } | { problem: string };

/** A figure of an experiment and what it came to. */
export type FigureResult = { label: string; text: string } & Found;

/** One experiment on one seed: plain data, without the runs' rows. */
export interface ExperimentRun {
  id: string;
  seed: number;
  /** Whether every check passed; a check that found no data has not. */
  holds: boolean;
  results: ExpectationResult[];
  values: Record<string, Found>;
  figures: { ours: FigureResult[]; theory: FigureResult[] };
  runs: RunSummary[];
}

/**
 * Runs every variant of an experiment on one seed and holds its checks against them. Synchronous and pure: the same
 * experiment and seed give the same answer in a worker of the page and on a command line.
 * @throws whatever breaks the engine.
 */
export function runExperiment(experiment: Experiment, seed: number): ExperimentRun {
  const readers = new Map<string, RunReader>();
  const runs: RunSummary[] = [];
  const rowReaders = variantsByRow(experiment);
  for (const variant of experiment.variants) {
    const { reader, summary } = runVariant(variant, seed, experiment.untilUs, rowReaders.has(variant.name));
    readers.set(variant.name, reader);
    runs.push(summary);
  }
  const known = new Map<string, { value: number; unit: CheckUnit }>();
  const context: CheckContext = { runs: readers, values: known, moments: experiment.momentsUs };
  const values: Record<string, Found> = {};
  for (const source of experiment.values) {
    const found = valueFrom(source, context);
    values[source.name] = found;
    if ('value' in found) known.set(source.name, { value: found.value, unit: source.unit });
  }
  const checked = experiment.expectations.map(({ text, why, check }) => ({
    ...evaluateCheck(check, context),
    text,
    why,
  }));
  const measured = (figures: readonly Figure[]): FigureResult[] =>
    figures.map(({ label, text, expression }) => ({ label, text, ...found(expression, context) }));
  const ours = measured(experiment.figures.ours);
  const theory = measured(experiment.figures.theory);
  const results = [...checked, ...[...ours, ...theory].flatMap(absence)];
  return {
    id: experiment.id,
    seed,
    holds: results.every(({ status }) => status === 'pass'),
    results,
    values,
    figures: { ours, theory },
    runs,
  };
}

/** A figure that stands beside the claim has to have a value: as a check that found no data, where it has none. */
function absence(figure: FigureResult): ExpectationResult[] {
  if ('value' in figure) return [];
  const message = `There is no figure: ${figure.problem}`;
  return [
    { status: 'nodata', expected: 'a value', message, text: figure.text, why: 'Every figure shown is measured.' },
  ];
}

function valueFrom(source: ValueSource, context: CheckContext): Found {
  if ('expression' in source) return found(source.expression, context);
  const given: Record<string, { value: number; unit: CheckUnit }> = {};
  for (const [name, expression] of Object.entries(source.args)) {
    const argument = found(expression, context);
    if ('problem' in argument) return { problem: `${name}: ${argument.problem}` };
    given[name] = argument;
  }
  return valueOfForm(source.form, given);
}

function found(expression: Expression, context: CheckContext): Found {
  const answer = evaluateExpression(expression, context);
  return 'problem' in answer ? { problem: answer.problem.message } : { value: answer.value, unit: answer.unit };
}

/** The variants of which some check or figure looks at single rows; the others need not keep theirs. */
function variantsByRow({ variants, expectations, values, figures }: Experiment): Set<string> {
  const expressions: Expression[] = [
    ...expectations.flatMap(({ check }) => expressionsOf(check)),
    ...values.flatMap((source) => ('expression' in source ? [source.expression] : Object.values(source.args))),
    ...[...figures.ours, ...figures.theory].map(({ expression }) => expression),
  ];
  const names = new Set<string>();
  const vocabularies = new Map(variants.map((variant: Variant) => [variant.name, vocabularyOf(variant.scenario)]));
  for (const node of expressions.flatMap(aggregationsOf)) {
    const name = node.variant ?? variants[0].name;
    const vocabulary = vocabularies.get(name);
    if (vocabulary !== undefined && resolveMeasure(node, vocabulary).kind !== 'metric') names.add(name);
  }
  return names;
}
