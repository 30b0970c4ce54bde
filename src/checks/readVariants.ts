import { applyPatch, type Patch } from '../scenario/patch.ts';
import { joinPath, nearestName, type Problem, problemAt, type ReadOptions } from '../scenario/problems.ts';
import { readActions } from '../scenario/readActions.ts';
import { readScenario } from '../scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { listSettings, nearestSetting, readSetting } from '../scenario/settings.ts';
import type { Variant } from './Experiment.ts';
import type { ExperimentForm } from './experimentSchema.ts';

/** The scenarios that experiments may name, as their files write them. */
export interface ScenarioLibrary {
  ids: readonly string[];
  read(id: string): ScenarioInput | undefined;
}

type Changes = Pick<ExperimentForm, 'set' | 'faults' | 'replaceFaults'>;

/** The variants of an experiment, each a whole scenario that can be run; or what is wrong with them. */
export function readVariants(
  form: ExperimentForm,
  library: ScenarioLibrary,
  options: ReadOptions,
): { variants: Variant[] } | { problems: Problem[] } {
  const base = baseScenario(form, library, options);
  if ('problems' in base) return base;
  const names = Object.keys(form.variants);
  if (names.length < 1 || names.length > 4) {
    const message = `found ${names.length} variants, expected one to four`;
    return { problems: [problemAt(options, ['variants'], 'value', message)] };
  }
  const common = changed(base.input, form, [], options);
  if ('problems' in common) return common;
  const variants: Variant[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const read = changed(common.input, form.variants[name], ['variants', name], options);
    if ('problems' in read) problems.push(...read.problems);
    else variants.push({ name, title: form.variants[name].title ?? name, ...read });
  }
  return problems.length > 0 ? { problems } : { variants };
}

type Read = { input: ScenarioInput; scenario: Scenario };

function baseScenario(
  form: ExperimentForm,
  library: ScenarioLibrary,
  options: ReadOptions,
): Read | { problems: Problem[] } {
  const own = typeof form.scenario === 'string' ? undefined : form.scenario;
  const input = own ?? library.read(form.scenario as string);
  if (input === undefined) {
    const written = form.scenario as string;
    const message = `found no scenario "${written}", expected the id of one in content/scenarios or a scenario itself`;
    return { problems: [problemAt(options, ['scenario'], 'value', message, nearestName(written, library.ids))] };
  }
  const whole = own === undefined ? input : { scenario: 1, id: form.id, title: form.title, ...own };
  const read = readScenario(lengthened(whole as ScenarioInput, form.until), below(options, ['scenario'], 0));
  return 'problems' in read ? { problems: read.problems.map((problem) => moved(problem, ['scenario'])) } : read;
}

/** A scenario that ends before the experiment does goes on until then. */
function lengthened(input: ScenarioInput, untilUs: number | undefined): ScenarioInput {
  if (untilUs === undefined) return input;
  const own = readSetting('duration', input.duration ?? '60s');
  return 'value' in own && (own.value as number) < untilUs ? { ...input, duration: `${untilUs}us` } : input;
}

/** A scenario with some changes; every problem is said where it is written, below `at`. */
function changed(
  before: ScenarioInput,
  { set, faults, replaceFaults }: Changes,
  at: readonly PropertyKey[],
  options: ReadOptions,
): Read | { problems: Problem[] } {
  const inSet = settingProblems(before, set, [...at, 'set'], options);
  if (inSet.length > 0) return { problems: inSet };
  const patched = readScenario(applyPatch(before, set), {});
  if ('problems' in patched) return { problems: attributed(patched.problems, at, options) };
  const problems: Problem[] = [];
  for (const [name, list] of Object.entries({ faults, replaceFaults: replaceFaults ?? [] })) {
    const acts = readActions(list, patched.scenario, below(options, [...at, name], 1));
    if ('problems' in acts) problems.push(...acts.problems.map((problem) => movedList(problem, [...at, name])));
  }
  if (problems.length > 0) return { problems };
  const all = [...(replaceFaults ?? patched.input.faults ?? []), ...faults] as ScenarioInput['faults'];
  const read = readScenario(
    all?.length === 0 && patched.input.faults === undefined ? patched.input : { ...patched.input, faults: all },
  );
  return 'problems' in read ? { problems: attributed(read.problems, at, options) } : read;
}

/** What is wrong with settings by path, said at their places below `at`. */
export function settingProblems(
  before: ScenarioInput,
  set: Readonly<Patch>,
  at: readonly PropertyKey[],
  options: ReadOptions,
): Problem[] {
  const known = new Set(listSettings(applyPatch(before, set)).map(({ path }) => path));
  return Object.entries(set).flatMap(([path, written]) => {
    const place = [...at, path];
    if (!known.has(path)) {
      const nearest = nearestSetting(path, before);
      return [problemAt(options, place, 'key', `found no setting "${path}", expected one like cache.ttl`, nearest)];
    }
    const read = readSetting(path, written);
    if ('value' in read) return [];
    return [problemAt(options, place, 'value', read.problem.message, read.problem.nearest)];
  });
}

/** Problems of a scenario that only came up with the changes: said of the change that names the place, or of them all. */
export function attributed(problems: readonly Problem[], at: readonly PropertyKey[], options: ReadOptions): Problem[] {
  return problems.map(({ path, message, nearest }) =>
    problemAt(options, at, 'key', `with these changes, ${path === '' ? 'the scenario' : path}: ${message}`, nearest),
  );
}

/** The options for a reader that knows only a part of the document and calls its root by `strip` names of its own. */
export function below(options: ReadOptions, at: readonly PropertyKey[], strip: number): ReadOptions {
  const { locate } = options;
  return locate === undefined
    ? options
    : { ...options, locate: (keys, on) => locate([...at, ...keys.slice(strip)], on) };
}

/** A problem of a part of a document, at its place in the whole. */
export function moved(problem: Problem, at: readonly PropertyKey[]): Problem {
  const { path } = problem;
  return { ...problem, path: `${joinPath(at)}${path === '' || path.startsWith('[') ? '' : '.'}${path}` };
}

/** The reader of acts calls its list `actions`. */
export function movedList(problem: Problem, at: readonly PropertyKey[]): Problem {
  return { ...problem, path: problem.path.replace(/^actions/, joinPath(at)) };
}
