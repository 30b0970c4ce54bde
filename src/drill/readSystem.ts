import { attributed, below, moved, type ScenarioLibrary, settingProblems } from '../checks/readVariants.ts';
import { applyPatch } from '../scenario/patch.ts';
import { nearestName, type Problem, problemAt, problemLimit, type ReadOptions } from '../scenario/problems.ts';
import { readActions } from '../scenario/readActions.ts';
import { readScenario } from '../scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { sinceClock } from './clockText.ts';
import type { DrillFault } from './Drill.ts';
import { readTime } from './DrillReading.ts';
import type { DrillForm } from './drillSchema.ts';

/** The system of a drill, ready to run but for its faults. */
export interface DrillSystem {
  scenario: Scenario;
  base: ScenarioInput;
  /** The scenario as it goes into the drill's own input: before settings and clock, without faults. */
  written: ScenarioInput;
}

/** Reads the system: the scenario of the library or written in place, the settings that differ, the clock. */
export function readSystem(
  form: DrillForm,
  library: ScenarioLibrary | undefined,
  options: ReadOptions,
): DrillSystem | { problems: Problem[] } {
  const { scenario: named, set } = form.system;
  const own = typeof named === 'string' ? library?.read(named) : (named as unknown as ScenarioInput);
  const at = ['system', 'scenario'];
  if (own === undefined) {
    const message = `found no scenario "${named as string}", expected the id of one in content/scenarios or a scenario itself`;
    return { problems: [problemAt(options, at, 'value', message, nearestName(named as string, library?.ids ?? []))] };
  }
  const whole = { scenario: 1, id: form.id, title: form.title, ...(own as Partial<ScenarioInput>) } as ScenarioInput;
  const { faults, ...rest } = whole;
  if (typeof named !== 'string' && faults !== undefined) {
    const message = 'found faults in the scenario, expected them in the faults of the drill';
    return { problems: [problemAt(options, [...at, 'faults'], 'key', message)] };
  }
  const read = readScenario(rest, typeof named === 'string' ? {} : below(options, at, 0));
  if ('problems' in read) return { problems: read.problems.map((problem) => moved(problem, at)) };
  const wrong = settingProblems(read.input, set, ['system', 'set'], options);
  if (wrong.length > 0) return { problems: wrong };
  const { start, end } = form.clock ?? {};
  const clocked =
    start === undefined || end === undefined ? {} : { clock: start, duration: `${sinceClock(end, start)}us` };
  const base: ScenarioInput = { ...applyPatch(read.input, set), ...clocked, seed: form.seed };
  const ready = readScenario(base);
  if ('problems' in ready)
    return { problems: attributed(ready.problems, form.clock === undefined ? ['system'] : ['clock'], options) };
  return { scenario: ready.scenario, base, written: read.input };
}

/** Reads the faults against the system, in order of time. */
export function readFaults(
  form: DrillForm,
  scenario: Scenario,
  options: ReadOptions,
): { faults: DrillFault[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const say = (at: readonly PropertyKey[], on: 'key' | 'value', message: string) =>
    problems.push(problemAt(options, at, on, message));
  const times = form.faults.map(({ at }, index) => {
    const us = readTime(at, ['faults', index, 'at'], scenario.clock, say);
    if (us !== undefined && us >= scenario.duration)
      say(['faults', index, 'at'], 'value', `found ${JSON.stringify(at)}, expected a time before the end of the clock`);
    return us ?? 0;
  });
  const acts = form.faults.map(({ id: _id, secret: _secret, at: _at, ...act }, index) => ({
    at: `${times[index]}us`,
    ...act,
  }));
  const read = readActions(acts, scenario, below(options, ['faults'], 1));
  if ('problems' in read) {
    const here = read.problems.map((one) => ({ ...one, path: one.path.replace(/^actions/, 'faults') }));
    return { faults: [], problems: [...problems, ...here].slice(0, problemLimit) };
  }
  const seen = new Set<string>();
  form.faults.forEach(({ id }, index) => {
    if (id !== undefined && seen.has(id))
      say(['faults', index, 'id'], 'value', `found the id ${id} a second time, expected it once`);
    if (id !== undefined) seen.add(id);
  });
  const faults = read.actions.map((action, index): DrillFault => {
    const { id, secret } = form.faults[index];
    return { ...(id === undefined ? {} : { id }), atUs: times[index], secret, action };
  });
  return { faults: faults.sort((a, b) => a.atUs - b.atUs), problems };
}
