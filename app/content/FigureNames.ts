import type { Scenario, ScenarioInput } from '../../src/index.ts';
import { itemsOf, type LessonElement } from './lessonElements.ts';
import { unknownName } from './known.ts';
import type { Engine } from './remarkLesson.ts';

/** What is wrong with one property of a component. */
export interface FieldProblem {
  field: string;
  message: string;
}

type Find = (id: string) => Promise<{ input: ScenarioInput } | undefined>;

const requestKinds = ['first-miss', 'first-hit', 'first-write', 'slowest', 'latest'];
const quantile = /^p(50|90|95|99)\((read|write)\.latency\)$/;

/** Looks up what the components of a lesson name of their figures: settings, charts, metrics, checks, closed forms. */
export class FigureNames {
  private readonly engine: Engine;
  private readonly find: Find;

  constructor(engine: Engine, find: Find) {
    this.engine = engine;
    this.find = find;
  }

  /** What is wrong with a component. @param figures the figures of its lesson, in their order. */
  async problems(element: LessonElement, figures: readonly LessonElement[]): Promise<FieldProblem[]> {
    const { name, props } = element;
    if (name === 'Play') return this.playProblems(element);
    if (name === 'Sequence' || name === 'Code') return requestProblems(props.request);
    const of = name === 'Goal' ? element.parent?.props.of : props.of;
    const scenario = await this.scenarioOf(of, figures);
    if (scenario === undefined) return [];
    if (name === 'Goal') return this.checkProblems('check', props.check, scenario);
    if (name === 'When') return this.checkProblems('happens', props.happens, scenario);
    if (name === 'Predict') return this.metricProblems('answer', props.answer, scenario);
    if (name === 'PredictOrder') return this.orderProblems(itemsOf(props.items), figures);
    return name === 'Theory' ? this.theoryProblems(props, scenario) : [];
  }

  private async playProblems({ props }: LessonElement): Promise<FieldProblem[]> {
    const { chartIds, settingInfo } = this.engine;
    const charts = strings(props.charts).filter((id) => !(chartIds as readonly string[]).includes(id));
    const knobs = strings(props.knobs).filter((path) => settingInfo(path) === undefined);
    const problems = [
      ...charts.map((id) => ({ field: 'charts', message: unknownName('chart', id, chartIds) })),
      ...knobs.map((path) => ({ field: 'knobs', message: `found no setting called ${path}` })),
    ];
    const read = await this.read(props);
    const problem = read?.problem;
    return problem === undefined ? problems : [...problems, { field: 'set', message: problem }];
  }

  private async orderProblems(
    items: readonly Record<string, unknown>[],
    figures: readonly LessonElement[],
  ): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    for (const { of, answer } of items) {
      const scenario = await this.scenarioOf(of, figures);
      if (scenario !== undefined) problems.push(...this.metricProblems('items', answer, scenario));
    }
    return problems;
  }

  /** The scenario of the figure that is meant; of the last one where none is named. */
  private async scenarioOf(of: unknown, figures: readonly LessonElement[]): Promise<Scenario | undefined> {
    const figure = typeof of === 'string' ? figures.find(({ props }) => props.id === of) : figures.at(-1);
    const read = figure && (await this.read(figure.props));
    return read?.scenario;
  }

  /** The scenario of a figure with its own settings, or what is wrong with those. */
  private async read({
    scenario: id,
    set,
    seed,
  }: LessonElement['props']): Promise<{ scenario?: Scenario; problem?: string } | undefined> {
    const found = typeof id === 'string' ? await this.find(id) : undefined;
    if (found === undefined) return undefined;
    const { applyPatch, readScenario, formatProblem } = this.engine;
    const patch = { ...(set as Record<string, string>), ...(typeof seed === 'number' ? { seed } : {}) };
    const read = readScenario(applyPatch(found.input, patch));
    return 'problems' in read ? { problem: read.problems.map(formatProblem).join('; ') } : { scenario: read.scenario };
  }

  private metricProblems(field: string, answer: unknown, scenario: Scenario): FieldProblem[] {
    if (typeof answer !== 'string' || quantile.test(answer)) return [];
    const ids = this.engine.metricCatalogue(scenario).map(({ id }) => id);
    return ids.includes(answer) ? [] : [{ field, message: unknownName('metric', answer, ids) }];
  }

  private checkProblems(field: string, text: unknown, scenario: Scenario): FieldProblem[] {
    if (typeof text !== 'string') return [{ field, message: 'expected a check' }];
    const { parseCheck, checkProblems, checkWithSettingFigures, vocabularyOf } = this.engine;
    const read = parseCheck(text);
    if ('problem' in read) return [{ field, message: `${text}: ${read.problem.message}` }];
    const check = checkWithSettingFigures(read.check, [variantOf(scenario)]);
    return checkProblems(check, { runs: new Map([['run', vocabularyOf(scenario)]]) }).map(({ message }) => ({
      field,
      message: `${text}: ${message}`,
    }));
  }

  private theoryProblems(props: LessonElement['props'], scenario: Scenario): FieldProblem[] {
    const { forms, parseExpression, expressionProblems, withSettingFigures, vocabularyOf } = this.engine;
    const form = Object.hasOwn(forms, String(props.form)) ? forms[String(props.form)] : undefined;
    if (form === undefined)
      return [{ field: 'form', message: unknownName('closed form', String(props.form), Object.keys(forms)) }];
    const given = (props.given ?? {}) as Record<string, unknown>;
    const missing = Object.keys(form.args).filter((name) => !Object.hasOwn(given, name));
    const strange = Object.keys(given).filter((name) => !Object.hasOwn(form.args, name));
    const expression = (field: string, text: unknown): FieldProblem[] => {
      const read = parseExpression(String(text));
      if ('problem' in read) return [{ field, message: `${String(text)}: ${read.problem.message}` }];
      const inFigures = withSettingFigures(read.expression, [variantOf(scenario)]);
      return expressionProblems(inFigures, { runs: new Map([['run', vocabularyOf(scenario)]]) }).map(({ message }) => ({
        field,
        message: `${String(text)}: ${message}`,
      }));
    };
    return [
      ...missing.map((name) => ({ field: 'given', message: `${String(props.form)} needs ${name}` })),
      ...strange.map((name) => ({ field: 'given', message: unknownName('argument', name, Object.keys(form.args)) })),
      ...Object.values(given).flatMap((text) => expression('given', text)),
      ...expression('answer', props.answer),
    ];
  }
}

function requestProblems(request: unknown): FieldProblem[] {
  if (typeof request !== 'string' || requestKinds.includes(request)) return [];
  return [{ field: 'request', message: unknownName('kind of request', request, requestKinds) }];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A scenario as settings in checks are read from it. */
function variantOf(scenario: Scenario) {
  return { name: 'run', title: 'run', scenario, input: scenario as unknown as ScenarioInput };
}
