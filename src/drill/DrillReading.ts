import {
  aggregationsOf,
  type Check,
  type CheckProblem,
  type CheckUnit,
  type Endpoint,
  type Expression,
  expressionsOf,
  type Range,
} from '../checks/Check.ts';
import { checkProblems, expressionProblems, unitOfExpression } from '../checks/checkProblems.ts';
import type { CheckScope } from '../checks/CheckScope.ts';
import type { Variant } from '../checks/Experiment.ts';
import type { LocateInside } from '../checks/ExperimentTexts.ts';
import { parseCheck, parseExpression } from '../checks/parseCheck.ts';
import { resolveRange } from '../checks/resolveRange.ts';
import { checkWithSettingFigures, withSettingFigures } from '../checks/settingFigures.ts';
import { Unreadable } from '../checks/tokenize.ts';
import { Unknowable } from '../checks/Unknowable.ts';
import { vocabularyOf } from '../checks/vocabulary.ts';
import { nearestName, type Problem, problemAt, type ReadOptions } from '../scenario/problems.ts';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { parseQuantity } from '../scenario/units.ts';
import { sinceClock } from './clockText.ts';
import type { DrillFault } from './Drill.ts';
import { rangesFrom } from './rangesFrom.ts';

/** Where something stands in the document, by names from its root. */
export type Place = readonly PropertyKey[];

/** Options of a drill's reader: where the document comes from, and where the characters of its texts stand. */
export type DrillReadOptions = ReadOptions & { locateInside?: LocateInside };

/** What the parts of a drill are read against, once its system and its faults are known; gathers every problem. */
export class DrillReading {
  readonly problems: Problem[] = [];
  readonly scenario: Scenario;
  /** Whether parts that belong to the key may be missing. */
  readonly isScript: boolean;
  /** Faults that happen to candidates without warning; what they can read must not name them. */
  private readonly secrets: ReadonlySet<string>;
  private readonly options: DrillReadOptions;
  private readonly momentsUs: ReadonlyMap<string, number>;
  private readonly variants: readonly Variant[];
  private readonly scope: CheckScope;

  constructor(
    system: { scenario: Scenario; base: ScenarioInput },
    faults: readonly DrillFault[],
    isScript: boolean,
    options: DrillReadOptions,
  ) {
    const { scenario, base } = system;
    this.scenario = scenario;
    this.isScript = isScript;
    this.options = options;
    this.momentsUs = momentsOf(faults);
    this.secrets = new Set(faults.flatMap(({ id, secret }) => (secret && id !== undefined ? [id] : [])));
    this.variants = [{ name: 'run', title: '', input: base, scenario }];
    this.scope = { runs: new Map([['run', vocabularyOf(scenario)]]), moments: this.momentsUs };
  }

  /** Notes a problem. */
  say(at: Place, on: 'key' | 'value', message: string, nearest?: string): void {
    this.problems.push(problemAt(this.options, at, on, message, nearest));
  }

  /** A check, with plain times counted from the fault `from`. @param isPublic candidates can read it */
  check(written: string, at: Place, { from = '', isPublic = true } = {}): Check | undefined {
    const parsed = parseCheck(written);
    if ('problem' in parsed) return this.sayInside(at, written, parsed.problem);
    const check = checkWithSettingFigures(parsed.check, this.variants);
    const problems = checkProblems(check, this.scope);
    for (const problem of problems) this.sayInside(at, written, problem);
    if (problems.length > 0 || !this.isMoment(from, [...at.slice(0, -1), 'from'])) return undefined;
    const whole = rangesFrom(check, from);
    const nodes = expressionsOf(whole).flatMap(aggregationsOf);
    const ranges = [whole.range, ...nodes.map(({ range }) => range)];
    return this.canBe(ranges, written, at, isPublic) ? whole : undefined;
  }

  /** A check of the untouched run; without a range of its own it looks at the time before the first fault. */
  steady(written: string, at: Place, firstFaultUs: number): Check | undefined {
    const check = this.check(written, at);
    if (check === undefined || firstFaultUs === 0) return check;
    const ranges = [
      check.range,
      ...expressionsOf(check)
        .flatMap(aggregationsOf)
        .map(({ range }) => range),
    ];
    if (ranges.some((range) => range !== undefined)) return check;
    const to: Endpoint = { kind: 'time', text: `${firstFaultUs / 1e6}s`, us: firstFaultUs };
    return { ...check, range: { to, offset: 0, length: 0 } };
  }

