import {
  aggregationsOf,
  type Check,
  type CheckResult,
  checkWithSettingFigures,
  createRunReader,
  evaluateCheck,
  evaluateExpression,
  expressionsOf,
  forms,
  parseCheck,
  parseExpression,
  resolveMeasure,
  type RunReader,
  valueOfForm,
  vocabularyOf,
  withSettingFigures,
} from '../../src/checking.ts';
import { OP } from '../../src/index.ts';
import { scenarioAt } from '../pages/playground/chartTheory.ts';
import type { RunView } from '../stage/RunView.ts';
import { readerUpTo } from './liveRun.ts';

const everyOp: ReadonlySet<number> = new Set(Object.values(OP));

/** A figure in the units of checks (times µs, shares 0..1), or why there is none. */
export type LiveFigure = { value: number; unit: string } | { problem: string; nodata: boolean };

/**
 * Judges checks by their text against runs at a moment. Loaded when a lesson first needs it, because it carries the language
 * of checks with it. Texts are read once. In a check, the name of a setting stands for what is in force at that moment; in a
 * figure and a closed form, for what the run started with.
 */
export class Judge {
  private readonly checks = new Map<string, ReturnType<typeof parseCheck>>();
  private readonly expressions = new Map<string, ReturnType<typeof parseExpression>>();

  /** What becomes of some checks, in their order. A run too young to tell is `nodata`. */
  checkAll(texts: readonly string[], run: RunView, atUs: number): CheckResult[] {
    const read = texts.map((text) => this.check(text, run, atUs));
    const nodes = read.flatMap((one) => ('check' in one ? expressionsOf(one.check).flatMap(aggregationsOf) : []));
    const reader = readerUpTo(run, atUs, opsOf(nodes, run));
    return read.map((one) => {
      if ('problem' in one) return { status: 'error', expected: '', message: one.problem.message };
      if (reader === null) return { status: 'nodata', expected: '', message: 'the run has only begun' };
      return evaluateCheck(one.check, contextOf(reader));
    });
  }

  /** The figure of an expression at a moment. */
  figure(text: string, run: RunView, atUs: number): LiveFigure {
    const read = this.expressions.get(text) ?? parseExpression(text);
    this.expressions.set(text, read);
    if ('problem' in read) return { problem: read.problem.message, nodata: false };
    const expression = withSettingFigures(read.expression, [variantOf(run)]);
    const reader = readerUpTo(run, atUs, opsOf(aggregationsOf(expression), run)) ?? emptyReader(run);
    const found = evaluateExpression(expression, contextOf(reader));
    if ('problem' in found) return { problem: found.problem.message, nodata: found.nodata };
    return found;
  }

  /** The answer of a closed form, its arguments given as expressions. */
  form(name: string, given: Readonly<Record<string, string | number>>, run: RunView, atUs: number): LiveFigure {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (form === undefined) return { problem: `there is no closed form ${name}`, nodata: false };
    const args: Record<string, { value: number; unit: Extract<LiveFigure, { value: number }>['unit'] }> = {};
    for (const argument of Object.keys(form.args)) {
      if (!Object.hasOwn(given, argument)) return { problem: `${name} needs ${argument}`, nodata: false };
      const figure = this.figure(String(given[argument]), run, atUs);
      if ('problem' in figure) return { ...figure, problem: `${argument}: ${figure.problem}` };
      args[argument] = figure;
    }
    const answer = valueOfForm(form, args as Parameters<typeof valueOfForm>[1]);
    return 'problem' in answer ? { ...answer, nodata: false } : answer;
  }

  private check(text: string, run: RunView, atUs: number): { check: Check } | { problem: { message: string } } {
    const read = this.checks.get(text) ?? parseCheck(text);
    this.checks.set(text, read);
    return 'problem' in read ? read : { check: checkWithSettingFigures(read.check, [variantOf(inForce(run, atUs))]) };
  }
}

/** The run's scenario with what was turned until a moment. */
function inForce(run: RunView, atUs: number): Pick<RunView, 'scenario'> {
  return { scenario: scenarioAt(run.scenario, run.actions, atUs) };
}

type Variants = Parameters<typeof withSettingFigures>[1];

function variantOf({ scenario }: Pick<RunView, 'scenario'>): Variants[number] {
  return { name: 'run', title: 'run', scenario, input: { ...scenario } };
}

function contextOf(reader: RunReader) {
  return { runs: new Map([['run', reader]]) };
}

/** Operations whose rows some figures need; null where windows are enough. */
function opsOf(nodes: ReturnType<typeof aggregationsOf>, run: RunView): ReadonlySet<number> | null {
  const vocabulary = vocabularyOf(run.scenario, run.meta.nodes);
  let ops: Set<number> | null = null;
  for (const node of nodes) {
    try {
      const measure = resolveMeasure(node, vocabulary);
      if (measure.kind === 'metric') continue;
      ops ??= new Set();
      for (const op of measure.selector.op ?? everyOp) ops.add(op);
    } catch {
      // A name that does not exist is told when the check is evaluated.
    }
  }
  return ops;
}

/** A run that knows nothing yet, for figures that need none of it. */
function emptyReader({ meta, scenario, latency, spans, windows }: RunView): RunReader {
  return createRunReader({
    scenario,
    nodes: [...meta.nodes],
    columns: [...windows.columns],
    windowUs: windows.widthUs,
    windows: { first: 0, count: 0, values: new Float64Array(0) },
    totals: new Float64Array(windows.columns.length),
    latency,
    rows: { ...spans.open, length: 0 },
    endUs: 0,
  });
}

/** The one judge of a page. */
export const judge: Judge = new Judge();
