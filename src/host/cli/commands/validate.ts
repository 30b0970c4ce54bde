import { parseExperiment } from '../../../checks/parseExperiment.ts';
import { readDrill } from '../../../drill/readDrill.ts';
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

/** Checks files of scenarios, of experiments and of drills; every problem of every file is said. */
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
    const read = readKind(text, file);
    return 'problems' in read ? { file, valid: false, problems: read.problems } : { file, valid: true, problems: [] };
  } catch (error) {
    if (error instanceof InvalidInput) return { file, valid: false, problems: error.problems };
    throw error;
  }
}

/** All kinds of file may have a `scenario`; only an experiment and a drill say which version of themselves they are. */
function readKind(text: string, file: string): { problems: Problem[] } | object {
  const parsed = parseText(text);
  const has = (name: string): boolean =>
    'value' in parsed && typeof parsed.value === 'object' && parsed.value !== null && Object.hasOwn(parsed.value, name);
  if (has('drill') || file.endsWith('.drill.yaml')) return readDrill(text, file, experimentLibrary().scenarios);
  return has('experiment') ? parseExperiment(text, experimentLibrary(), { file }) : parseScenario(text, { file });
}
