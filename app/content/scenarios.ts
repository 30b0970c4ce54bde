import { listed } from 'virtual:scenario-count';
import type { Scenario, ScenarioInput } from '../../src/index.ts';

/** A scenario of the library: as its file writes it, and as it was read while building. */
export interface LoadedScenario {
  input: ScenarioInput;
  scenario: Scenario;
}

/** How many scenarios the gallery lists. */
export const listedScenarios: number = listed;

/** Fetches one scenario; undefined when there is none of that name. */
export async function loadScenario(id: string): Promise<LoadedScenario | undefined> {
  // The first view does not wait for the addresses of all others.
  if (id === 'home') return import('virtual:scenario/home');
  const { load } = await import('virtual:scenario-loaders');
  return Object.hasOwn(load, id) ? load[id]() : undefined;
}
