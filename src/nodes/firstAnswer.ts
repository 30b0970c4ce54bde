import { Effect } from '../kernel/Effect.ts';
import type { EventTarget } from '../kernel/EventQueue.ts';
import type { Task, TaskObserver } from '../kernel/Task.ts';

class EndsWithin extends Effect<boolean> implements TaskObserver, EventTarget {
  private waiter: Task<unknown> | null = null;
  private readonly awaited: Task<unknown>;
  private readonly limitUs: number;

  constructor(awaited: Task<unknown>, limitUs: number) {
    super();
    this.awaited = awaited;
    this.limitUs = limitUs;
  }

  start(task: Task<unknown>): void {
    this.waiter = task;
    if (this.awaited.state === 'running' && this.limitUs < Number.POSITIVE_INFINITY)
      task.simulation.after(this.limitUs, this);
    this.awaited.observe(this);
  }

  taskEnded(): void {
    this.decide(true);
  }

  fire(): void {
    this.decide(false);
  }

  private decide(ended: boolean): void {
    const { waiter } = this;
    this.waiter = null;
    waiter?.resume(ended);
  }
}

/** Waits until a task ends, well or badly (true), but no longer than `limitUs` (false); the task goes on. */
export function endsWithin(task: Task<unknown>, limitUs: number): Effect<boolean> {
  return new EndsWithin(task, limitUs);
}

class FirstAnswer<T> extends Effect<T> implements TaskObserver {
  private waiter: Task<unknown> | null = null;
  private left: number;
  private readonly tasks: readonly Task<T>[];

  constructor(tasks: readonly Task<T>[]) {
    super();
    this.tasks = tasks;
    this.left = tasks.length;
  }

  start(task: Task<unknown>): void {
    this.waiter = task;
    for (const racer of this.tasks) racer.observe(this);
  }

  taskEnded(task: Task<unknown>): void {
    this.left--;
    if (task.state !== 'done' && this.left > 0) return;
    const { waiter } = this;
    this.waiter = null;
    if (task.state === 'done') waiter?.resume(task.result);
    else waiter?.fail(task.error);
  }
}

/** The result of the first of several tasks that ends well; the failure of the last one where all fail. The rest go on. */
export function firstAnswer<T>(tasks: readonly Task<T>[]): Effect<T> {
  return new FirstAnswer(tasks);
}
