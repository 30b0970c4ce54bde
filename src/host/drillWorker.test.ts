import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDrill } from '../drill/readDrill.ts';
import { smallDrill } from '../drill/smallDrill.ts';
import { splitDrill } from '../drill/splitDrill.ts';
import { scenarioOfDrill } from '../drill/scenarioOfDrill.ts';
import { plannedTests } from './drill/plannedTests.ts';
import { runAttempt, runUntouched } from './drill/runAttempt.ts';
import { runCases } from './drill/runCases.ts';
import { runToEnd } from './drill/runToEnd.ts';
import type { FromDrillWorker, ToDrillWorker } from './drillProtocol.ts';

const read = readDrill(smallDrill, 'x');
if ('problems' in read) throw new Error('the drill of these tests is broken');
const { drill } = read;

describe('the worker that judges drills', () => {
  let posted: FromDrillWorker[] = [];
  const self: { postMessage(message: FromDrillWorker): void; onmessage?: (event: { data: ToDrillWorker }) => void } = {
    // As a real one: what cannot be cloned cannot be sent.
    postMessage: (message) => posted.push(structuredClone(message)),
  };
  const ask = (message: ToDrillWorker): FromDrillWorker => {
    posted = [];
    self.onmessage?.({ data: structuredClone(message) });
    const answers = posted.filter(({ type }) => type !== 'case-done');
    expect(answers).toHaveLength(1);
    expect(answers[0].job).toBe(message.job);
    return answers[0];
  };

  beforeAll(async () => {
    vi.stubGlobal('self', self);
    vi.resetModules();
    await import('./drillWorker.ts');
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('says in words what it cannot do', () => {
    expect(ask({ type: 'truths', job: 1, seed: 7 })).toMatchObject({
      type: 'failed',
      message: 'no drill has been loaded',
    });
    expect(ask({ type: 'load', job: 2, drill: { drill: 1 } })).toMatchObject({ type: 'failed', message: /^./ });
    expect(ask({ type: 'load', job: 3, drill: drill.input })).toEqual({ type: 'loaded', job: 3 });
    expect(ask({ type: 'attempt', job: 4, seed: 7, step: 'brief', commands: [] })).toMatchObject({
      message: 'no task brief',
    });
    const set = { 'cache.ttl': 'soon' };
    expect(ask({ type: 'attempt', job: 5, seed: 7, step: 'fix', commands: [{ us: 0, set }] })).toMatchObject({
      message: /cache\.ttl: found "soon"/,
    });
  });

  it('says after each of the author’s tests how many are done', () => {
    ask({ type: 'load', job: 20, drill: drill.input });
    const answer = ask({ type: 'cases', job: 21 });
    const planned = plannedTests(drill);
    expect(posted.filter(({ type }) => type === 'case-done')).toEqual(
      planned.map((_, index) => ({ type: 'case-done', job: 21, count: index + 1 })),
    );
    expect(answer.type === 'cases' && answer.cases.map(({ name, seed }) => ({ name, seed }))).toEqual(planned);
  });

  it('names the tests as they are run, on every seed that a learner may meet', () => {
    const varied = { ...drill, variants: [7, 8] };
    const named = (tests: readonly { name: string; seed: number }[]) =>
      tests.map(({ name, seed }) => `${name} ${seed}`);
    expect(named(plannedTests(varied))).toEqual(named(runCases(varied)));
    expect(new Set(named(plannedTests(varied))).size).toBe(named(plannedTests(varied)).length);
  });

  it('judges as the command line does', () => {
    ask({ type: 'load', job: 6, drill: drill.input });
    const { truths } = runUntouched(drill, 8);
    expect(ask({ type: 'truths', job: 7, seed: 8 })).toEqual({ type: 'truths', job: 7, truths, scriptError: '' });
    const task = drill.steps.find(({ id }) => id === 'fix');
    if (task?.kind !== 'intervene') throw new Error('no task');
    const commands = [{ us: 0, set: { 'protect.singleFlight': true } }];
    const outcome = runAttempt(drill, task, commands, 8);
    expect(outcome.checks.map(({ status }) => status)).toEqual(['pass', 'fail', 'fail', 'pass']);
    expect(ask({ type: 'attempt', job: 8, seed: 8, step: 'fix', commands })).toEqual({
      type: 'attempt',
      job: 8,
      outcome,
    });
  });

  it('judges a script by what is in it', () => {
    ask({ type: 'load', job: 9, drill: splitDrill(drill).script });
    const answer = ask({ type: 'attempt', job: 10, seed: 7, step: 'fix', commands: [] });
    expect(answer.type === 'attempt' && answer.outcome.checks.map(({ id }) => id)).toEqual(['peak', 'fast', 'honest']);
    const said = ask({ type: 'truths', job: 11, seed: 7 });
    expect(said.type === 'truths' && Object.keys(said.truths)).toEqual([]);
  });

  it('gives up a run that is too large, in words', () => {
    const scenario = scenarioOfDrill(drill);
    expect(() => runToEnd(scenario, [], { events: 1e9, rows: 5000 })).toThrow(
      /too large for a drill: more than .* 5000 rows/,
    );
    expect(() => runToEnd(scenario, [], { events: 100_000, rows: 1e9 })).toThrow(/too large for a drill/);
    expect(runToEnd(scenario, [], { events: 1e9, rows: 1e9 }).hash).toBe(runToEnd(scenario, []).hash);
  });
});
