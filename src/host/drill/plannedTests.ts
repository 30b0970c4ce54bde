import type { Drill, InterveneStep } from '../../drill/Drill.ts';

/** One of the drill's own tests: what it tries, in words, and on which seed. */
export interface PlannedTest {
  name: string;
  seed: number;
}

/** The drill's own tests in the order in which they run, under the names that their results have. */
export function plannedTests(drill: Pick<Drill, 'seed' | 'variants' | 'steps' | 'cases'>): PlannedTest[] {
  const tasks = drill.steps.filter((step): step is InterveneStep => step.kind === 'intervene');
  const onEverySeed = [
    'untouched: steady, and has its truths',
    ...tasks.map(({ id }) => `doing nothing fails: ${id}`),
    ...tasks.flatMap(({ id, solutions }) => solutions.map(({ name }) => `solution passes: ${id}/${name}`)),
  ];
  return [
    ...[...new Set([drill.seed, ...drill.variants])].flatMap((seed) => onEverySeed.map((name) => ({ name, seed }))),
    ...drill.cases.map(({ name }) => ({ name: `case: ${name}`, seed: drill.seed })),
  ];
}
