import type { CaseExpectation, Drill, DrillCase, DrillSolution, InterveneStep } from '../../drill/Drill.ts';
import type { DrillLog, SettingsPatch } from '../../drill/DrillLog.ts';
import type { ScoreSheet } from '../../drill/DrillResult.ts';
import { scoreSheet } from '../../drill/scoreSheet.ts';
import type { CaseResult } from '../drillProtocol.ts';
import type { Learner } from './Learner.ts';
import { playDrill } from './playDrill.ts';
import { type GradedRun, runAttempt, runUntouched, type Untouched } from './runAttempt.ts';

/** What of a drill's own tests is wanted: all, or the case of one name. */
export interface CaseChoice {
  only?: string;
  /** Says how far it has come, 0..1. */
  onProgress?: (share: number) => void;
}

type Job = () => CaseResult;

/**
 * The author's test. On every seed: the system is steady before its first fault, its truths can be read, and a second run is
 * the same to the last row. Doing nothing solves no task, and every solution solves its own. Every scripted learner comes out as expected, on the
 * drill's own seed. @throws whatever breaks the engine.
 */
export function runCases(drill: Drill, { only, onProgress }: CaseChoice = {}): CaseResult[] {
  const trial = new Trial(drill);
  const cases = drill.cases.filter(({ name }) => only === undefined || name === only);
  const jobs: Job[] = [
    ...(only === undefined ? seedsOf(drill).flatMap((seed) => trial.jobsOn(seed)) : []),
    ...cases.map((one) => () => trial.ofCase(one)),
  ];
  const results: CaseResult[] = [];
  for (const job of jobs) {
    results.push(job());
    onProgress?.(results.length / jobs.length);
  }
  return results;
}

/** The seeds on which learners may meet the drill. */
export function seedsOf({ seed, variants }: Drill): number[] {
  return [...new Set([seed, ...variants])];
}

/** The tests of one drill; what has been run once is not run again. */
class Trial {
  private readonly drill: Drill;
  private readonly known = new Map<string, GradedRun>();
  private readonly untouched = new Map<number, Untouched>();

  constructor(drill: Drill) {
    this.drill = drill;
  }

  jobsOn(seed: number): Job[] {
    const tasks = this.drill.steps.filter((step): step is InterveneStep => step.kind === 'intervene');
    return [
      () => this.steady(seed),
      ...tasks.map((task) => () => this.idle(task, seed)),
      ...tasks.flatMap((task) => task.solutions.map((solution) => () => this.solution(task, solution, seed))),
    ];
  }

  ofCase(one: DrillCase): CaseResult {
    const { drill, known } = this;
    const log = playDrill(drill, learnerOf(drill, one), this.untouchedOn(drill.seed), drill.seed, known);
    return caseResult(drill, one, log, scoreSheet(drill, log));
  }

  private untouchedOn(seed: number): Untouched {
    const run = this.untouched.get(seed) ?? runUntouched(this.drill, seed);
    this.untouched.set(seed, run);
    return run;
  }

  private steady(seed: number): CaseResult {
    const { unsteady, truths } = this.untouchedOn(seed);
    const failures = unsteady.map((text) => `script error, not steady before the first fault: ${text}`);
    for (const [step, truth] of Object.entries(truths))
      if (truth.status === 'error') failures.push(`script error, no truth for ${step}: ${truth.message}`);
    return result('untouched: steady, and has its truths', seed, failures);
  }

  private idle(task: InterveneStep, seed: number): CaseResult {
    const { checks, hash } = runAttempt(this.drill, task, [], seed, this.known);
    const failures = checks.filter(({ status }) => status === 'error').map(({ id, message }) => `${id}: ${message}`);
    if (checks.every(({ status }) => status === 'pass')) failures.push('every check passes although nothing was done');
    // The same run once more: what it says about predictions has to be what it always says.
    if (hash !== this.untouchedOn(seed).hash) failures.push('two runs of the same seed differ');
    return { ...result(`doing nothing fails: ${task.id}`, seed, failures), checks: statuses(checks) };
  }

  private solution(task: InterveneStep, { name, set }: DrillSolution, seed: number): CaseResult {
    const { checks } = runAttempt(this.drill, task, [{ us: 0, set }], seed, this.known);
    const failures = checks
      .filter(({ status }) => status !== 'pass')
      .map(({ id, status, message, seed: where }) => `${id} ${status} on seed ${where}: ${message}`);
    return { ...result(`solution passes: ${task.id}/${name}`, seed, failures), checks: statuses(checks) };
  }
}

function result(name: string, seed: number, failures: string[]): CaseResult {
  return { name, seed, failures, total: 0, steps: {}, checks: {} };
}

function statuses(checks: readonly { id: string; status: CaseResult['checks'][string] }[]): CaseResult['checks'] {
  return Object.fromEntries(checks.map(({ id, status }) => [id, status]));
}

/** The learner of a case: what it sets goes to every task that allows it, over the solution that it uses there. */
export function learnerOf(drill: Drill, { answers, set, use, rubric, hints }: DrillCase): Learner {
  const settings: Record<string, SettingsPatch> = {};
  for (const step of drill.steps) {
    if (step.kind !== 'intervene') continue;
    const solution = Object.hasOwn(use, step.id) ? step.solutions.find(({ name }) => name === use[step.id]) : undefined;
    const own = Object.entries(set).filter(([path]) => step.allow.includes(path));
    settings[step.id] = { ...solution?.set, ...Object.fromEntries(own) };
  }
  return { answers, settings, rubric, hints };
}

function caseResult(drill: Drill, { name, expect }: DrillCase, log: DrillLog, sheet: ScoreSheet): CaseResult {
  const outcomes = log.attempts.flatMap(({ outcome }) => outcome?.checks ?? []);
  const failures = expect.flatMap((one) => {
    const found = foundOf(one, sheet, outcomes);
    return found === '' ? [] : [`${one.id}: expected ${one.text}, found ${found}`];
  });
  return {
    name: `case: ${name}`,
    seed: drill.seed,
    failures,
    total: sheet.totals.total,
    steps: Object.fromEntries(sheet.steps.map(({ id, points }) => [id, points])),
    checks: statuses(outcomes),
  };
}

/** What was found instead of what was expected; empty where it came out so. */
function foundOf(
  one: CaseExpectation,
  { steps, totals }: ScoreSheet,
  outcomes: readonly { id: string; status: string; message: string }[],
): string {
  if (one.of === 'pass') return totals.pass === one.pass ? '' : String(totals.pass ?? 'incomplete');
  if (one.of === 'check') {
    const outcome = outcomes.find(({ id }) => id === one.id);
    return outcome?.status === one.status ? '' : `${outcome?.status}, ${outcome?.message}`;
  }
  const score = one.of === 'total' ? { points: totals.total, max: totals.max } : steps.find(({ id }) => id === one.id);
  const { points, max } = score as { points: number; max: number };
  const value = one.isShare ? points / Math.max(max, 1e-9) : points;
  return compares(value, one.comparator, one.value) ? '' : `${points} of ${max} points`;
}

function compares(value: number, comparator: string, bound: number): boolean {
  switch (comparator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return value === bound;
  }
}