  /** A figure of the untouched run. */
  expression(written: string, at: Place): { expression: Expression; unit: CheckUnit } | undefined {
    const parsed = parseExpression(written);
    if ('problem' in parsed) return this.sayInside(at, written, parsed.problem);
    const expression = withSettingFigures(parsed.expression, this.variants);
    const problems = expressionProblems(expression, this.scope);
    for (const problem of problems) this.sayInside(at, written, problem);
    if (problems.length > 0) return undefined;
    const ranges = aggregationsOf(expression).map(({ range }) => range);
    return this.canBe(ranges, written, at, false)
      ? { expression, unit: unitOfExpression(expression, this.scope) }
      : undefined;
  }

  /** A time on the drill's clock or since its start, µs. */
  time(written: string | number, at: Place): number | undefined {
    return readTime(written, at, this.scenario.clock, (...said) => this.say(...said));
  }

  /** A name out of those that there are, or a problem that says which was meant. */
  known(what: string, name: string, names: readonly string[], at: Place, on: 'key' | 'value'): boolean {
    if (names.includes(name)) return true;
    const message = `found no ${what} "${name}"${names.length === 0 ? '' : `, expected one of ${names.slice(0, 20).join(', ')}`}`;
    this.say(at, on, message, nearestName(name, names));
    return false;
  }

  private isMoment(from: string, at: Place): boolean {
    return from === '' || this.known('fault with the id', from, [...this.momentsUs.keys()], at, 'value');
  }

  /** Whether a run of this drill reaches these ranges, and whoever reads them may know their names. */
  private canBe(ranges: readonly (Range | undefined)[], written: string, at: Place, isPublic: boolean): boolean {
    for (const range of ranges) {
      const name = isPublic ? [range?.from, range?.to].find((end) => this.isSecret(end)) : undefined;
      if (name !== undefined) {
        const message = 'found the id of a secret fault in what candidates can read; make this secret too';
        return this.sayInside(at, written, { message, offset: 0, length: 0 }) !== undefined;
      }
      try {
        this.resolved(range);
      } catch (error) {
        if (!(error instanceof Unreadable || error instanceof Unknowable)) throw error;
        const offset = range !== undefined && range.offset < written.length ? range.offset : 0;
        const words = error.message.replace('the run ended before', 'the drill’s clock ends before');
        return this.sayInside(at, written, { message: words, offset, length: 0 }) !== undefined;
      }
    }
    return true;
  }

  private resolved(range: Range | undefined): [number, number] {
    const { clock, duration } = this.scenario;
    return resolveRange(range, { endUs: duration, ...(clock === undefined ? {} : { clock }) }, this.momentsUs);
  }

  private isSecret(end: Endpoint | undefined): boolean {
    return end?.kind === 'moment' && this.secrets.has(end.name);
  }

  private sayInside(at: Place, written: string, { message, offset, nearest }: CheckProblem): undefined {
    const place = this.options.locateInside?.(at, offset, written);
    // Checks say `unknown metric x, did you mean y?`; here the guess stands behind what is said, as everywhere in files.
    const words = message.replace(/, did you mean [^?]*\?$/, '').replace(/^(unknown \w+) (\S+)$/, '$1 "$2"');
    this.problems.push({ ...problemAt(this.options, at, 'value', words, nearest), ...place });
  }
}

/** The times that checks can call by name. */
export function momentsOf(faults: readonly DrillFault[]): Map<string, number> {
  return new Map(faults.flatMap(({ id, atUs }) => (id === undefined ? [] : [[id, atUs] as const])));
}

/** A time of day or since the start, µs; says what is wrong with it. */
export function readTime(
  written: string | number,
  at: Place,
  clock: string | undefined,
  say: (at: Place, on: 'value', message: string) => void,
): number | undefined {
  const isClock = typeof written === 'string' && /^\d\d:\d\d:\d\d$/.test(written);
  if (isClock && clock !== undefined) return sinceClock(written, clock);
  const us = isClock ? undefined : parseQuantity('duration', written);
  if (us !== undefined && us >= 0) return us;
  const found = typeof written === 'string' ? JSON.stringify(written.slice(0, 40)) : String(written);
  const meant =
    typeof written === 'number' && written >= 3600 && written < 86400
      ? ' (a time of day without quotes is read as a number)'
      : '';
  const expected =
    clock === undefined
      ? 'expected a time since the start, like 30s: the drill has no clock'
      : 'expected a time of day in quotes, like "11:00:00", or a time since the start, like 30s';
  say(at, 'value', `found ${found}${meant}, ${expected}`);
  return undefined;
}
