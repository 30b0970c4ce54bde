import { index } from 'virtual:scenario-index';
import type { ScenarioInput } from '../../src/index.ts';

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

/** Every listed scenario of `content/scenarios/`, in the order of its file's name. For pages with lists, not for the first view. */
export const scenarioIndex: readonly ScenarioEntry[] = index.filter(({ listed }) => listed);
