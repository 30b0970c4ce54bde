import { describe, expect, it } from 'vitest';
import type { Effect, Process } from './Effect.ts';
import { background, join, race, sleep, slot, TimedOut, timeout } from './effects.ts';
import { Simulation } from './Simulation.ts';
import { Cancelled, Task } from './Task.ts';

/** Runs a process to its end, or until nothing more happens. */
function run<T>(make: (simulation: Simulation, notes: string[]) => Process<T>) {
  const simulation = new Simulation();
  const notes: string[] = [];
  const task = new Task<T>(simulation, make(simulation, notes), 'a context').begin();
  simulation.run(1_000_000);
  return { task, notes, simulation };
}

function* sleeper(simulation: Simulation, notes: string[], name: string, us: number): Process<string> {
  yield* sleep(us);
  notes.push(`${simulation.nowUs} ${name}`);
  return name;
}

function* failing(us: number): Process<string> {
  yield* sleep(us);
  throw new RangeError('broken');
}

/** A process that needs no time and waits for nothing. */
function* instant(result: string): Process<string> {
  yield* background(failing(1));
  return result;
}

describe('effects', () => {
  it('sleeps for the time given', () => {
    const { task, notes } = run(function* (simulation, notes) {
      yield* sleep(5);
      yield* sleep(0);
      notes.push(String(simulation.nowUs));
      yield* sleep(7);
      return simulation.nowUs;
    });
    expect([task.state, task.result, notes]).toEqual(['done', 12, ['5']]);
  });

  it('waits for a place until it is granted', () => {
    const waiting: (() => void)[] = [];
    const { task, notes } = run(function* (simulation, notes): Process<string> {
      const holder: Task<string> = yield* background(sleeper(simulation, notes, 'holder', 30));
      holder.observe({ taskEnded: () => waiting.forEach((granted) => granted()) });
      yield* slot({ acquire: (granted) => waiting.push(granted) });
      notes.push(`${simulation.nowUs} granted`);
      return 'served';
    });
    expect([task.result, notes]).toEqual(['served', ['30 holder', '30 granted']]);
  });

  it('begins a background process at once, with the same context, and joins it later', () => {
    const { task, notes } = run(function* (simulation, notes): Process<string[]> {
      const slow: Task<string> = yield* background(sleeper(simulation, notes, 'slow', 20));
      const fast: Task<string> = yield* background(sleeper(simulation, notes, 'fast', 10));
      notes.push(`${simulation.nowUs} both begun with ${String(slow.context)}`);
      const results = [yield* join(slow), yield* join(fast)] as string[];
      notes.push(`${simulation.nowUs} joined`);
      return results;
    });
    expect(task.result).toEqual(['slow', 'fast']);
    expect(notes).toEqual(['0 both begun with a context', '10 fast', '20 slow', '20 joined']);
  });

  it('throws the failure of a joined process where it is joined, also when it failed long ago', () => {
    const { task, notes } = run(function* (_simulation, notes): Process<string> {
      const child: Task<string> = yield* background(failing(3));
      yield* sleep(10);
      try {
        yield* join(child);
      } catch (error) {
        notes.push(String(error));
      }
      return 'went on';
    });
    expect([task.result, notes]).toEqual(['went on', ['RangeError: broken']]);
  });

  it('fails a task whose process lets a failure through, from any depth of yield*', () => {
    function* inner(): Process<string> {
      const child: Task<string> = yield* background(failing(3));
      return yield* join(child);
    }
    const { task } = run(function* (): Process<string> {
      return yield* inner();
    });
    expect(task.state).toBe('failed');
    expect(task.error).toBeInstanceOf(RangeError);
  });

  it('runs the finally of a process that a failure passes through', () => {
    const { notes } = run(function* (_simulation, notes): Process<void> {
      try {
        yield* timeout(failing(3), 100);
      } finally {
        notes.push('cleaned up');
      }
    });
    expect(notes).toEqual(['cleaned up']);
  });

  it('races to the first that ends and leaves the others running', () => {
    const { task, notes } = run(function* (simulation, notes): Process<{ index: number; value: string }> {
      const slow: Task<string> = yield* background(sleeper(simulation, notes, 'slow', 20));
      const fast: Task<string> = yield* background(sleeper(simulation, notes, 'fast', 10));
      return yield* race([slow, fast]);
    });
    expect(task.result).toEqual({ index: 1, value: 'fast' });
    expect(notes).toEqual(['10 fast', '20 slow']);
  });

  it('loses a race to a failure that comes first, and wins it from one that comes later', () => {
    const outcome = (failsAtUs: number) =>
      run(function* (simulation, notes): Process<string> {
        const good: Task<string> = yield* background(sleeper(simulation, notes, 'good', 10));
        const bad: Task<string> = yield* background(failing(failsAtUs));
        return (yield* race([good, bad])).value;
      }).task;
    expect(outcome(5).error).toBeInstanceOf(RangeError);
    expect([outcome(15).state, outcome(15).result]).toEqual(['done', 'good']);
  });

  it('cancels what takes too long and tells the caller', () => {
    const { task, notes } = run(function* (simulation, notes): Process<number> {
      try {
        yield* timeout(sleeper(simulation, notes, 'too slow', 50), 49);
      } catch (error) {
        notes.push(`${simulation.nowUs} ${error instanceof TimedOut}`);
      }
      yield* sleep(100);
      return simulation.nowUs;
    });
    expect([task.result, notes]).toEqual([149, ['49 true']]);
  });

  it('passes on the result of what is in time, even at once, and lets no late alarm disturb', () => {
    const { task, notes } = run(function* (simulation, notes): Process<string> {
      const quick = yield* timeout(instant('at once'), 10);
      const slower = yield* timeout(sleeper(simulation, notes, 'in time', 9), 10);
      yield* sleep(100);
      return `${quick}, ${slower}`;
    });
    expect([task.state, task.result, notes]).toEqual(['done', 'at once, in time', ['9 in time']]);
  });
});

