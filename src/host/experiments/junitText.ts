import type { Experiment } from '../../checks/Experiment.ts';
import type { ExperimentRun } from './runExperiment.ts';

/**
 * The runs as JUnit XML: a suite for each experiment, a case for each check on each seed.
 * @source the format as Jenkins and GitLab read it: testsuites > testsuite > testcase > failure | error.
 */
export function junitText(all: readonly { experiment: Experiment; runs: readonly ExperimentRun[] }[]): string {
  const suites = all.map(({ experiment: { id }, runs }) => {
    const cases = runs.flatMap(({ seed, results }) =>
      results.map(({ text, status, message, why }) => {
        const name = `<testcase classname="${escaped(id)}" name="${escaped(`${text} (seed ${seed})`)}"`;
        if (status === 'pass') return `${name}/>`;
        const kind = status === 'error' ? 'error' : 'failure';
        return `${name}><${kind} type="${status}" message="${escaped(message)}">${escaped(why)}</${kind}></testcase>`;
      }),
    );
    const count = (wanted: (status: string) => boolean) =>
      runs.reduce((sum, { results }) => sum + results.filter(({ status }) => wanted(status)).length, 0);
    const failures = count((status) => status === 'fail' || status === 'nodata');
    const errors = count((status) => status === 'error');
    const head = `<testsuite name="${escaped(id)}" tests="${cases.length}" failures="${failures}" errors="${errors}">`;
    return `  ${head}\n${cases.map((one) => `    ${one}\n`).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign]);
}
