import type { Task } from './Task.ts';

/** A process: a generator that yields effects and is resumed with their results. */
export type Process<T> = Generator<Effect<unknown>, T, unknown>;

/**
 * Something a process waits for. `yield* effect` hands the effect to the driver and evaluates to its result: the effect
 * is its own iterator and its own iterator result, so that a step allocates nothing but the effect itself.
 */
export abstract class Effect<T> {
  declare done: boolean;
  declare value: unknown;
  declare private handedOver: boolean;

  constructor() {
    // Initializers would define these fields instead of assigning them, and that is several times slower in V8 once more than
    // four kinds of effect are about.
    this.done = false;
    this.value = undefined;
    this.handedOver = false;
  }

  /** Begins; later calls `task.resume(result)` or `task.fail(error)` exactly once. */
  abstract start(task: Task<unknown>): void;

  [Symbol.iterator](): Iterator<Effect<unknown>, T, unknown> {
    return this as never;
  }

  next(result?: unknown): this {
    if (this.handedOver) {
      this.done = true;
      this.value = result;
    } else {
      this.handedOver = true;
      this.value = this;
    }
    return this;
  }

  throw(error: unknown): never {
    throw error;
  }
}
