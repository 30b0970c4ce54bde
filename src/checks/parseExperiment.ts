import { parseText } from '../scenario/parseScenario.ts';
import type { Locate, Problem } from '../scenario/problems.ts';
import type { Experiment } from './Experiment.ts';
import { type ExperimentLibrary, readExperiment } from './readExperiment.ts';

/**
 * Reads an experiment file, YAML 1.2 or JSON, under the same limits as a scenario file. Never throws.
 * @param options `file` is only used in messages
 * @returns the experiment, or problems with line and column; inside a check they point at the word that is wrong
 */
export function parseExperiment(
  text: string,
  library: ExperimentLibrary,
  options: { file?: string } = {},
): { experiment: Experiment } | { problems: Problem[] } {
  const parsed = parseText(text, options);
  if ('problems' in parsed) return parsed;
  const { locate } = parsed;
  const read = readExperiment(parsed.value, library, { ...options, locate, locateInside: insideOf(text, locate) });
  if ('experiment' in read) return read;
  const inOrder = [...read.problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return { problems: inOrder };
}

/** Places inside a text that stands on one line, plain or in quotes; of any other the place where it begins. */
function insideOf(text: string, locate: Locate) {
  const lines = text.split('\n');
  return (keys: readonly PropertyKey[], offset: number, written: string) => {
    const place = locate(keys, 'value');
    if (place === undefined) return undefined;
    const rest = lines[place.line - 1]?.slice(place.column - 1) ?? '';
    const opening = /^["']/.test(rest) ? 1 : 0;
    return rest.startsWith(written, opening) ? { ...place, column: place.column + opening + offset } : place;
  };
}
