import { CommanderError } from 'commander';
import { formatProblem } from '../../scenario/problems.ts';
import { EngineBroke, EXIT, Interrupted, InvalidInput } from './exit.ts';
import { displayTime } from './figures.ts';

/** What to say on stderr about whatever ended a command early, and the exit code. */
export function explainFailure(error: unknown, argv: readonly string[]): { text: string; code: number } {
  // Commander has said what is wrong itself, and ends with 0 after --help and --version.
  if (error instanceof CommanderError) return { text: '', code: error.exitCode === 0 ? EXIT.fine : EXIT.invalid };
  if (error instanceof Interrupted) return { text: 'stopped', code: EXIT.interrupted };
  if (error instanceof InvalidInput) return { text: error.problems.map(formatProblem).join('\n'), code: EXIT.invalid };
  const when = error instanceof EngineBroke ? ` after ${displayTime(error.atUs)} of virtual time` : '';
  const cause = error instanceof EngineBroke ? error.cause : error;
  const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const repeat = `repeat: npm run --silent hotpath -- ${argv.map(quoted).join(' ')}`;
  return { text: `the engine broke${when}: ${what}\n${repeat}`, code: EXIT.broke };
}

/** An argument as a shell would have to be given it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
