// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CaseResult, type Drill, plannedTests, readDrill } from '../../../src/drills.ts';
import { smallDrill } from '../../../src/drill/smallDrill.ts';
import { DrillJudge } from '../judge/DrillJudge.ts';
import { CaseRunner } from './CaseRunner.tsx';

let root: Root;
let drill: Drill;
let done: (count: number) => Promise<void>;
let end: (cases: CaseResult[]) => Promise<void>;

const text = () => document.body.textContent ?? '';
const press = () => act(async () => document.querySelector('button')?.click());

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const read = readDrill(smallDrill, 'small-rush.drill.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  ({ drill } = read);
  // The judge runs in a worker; here it is told when each test is done.
  vi.spyOn(DrillJudge.prototype, 'cases').mockImplementation((onDone) => {
    done = (count) => act(async () => onDone?.(count));
    return new Promise((resolve) => {
      end = (cases) => act(async () => resolve(cases));
    });
  });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => root.render(<CaseRunner drill={drill} isCurrent />));
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

it('says which test of how many is running, and what it tries', async () => {
  const planned = plannedTests(drill);
  await press();
  expect(text()).toContain(`Test 1 of ${planned.length}: ${planned[0].name}, seed 7`);
  await done(2);
  expect(text()).toContain(`Test 3 of ${planned.length}: ${planned[2].name}, seed 7`);
  await end(planned.map((one) => ({ ...one, failures: [], total: 0, steps: {}, checks: {} })));
  expect(text()).toContain(`${planned.length} tests: all pass.`);
  expect(text()).not.toContain('Test 3 of');
});

it('counts the tests of the version that is run, whatever is written meanwhile', async () => {
  const { length } = plannedTests(drill);
  await press();
  await act(async () => root.render(<CaseRunner drill={{ ...drill, cases: [] }} isCurrent={false} />));
  expect(text()).toContain(`Test 1 of ${length}`);
});

it('begins at the first test again after it was cancelled', async () => {
  const { length } = plannedTests(drill);
  await press();
  await done(2);
  await press();
  expect(text()).toContain('Run its own tests');
  await press();
  expect(text()).toContain(`Test 1 of ${length}`);
});
