import { claims, index, load } from 'virtual:experiments';
import type { Scenario, ScenarioInput } from '../../src/index.ts';

/** A claim of the catalogue. */
export interface ClaimEntry {
  id: string;
  topic: string;
  /** Documents that make it, by the first three digits of their names. */
  sources: readonly string[];
  /** One line, in our own words. */
  claim: string;
}

/** What lists know of an experiment without fetching it. */
export interface ExperimentEntry {
  id: string;
  title: string;
  topic: string;
  /** Ids of the claims it stands behind. */
  claims: readonly string[];
  claim: string;
  sources: readonly string[];
  /** Id of its scenario in the library; left out where it brings its own. */
  scenario?: string;
  /** The documents' figure; left out where they give none. */
  document?: string;
  /** What has to be said where the true figure is another than the documents'; left out where it is not. */
  corrected?: string;
}

/** One experiment: as its file writes it, and its variants as scenarios that can be run. */
export interface LibraryExperiment {
  /** For the engine's reader of experiments. */
  input: unknown;
  /** One to four, A and B first. */
  variants: { name: string; title: string; input: ScenarioInput; scenario: Scenario }[];
  /** The moment and the speed at which it opens, µs and virtual seconds a second. */
  atUs: number;
  speed: number;
}

/** Every experiment of `content/experiments/`, in the order of its file's name. */
export const experimentIndex: readonly ExperimentEntry[] = index;

/** Every claim of the catalogue, in its order. */
export const claimIndex: readonly ClaimEntry[] = claims;

/** The experiments behind a claim. */
export function experimentsFor(claim: string): ExperimentEntry[] {
  return experimentIndex.filter((experiment) => experiment.claims.includes(claim));
}

/** Fetches one experiment; undefined when there is none of that name. */
export async function loadExperiment(id: string): Promise<LibraryExperiment | undefined> {
  return Object.hasOwn(load, id) ? load[id]() : undefined;
}
