import * as z from 'zod/mini';
import { canonicalActions } from './canonicalActions.ts';
import { meaningProblems } from './meaning.ts';
import { plainCopy } from './plainCopy.ts';
import type { Problem, ReadOptions } from './problems.ts';
import { type Scenario, type ScenarioInput, scenarioSchema } from './schema.ts';
import { schemaProblems } from './schemaProblems.ts';
import { getSetting } from './settings.ts';

/**
 * Reads a scenario from plain data of any origin: a parsed file, a link, a patched scenario. Never throws.
 * @returns the scenario with defaults filled in and quantities in canonical units, beside a copy of what was written;
 * or everything that is wrong with it (at least one problem).
 */
export function readScenario(
  input: unknown,
  options: ReadOptions = {},
): { scenario: Scenario; input: ScenarioInput } | { problems: Problem[] } {
  const { copy, problems } = plainCopy(input, options);
  if (problems.length > 0) return { problems };
  const result = z.safeParse(scenarioSchema, copy);
  if (!result.success) return { problems: schemaProblems(result.error.issues, copy, scenarioSchema, options) };
  const written = copy as ScenarioInput;
  const scenario = withOwnKnobs(result.data, written);
  const meaning = meaningProblems(scenario, written, options);
  return meaning.length > 0
    ? { problems: meaning }
    : { scenario: { ...scenario, faults: canonicalActions(scenario.faults) }, input: written };
}

/** The default knobs speak of `readers`; a scenario that names its traffic otherwise gets those of its first workload. */
function withOwnKnobs(scenario: Scenario, written: ScenarioInput): Scenario {
  if (written.view?.knobs !== undefined) return scenario;
  const first = Object.keys(scenario.traffic)[0] ?? 'readers';
  const knobs = scenario.view.knobs.map((path) =>
    getSetting(scenario, path) === undefined ? path.replace(/^traffic\.[^.]+/, `traffic.${first}`) : path,
  );
  return { ...scenario, view: { ...scenario.view, knobs } };
}
