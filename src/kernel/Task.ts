import type { Effect, Process } from './Effect.ts';
import type { Simulation } from './Simulation.ts';

/** What is told when a task has ended. */
export interface TaskObserver {
  taskEnded(task: Task<unknown>): void;
}

/** The task was cancelled while something waited for its result. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A process under way: drives its generator from effect to effect. `context` is what its calls need to know (a request). */
export class Task<T, Context = unknown> {
  state: 'running' | 'done' | 'failed' | 'cancelled' = 'running';
  result: T | undefined;
  error: unknown;
  readonly simulation: Simulation;
  readonly context: Context;
  private readonly process: Process<T>;
  private observer: TaskObserver | null = null;
  private others: TaskObserver[] | null = null;

  constructor(simulation: Simulation, process: Process<T>, context: Context) {
    this.simulation = simulation;
    this.process = process;
    this.context = context;
  }

  /** Runs up to the first effect. */
  begin(): this {
    this.resume(undefined);
    return this;
  }

  /** The effect waited for has its result. Ignored once the task has ended. */
  resume(value: unknown): void {
    if (this.state !== 'running') return;
    let step: IteratorResult<Effect<unknown>, T>;
    try {
      step = this.process.next(value);
    } catch (error) {
      this.end('failed', undefined, error);
      return;
    }
    this.follow(step);
  }

  /** The effect waited for has failed; the process may catch it. */
  fail(error: unknown): void {
    if (this.state !== 'running') return;
    let step: IteratorResult<Effect<unknown>, T>;
    try {
      step = this.process.throw(error);
    } catch (thrown) {
      this.end('failed', undefined, thrown);
      return;
    }
    this.follow(step);
  }

  /** Stops the process where it is; what it waits for goes on without it. */
  cancel(): void {
    if (this.state === 'running') this.end('cancelled', undefined, new Cancelled('the task was cancelled'));
  }

  /** Tells `observer` when the task ends; at once if it has. */
  observe(observer: TaskObserver): void {
    if (this.state !== 'running') observer.taskEnded(this);
    else if (this.observer === null) this.observer = observer;
    else (this.others ??= []).push(observer);
  }

  private follow(step: IteratorResult<Effect<unknown>, T>): void {
    if (step.done) this.end('done', step.value, undefined);
    else step.value.start(this);
  }

  private end(state: 'done' | 'failed' | 'cancelled', result: T | undefined, error: unknown): void {
    this.state = state;
    this.result = result;
    this.error = error;
    const { observer, others } = this;
    this.observer = null;
    this.others = null;
    observer?.taskEnded(this);
    if (others !== null) for (const other of others) other.taskEnded(this);
  }
}
