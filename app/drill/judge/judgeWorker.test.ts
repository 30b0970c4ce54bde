import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FromDrillWorker, readDrill, type ToDrillWorker } from '../../../src/drills.ts';
import { smallDrill } from '../../../src/drill/smallDrill.ts';
import { runCases } from '../../../src/host/drill/runCases.ts';
import type { CaseDone } from './CaseDone.ts';
import { plannedTests } from './plannedTests.ts';

const read = readDrill(smallDrill, 'small-rush.drill.yaml');
if ('problems' in read) throw new Error('the drill of these tests is broken');
const { drill } = read;

type Posted = FromDrillWorker | CaseDone;
let posted: Posted[] = [];
const self: { postMessage: (message: Posted) => void; onmessage?: (event: { data: ToDrillWorker }) => void } = {
  postMessage: (message) => void posted.push(structuredClone(message)),
};
const ask = (message: ToDrillWorker): Posted[] => {
  posted = [];
  self.onmessage?.({ data: structuredClone(message) });
  return posted;
};

beforeAll(async () => {
  vi.stubGlobal('self', self);
  vi.resetModules();
  await import('./judgeWorker.ts');
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it('says after each of the drill’s own tests how many are done, then what all came to', () => {
  expect(ask({ type: 'cases', job: 1 })).toMatchObject([
    { type: 'failed', job: 1, message: 'no drill has been loaded' },
  ]);
  expect(ask({ type: 'load', job: 2, drill: drill.input })).toEqual([{ type: 'loaded', job: 2 }]);
  const answers = ask({ type: 'cases', job: 3 });
  const last = answers.pop();
  const planned = plannedTests(drill);
  expect(answers).toEqual(planned.map((_, index) => ({ type: 'case-done', job: 3, count: index + 1 })));
  expect(last).toMatchObject({ type: 'cases', job: 3 });
  expect(last?.type === 'cases' && last.cases.map(({ name, seed }) => ({ name, seed }))).toEqual(planned);
});

it('names the tests as they are run, on every seed that a learner may meet', () => {
  const varied = { ...drill, variants: [7, 8] };
  const named = (tests: readonly { name: string; seed: number }[]) => tests.map(({ name, seed }) => `${name} ${seed}`);
  expect(named(plannedTests(varied))).toEqual(named(runCases(varied)));
  expect(new Set(named(plannedTests(varied))).size).toBe(named(plannedTests(varied)).length);
});

it('answers everything else as the drill’s worker does', () => {
  expect(ask({ type: 'truths', job: 4, seed: 7 })).toMatchObject([{ type: 'truths', job: 4, scriptError: '' }]);
  expect(ask({ type: 'attempt', job: 5, seed: 7, step: 'nowhere', commands: [] })).toMatchObject([
    { type: 'failed', job: 5, message: 'no task nowhere' },
  ]);
});
