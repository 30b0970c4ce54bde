import { index, load } from 'virtual:scenarios';
import type { Scenario, ScenarioInput } from '../../src/index.ts';

/** What lists know of a scenario without fetching it. */
export interface ScenarioEntry {
  id: string;
  title: string;
  /** False for the figures of lessons, which the gallery leaves out. */
  listed: boolean;
  summary: string;
  topic: NonNullable<ScenarioInput['topic']>;
  /** One sentence that says what to try; empty where the scenario names none. */
  try: string;
}

/** Every scenario of `content/scenarios/`, in the order of its file's name. */
export const scenarioIndex: readonly ScenarioEntry[] = index.filter(({ listed }) => listed);

/** Fetches one scenario, as its file writes it and as it was read while building; undefined when there is none of that name. */
export async function loadScenario(id: string): Promise<{ input: ScenarioInput; scenario: Scenario } | undefined> {
  return Object.hasOwn(load, id) ? load[id]() : undefined;
}
