import { parseExperiment } from '../../../checks/parseExperiment.ts';
import { parseScenario, parseText } from '../../../scenario/parseScenario.ts';
import { formatProblem, type Problem } from '../../../scenario/problems.ts';
import { experimentLibrary } from '../../experiments/experimentFiles.ts';
import { EXIT, InvalidInput } from '../exit.ts';
import { readTextFile } from '../scenarioSource.ts';

/** What was found of one file. */
interface Verdict {
  file: string;
  valid: boolean;
  problems: readonly Problem[];
}

/** Checks files of scenarios and of experiments; every problem of every file is said. */
export function validateCommand(
  files: readonly string[],
  { json }: { json?: boolean },
): { text: string; errors: string; code: number } {
  const verdicts = files.map(verdictOn);
  const code = verdicts.every(({ valid }) => valid) ? EXIT.fine : EXIT.invalid;
  if (json) return { text: JSON.stringify(verdicts, null, 2), errors: '', code };
  return {
    text: verdicts
      .filter(({ valid }) => valid)
      .map(({ file }) => `${file}: valid`)
      .join('\n'),
    errors: verdicts.flatMap(({ problems }) => problems.map(formatProblem)).join('\n'),
    code,
  };
}

function verdictOn(file: string): Verdict {
  try {
    const text = readTextFile(file);
    const read = isExperiment(text)
      ? parseExperiment(text, experimentLibrary(), { file })
      : parseScenario(text, { file });
    return 'problems' in read ? { file, valid: false, problems: read.problems } : { file, valid: true, problems: [] };
  } catch (error) {
    if (error instanceof InvalidInput) return { file, valid: false, problems: error.problems };
    throw error;
  }
}

/** Both kinds of file have a `scenario`; only an experiment says which version of `experiment` it is. */
function isExperiment(text: string): boolean {
  const parsed = parseText(text);
  if ('problems' in parsed || typeof parsed.value !== 'object' || parsed.value === null) return false;
  return Object.hasOwn(parsed.value, 'experiment');
}
