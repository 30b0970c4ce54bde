import type { Action, Scenario, ScenarioInput } from '../../src/index.ts';
import type { Reading } from './reading.ts';
import type { Moment, Patch } from './StageState.ts';

/** The part of a stage that is remembered. */
export function pickMoment({ patch, seed, actions, compare }: Moment): Moment {
  return { patch, seed, actions, compare };
}

/** Two turns of one knob. */
export function isSameKnob(a: Action, b: Action): boolean {
  return a.do === 'set' && b.do === 'set' && a.path === b.path;
}

/** A knob that lane B holds fixed is not turned there. */
export function isOverridden(action: Action, compare: Patch | null): boolean {
  return action.do === 'set' && compare !== null && Object.hasOwn(compare, action.path);
}

/** The scenarios of the lanes, or in words what is wrong with them. */
export interface ReadMoment {
  scenarios: readonly Scenario[];
  problem: string;
}

/** Reads the scenario of each lane: the input with its patches. */
export function readMoment(
  { applyPatch, formatProblem, readScenario }: Reading,
  input: ScenarioInput,
  moment: Moment,
): ReadMoment {
  const patches = moment.compare === null ? [moment.patch] : [moment.patch, { ...moment.patch, ...moment.compare }];
  const scenarios: Scenario[] = [];
  for (const patch of patches) {
    const seeded: Patch = moment.seed === undefined ? patch : { ...patch, seed: moment.seed };
    const read = readScenario(applyPatch(input, seeded));
    if ('problems' in read) return { scenarios: [], problem: read.problems.map(formatProblem).join('\n') };
    scenarios.push(read.scenario);
  }
  return { scenarios, problem: '' };
}
