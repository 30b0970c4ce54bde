import { describe, expect, it } from 'vitest';
import type { Process } from '../kernel/Effect.ts';
import { background, sleep } from '../kernel/effects.ts';
import { Simulation } from '../kernel/Simulation.ts';
import { Task } from '../kernel/Task.ts';
import { endsWithin, firstAnswer } from './firstAnswer.ts';

/** What a process comes to, and when: its result, or what it failed with. */
function run(process: (simulation: Simulation) => Process<unknown>): { result: unknown; atUs: number } {
  const simulation = new Simulation();
  let end: { result: unknown; atUs: number } | undefined;
  const task = new Task(simulation, process(simulation), null);
  task.observe({
    taskEnded: ({ state, result, error }) => {
      end = { result: state === 'done' ? result : (error as Error).message, atUs: simulation.nowUs };
    },
  });
  task.begin();
  simulation.run(1_000_000);
  if (end === undefined) throw new Error('never ended');
  return end;
}

function* after(us: number, failure?: string): Process<number> {
  yield* sleep(us);
  if (failure !== undefined) throw new Error(failure);
  return us;
}

describe('endsWithin', () => {
  const within = (us: number, limitUs: number, failure?: string) =>
    run(function* () {
      return yield* endsWithin(yield* background(after(us, failure)), limitUs);
    });

  it('tells at once when the task has ended, well or badly, and at the limit when it has not', () => {
    expect(within(30, 50)).toEqual({ result: true, atUs: 30 });
    expect(within(30, 50, 'no')).toEqual({ result: true, atUs: 30 });
    expect(within(80, 50)).toEqual({ result: false, atUs: 50 });
    expect(within(80, Number.POSITIVE_INFINITY)).toEqual({ result: true, atUs: 80 });
  });

  it('needs no time for a task that ended long ago', () => {
    const result = run(function* () {
      const task = yield* background(after(10));
      yield* sleep(100);
      return yield* endsWithin(task, 50);
    });
    expect(result).toEqual({ result: true, atUs: 100 });
  });
});

describe('firstAnswer', () => {
  const first = (...runners: [us: number, failure?: string][]) =>
    run(function* () {
      const tasks = [];
      for (const [us, failure] of runners) tasks.push(yield* background(after(us, failure)));
      return yield* firstAnswer(tasks);
    });

  it('takes the first success, and a failure only when there is nothing else', () => {
    expect(first([30], [20])).toEqual({ result: 20, atUs: 20 });
    expect(first([30], [20, 'no'])).toEqual({ result: 30, atUs: 30 });
    expect(first([30, 'late'], [20, 'early'])).toEqual({ result: 'late', atUs: 30 });
    expect(first([20, 'alone'])).toEqual({ result: 'alone', atUs: 20 });
  });

  it('works for tasks that have already ended', () => {
    const result = run(function* () {
      const tasks = [yield* background(after(10, 'no')), yield* background(after(20))];
      yield* sleep(50);
      return yield* firstAnswer(tasks);
    });
    expect(result).toEqual({ result: 20, atUs: 50 });
  });
});
