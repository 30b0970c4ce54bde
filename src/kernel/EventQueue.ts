/** What an event calls when its time has come. `argument` is whatever was given when it was scheduled. */
export interface EventTarget {
  fire(argument: number): void;
}

/** Priorities of events at the same time: acts upon the world come before what the world does by itself. */
export const PRIORITY = { act: 0, normal: 1 } as const;

const SEQUENCES = 17_592_186_044_416;

/**
 * Pending events in order of (time, priority, sequence number): a binary heap over typed arrays, so that no tie is left
 * to chance and nothing is allocated for an event. Times are whole microseconds.
 */
export class EventQueue {
  size = 0;
  private times = new Float64Array(256);
  private ranks = new Float64Array(256);
  private arguments = new Float64Array(256);
  private targets: (EventTarget | null)[] = [];
  private sequence = 0;

  /** Time of the next event; Infinity when there is none. */
  get nextUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.times[0];
  }

  push(atUs: number, target: EventTarget, argument: number, priority: number): void {
    if (this.size === this.times.length) this.grow();
    const rank = priority * SEQUENCES + this.sequence++;
    const { times, ranks, targets } = this;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const time = times[parent];
      if (time < atUs || (time === atUs && ranks[parent] < rank)) break;
      times[hole] = time;
      ranks[hole] = ranks[parent];
      this.arguments[hole] = this.arguments[parent];
      targets[hole] = targets[parent];
      hole = parent;
    }
    times[hole] = atUs;
    ranks[hole] = rank;
    this.arguments[hole] = argument;
    targets[hole] = target;
  }

  /** Removes the next event and calls its target; the queue must not be empty. */
  fireNext(): void {
    const target = this.targets[0] as EventTarget;
    const argument = this.arguments[0];
    this.removeFirst();
    target.fire(argument);
  }

  private removeFirst(): void {
    const { times, ranks, targets } = this;
    const last = --this.size;
    const atUs = times[last];
    const rank = ranks[last];
    const argument = this.arguments[last];
    const target = targets[last];
    targets[last] = null;
    if (last === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      const right = child + 1;
      if (
        right < last &&
        (times[right] < times[child] || (times[right] === times[child] && ranks[right] < ranks[child]))
      ) {
        child = right;
      }
      const time = times[child];
      if (atUs < time || (atUs === time && rank < ranks[child])) break;
      times[hole] = time;
      ranks[hole] = ranks[child];
      this.arguments[hole] = this.arguments[child];
      targets[hole] = targets[child];
      hole = child;
    }
    times[hole] = atUs;
    ranks[hole] = rank;
    this.arguments[hole] = argument;
    targets[hole] = target;
  }

  private grow(): void {
    const doubled = (array: Float64Array<ArrayBuffer>) => {
      const next = new Float64Array(array.length * 2);
      next.set(array);
      return next;
    };
    this.times = doubled(this.times);
    this.ranks = doubled(this.ranks);
    this.arguments = doubled(this.arguments);
  }
}
