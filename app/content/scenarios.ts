import { listed, load } from 'virtual:scenarios';
import type { Scenario, ScenarioInput } from '../../src/index.ts';

/** How many scenarios the gallery lists. */
export const listedScenarios: number = listed;

/** Fetches one scenario, as its file writes it and as it was read while building; undefined when there is none of that name. */
export async function loadScenario(id: string): Promise<{ input: ScenarioInput; scenario: Scenario } | undefined> {
  return Object.hasOwn(load, id) ? load[id]() : undefined;
}