describe('Task', () => {
  it('never goes on after it was cancelled, whatever it waited for comes', () => {
    const simulation = new Simulation();
    const notes: string[] = [];
    const task = new Task(simulation, sleeper(simulation, notes, 'cancelled', 5), null).begin();
    const ended: string[] = [];
    task.observe({ taskEnded: ({ state }) => ended.push(state) });
    task.cancel();
    task.cancel();
    simulation.run(100);
    expect([task.state, notes, ended]).toEqual(['cancelled', [], ['cancelled']]);
    expect(task.error).toBeInstanceOf(Cancelled);
  });

  it('stays failed when it is cancelled afterwards', () => {
    const { task } = run(() => failing(5));
    task.cancel();
    expect([task.state, String(task.error)]).toEqual(['failed', 'RangeError: broken']);
  });

  it('tells who waits for a cancelled task that it was cancelled', () => {
    const { task } = run(function* (simulation, notes): Process<string> {
      const child: Task<string> = yield* background(sleeper(simulation, notes, 'child', 50));
      simulation.at(5, { fire: () => child.cancel() });
      return yield* join(child);
    });
    expect([task.state, task.error instanceof Cancelled]).toEqual(['failed', true]);
  });

  it('ignores a second answer and an answer after its end', () => {
    const simulation = new Simulation();
    let waiting: Task<unknown> | undefined;
    const ask = { start: (task: Task<unknown>) => (waiting = task) } as unknown as Effect<string>;
    const task = new Task<string>(
      simulation,
      (function* (): Process<string> {
        return (yield ask) as string;
      })(),
      null,
    ).begin();
    waiting?.resume('first');
    waiting?.resume('second');
    waiting?.fail(new Error('third'));
    expect([task.state, task.result]).toEqual(['done', 'first']);
  });

  it('tells every observer once, those who come late at once', () => {
    const simulation = new Simulation();
    const told: number[] = [];
    const task = new Task(simulation, sleeper(simulation, [], 'watched', 5), null).begin();
    for (const number of [1, 2]) task.observe({ taskEnded: () => told.push(number) });
    simulation.run(100);
    task.observe({ taskEnded: () => told.push(3) });
    expect(told).toEqual([1, 2, 3]);
  });
});
