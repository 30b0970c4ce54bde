import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitDrill } from '../../../drill/splitDrill.ts';
import { nearestName } from '../../../scenario/problems.ts';
import { caseJunit, caseReport, caseText, type DrillRunReport } from '../../drill/caseReport.ts';
import { type DrillFile, readDrillFiles } from '../../drill/drillFiles.ts';
import { readResult } from '../../drill/resultSchema.ts';
import { runCases } from '../../drill/runCases.ts';
import { type Verification, verifyResult } from '../../drill/verifyResult.ts';
import { EXIT, InvalidInput, invalid } from '../exit.ts';
import { Progress } from '../Progress.ts';
import { readTextFile } from '../scenarioSource.ts';

/** Options of `drill run`, as written. */
export interface DrillRunOptions {
  case?: string;
  junit?: string;
  json?: boolean;
}

/** Runs the tests that drills carry with them. @throws InvalidInput with every problem of every file. */
export function drillRunCommand(
  names: readonly string[],
  { case: only = 'all', junit, json }: DrillRunOptions,
): { text: string; code: number } {
  const files = readDrillFiles(names);
  for (const { file, drill } of files)
    if (drill.part === 'script') throw invalid(file, 'found a script, expected a whole drill');
  if (only !== 'all') requireCase(only, files);
  const progress = new Progress('drill');
  const reports: DrillRunReport[] = [];
  try {
    for (const [index, { file, drill }] of files.entries()) {
      const onProgress = (share: number): void => progress.tell((index + share) / files.length);
      const results = runCases(drill, { onProgress, ...(only === 'all' ? {} : { only }) });
      reports.push({ file, drill, results });
    }
  } finally {
    progress.end();
  }
  if (junit !== undefined) write(junit, caseJunit(reports), '--junit');
  const isFine = reports.every(({ results }) => results.every(({ failures }) => failures.length === 0));
  const text = json ? JSON.stringify(caseReport(reports), null, 2) : caseText(reports);
  return { text, code: isFine ? EXIT.fine : EXIT.failed };
}

function requireCase(only: string, files: readonly DrillFile[]): void {
  const known = files.flatMap(({ drill }) => drill.cases.map(({ name }) => name));
  if (known.includes(only)) return;
  throw invalid(
    '--case',
    `found no case "${only}", expected all or one of ${known.join(', ')}`,
    nearestName(only, known),
  );
}

/** Options of `drill verify`, as written. */
export interface DrillVerifyOptions {
  script?: string;
  json?: boolean;
}

/** Runs the log of a result again and says what in it was not so. @throws InvalidInput for a file that is no result. */
export function drillVerifyCommand(file: string, { script, json }: DrillVerifyOptions): { text: string; code: number } {
  const read = readResult(readTextFile(file), file);
  if ('problems' in read) throw new InvalidInput(read.problems);
  const whole = script === undefined ? undefined : readDrillFiles([script])[0].drill;
  const verification = verifyResult(read.result, whole);
  const code = verification.differences.length === 0 ? EXIT.fine : EXIT.failed;
  if (json) return { text: JSON.stringify({ verified: code === EXIT.fine, ...verification }, null, 2), code };
  return { text: verificationText(file, verification), code };
}

function verificationText(file: string, { differences, remarks, replayed }: Verification): string {
  const lines = differences.map(({ path, claimed, found }) => `${path}: claims ${claimed}, found ${found}`);
  const totals = replayed?.totals;
  const score = totals === undefined ? '' : `, ${totals.total} of ${totals.max} points`;
  const verdict = lines.length === 0 ? `verified${score}` : `not borne out by its own log: ${lines.length} differences`;
  return [...lines, ...remarks, `${file}: ${verdict}`].join('\n');
}

/** Splits drills into what a candidate gets and the interviewer's key, two files each. @throws InvalidInput. */
export function drillSplitCommand(names: readonly string[], { out = '.' }: { out?: string }): string {
  const written: string[] = [];
  for (const { file, drill } of readDrillFiles(names)) {
    if (drill.part === 'script') throw invalid(file, 'found a script, expected a whole drill');
    const parts = splitDrill(drill);
    for (const [kind, part] of Object.entries(parts)) {
      const path = join(out, `${drill.id}.${kind}.json`);
      write(path, `${JSON.stringify(part, null, 2)}\n`, '--out', out);
      written.push(path);
    }
  }
  return written.join('\n');
}

function write(path: string, text: string, option: string, folder?: string): void {
  try {
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw invalid(option, `found a file that cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
