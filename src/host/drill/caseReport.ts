import type { Drill } from '../../drill/Drill.ts';
import type { CaseResult } from '../drillProtocol.ts';
import { formatTable } from '../cli/table.ts';

/** A drill with what became of its own tests. */
export interface DrillRunReport {
  file: string;
  drill: Drill;
  results: readonly CaseResult[];
}

/** The tests of some drills as plain data for `--json`. */
export function caseReport(reports: readonly DrillRunReport[]) {
  return reports.map(({ file, drill, results }) => ({
    id: drill.id,
    title: drill.title,
    file,
    hash: drill.hash,
    passed: results.every(({ failures }) => failures.length === 0),
    cases: results.map(({ failures, ...one }) => ({ ...one, passed: failures.length === 0, failures })),
  }));
}

/** The same for people: a line a case, every failure, and the sum. */
export function caseText(reports: readonly DrillRunReport[]): string {
  const rows = reports.flatMap(({ drill, results }) =>
    results.map(({ name, seed, failures, checks, total }) => {
      const outcomes = Object.entries(checks).map(([id, status]) => `${id} ${status}`);
      const points = name.startsWith('case: ') ? String(Math.round(total * 100) / 100) : '';
      return [drill.id, name, String(seed), failures.length === 0 ? 'passed' : 'failed', points, outcomes.join(' · ')];
    }),
  );
  const failures = reports.flatMap(({ drill, results, file }) =>
    results.flatMap((one) =>
      one.failures.map((text) => `${drill.id}, ${one.name}, seed ${one.seed}: ${text}\n  ${file}`),
    ),
  );
  const failed = rows.filter((row) => row[3] === 'failed').length;
  const sum = `${reports.length} ${reports.length === 1 ? 'drill' : 'drills'}, ${rows.length} ${rows.length === 1 ? 'case' : 'cases'}: ${failed === 0 ? 'all pass' : `${failed} failed`}`;
  const parts = [
    formatTable(['drill', 'case', 'seed', 'result', 'points', 'checks'], rows, ['l', 'l', 'r', 'l', 'r', 'l']),
  ];
  if (failures.length > 0) parts.push(failures.join('\n'));
  return [...parts, sum].join('\n\n');
}

/**
 * The same as JUnit XML: a suite for each drill, a case for each of its tests.
 * @source the format as Jenkins and GitLab read it: testsuites > testsuite > testcase > failure.
 */
export function caseJunit(reports: readonly DrillRunReport[]): string {
  const suites = reports.map(({ drill, results }) => {
    const cases = results.map(({ name, seed, failures }) => {
      const head = `    <testcase classname="${escaped(drill.id)}" name="${escaped(`${name} (seed ${seed})`)}"`;
      if (failures.length === 0) return `${head}/>\n`;
      const text = escaped(failures.join('\n'));
      return `${head}><failure message="${escaped(failures[0])}">${text}</failure></testcase>\n`;
    });
    const failed = results.filter(({ failures }) => failures.length > 0).length;
    return `  <testsuite name="${escaped(drill.id)}" tests="${results.length}" failures="${failed}" errors="0">\n${cases.join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign]);
}
