/**
 * Every drill of the library, held to its own word: doing nothing fails, every listed solution passes on every seed, scripted
 * learners come out as the file says, and the truth of predictions is the same each time the same seed is run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { formatProblem } from '../src/scenario/problems.ts';
import { readDrill, type ScenarioLibrary } from '../src/drill/readDrill.ts';
import { joinDrill, splitDrill } from '../src/drill/splitDrill.ts';
import { runCases, seedsOf } from '../src/host/drill/runCases.ts';

const folder = fileURLToPath(new URL('drills/', import.meta.url));
const scenarios = fileURLToPath(new URL('scenarios/', import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.drill.yaml')) : [];

const library: ScenarioLibrary = {
  ids: readdirSync(scenarios).map((name) => name.replace('.yaml', '')),
  read(id) {
    const file = `${scenarios}${id}.yaml`;
    const read = existsSync(file) ? parseScenario(readFileSync(file, 'utf8')) : undefined;
    return read !== undefined && 'input' in read ? read.input : undefined;
  },
};

function drillOf(name: string) {
  const read = readDrill(readFileSync(folder + name, 'utf8'), `content/drills/${name}`, library);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.drill;
}

it('there are drills', () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)('%s', (name) => {
  it('is named for its id and splits into a script and a key that belong together', () => {
    const drill = drillOf(name);
    expect(name).toBe(`${drill.id}.drill.yaml`);
    const { script, key } = JSON.parse(JSON.stringify(splitDrill(drill))) as ReturnType<typeof splitDrill>;
    const joined = joinDrill(script, key);
    expect('drill' in joined && joined.drill.input).toEqual(drill.input);
  });

  it('keeps its word on every seed', { timeout: 300_000 }, () => {
    const drill = drillOf(name);
    const results = runCases(drill);
    expect(
      results.flatMap(({ name: what, seed, failures }) => failures.map((text) => `${what}, seed ${seed}: ${text}`)),
    ).toEqual([]);
    const tasks = drill.steps.filter(({ kind }) => kind === 'intervene');
    const solutions = drill.steps.flatMap((step) => (step.kind === 'intervene' ? step.solutions : []));
    const perSeed = 1 + tasks.length + solutions.length;
    expect(results).toHaveLength(seedsOf(drill).length * perSeed + drill.cases.length);
  });
});
