import { Effect, type Process } from './Effect.ts';
import type { EventTarget } from './EventQueue.ts';
import { Task, type TaskObserver } from './Task.ts';

/** A call or a process took longer than it was given. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

class Sleep extends Effect<void> implements EventTarget {
  private task: Task<unknown> | undefined;
  private readonly delayUs: number;

  constructor(delayUs: number) {
    super();
    this.delayUs = delayUs;
  }

  start(task: Task<unknown>): void {
    this.task = task;
    task.simulation.after(this.delayUs, this);
  }

  fire(): void {
    this.task?.resume(undefined);
  }
}

/** Waits for `delayUs` of virtual time. */
export function sleep(delayUs: number): Effect<void> {
  return new Sleep(delayUs);
}

/** Something with a limited number of places, like a station: calls `granted` when one is free. */
export interface Slots {
  acquire(granted: () => void): void;
}

class WaitForSlot extends Effect<void> {
  private readonly slots: Slots;

  constructor(slots: Slots) {
    super();
    this.slots = slots;
  }

  start(task: Task<unknown>): void {
    this.slots.acquire(() => task.resume(undefined));
  }
}

/** Waits for a place; whoever got it gives it back by the owner's own means. */
export function slot(slots: Slots): Effect<void> {
  return new WaitForSlot(slots);
}

class Background<T> extends Effect<Task<T>> {
  private readonly process: Process<T>;

  constructor(process: Process<T>) {
    super();
    this.process = process;
  }

  start(task: Task<unknown>): void {
    const child = new Task(task.simulation, this.process, task.context);
    child.begin();
    task.resume(child);
  }
}

/** Starts a process beside this one, with the same context, and goes on at once with its task. */
export function background<T>(process: Process<T>): Effect<Task<T>> {
  return new Background(process);
}

class Join<T> extends Effect<T> implements TaskObserver {
  private waiter: Task<unknown> | undefined;
  private readonly awaited: Task<T>;

  constructor(awaited: Task<T>) {
    super();
    this.awaited = awaited;
  }

  start(task: Task<unknown>): void {
    this.waiter = task;
    this.awaited.observe(this);
  }

  taskEnded(task: Task<unknown>): void {
    if (task.state === 'done') this.waiter?.resume(task.result);
    else this.waiter?.fail(task.error);
  }
}

/** Waits for a task; its result is ours, its failure too. */
export function join<T>(awaited: Task<T>): Effect<T> {
  return new Join(awaited);
}

class Race<T> extends Effect<{ index: number; value: T }> implements TaskObserver {
  private waiter: Task<unknown> | undefined;
  private decided = false;
  private readonly racers: readonly Task<T>[];

  constructor(racers: readonly Task<T>[]) {
    super();
    this.racers = racers;
  }

  start(task: Task<unknown>): void {
    this.waiter = task;
    for (const racer of this.racers) racer.observe(this);
  }

  taskEnded(task: Task<unknown>): void {
    if (this.decided) return;
    this.decided = true;
    if (task.state === 'done')
      this.waiter?.resume({ index: this.racers.indexOf(task as Task<T>), value: task.result as T });
    else this.waiter?.fail(task.error);
  }
}

/** Waits for the first of several tasks to end, well or badly; the others go on unless cancelled. */
export function race<T>(racers: readonly Task<T>[]): Effect<{ index: number; value: T }> {
  return new Race(racers);
}

class Timeout<T> extends Effect<T> implements TaskObserver, EventTarget {
  private waiter: Task<unknown> | undefined;
  private child: Task<T> | undefined;
  private decided = false;
  private readonly process: Process<T>;
  private readonly limitUs: number;

  constructor(process: Process<T>, limitUs: number) {
    super();
    this.process = process;
    this.limitUs = limitUs;
  }

  start(task: Task<unknown>): void {
    this.waiter = task;
    this.child = new Task(task.simulation, this.process, task.context).begin();
    this.child.observe(this);
    if (!this.decided) task.simulation.after(this.limitUs, this);
  }

  taskEnded(task: Task<unknown>): void {
    if (this.decided) return;
    this.decided = true;
    if (task.state === 'done') this.waiter?.resume(task.result);
    else this.waiter?.fail(task.error);
  }

  fire(): void {
    if (this.decided) return;
    this.decided = true;
    this.child?.cancel();
    this.waiter?.fail(new TimedOut(`gave up after ${this.limitUs} µs`));
  }
}

/** Runs a process for at most `limitUs`; throws TimedOut into the caller and cancels the process when it takes longer. */
export function timeout<T>(process: Process<T>, limitUs: number): Effect<T> {
  return new Timeout(process, limitUs);
}
