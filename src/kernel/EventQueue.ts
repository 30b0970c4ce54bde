/** What an event calls when its time has come. `argument` is whatever was given when it was scheduled. */
export interface EventTarget {
  fire(argument: number): void;
}

/** Priorities of events at the same time: acts upon the world come before what the world does by itself. */
export const PRIORITY = { act: 0, normal: 1 } as const;

const SEQUENCES = 17_592_186_044_416;

/**
 * Pending events in order of (time, priority, sequence number): a binary heap over typed arrays, so that no tie is left
 * to chance and nothing is allocated for an event. Times are whole microseconds. The heap moves numbers only: target and
 * argument of an event stay in a slot of their own until it fires.
 */
export class EventQueue {
  size = 0;
  private times = new Float64Array(256);
  private ranks = new Float64Array(256);
  /** Slot of the event at each place of the heap; behind `size`, the slots that are free. */
  private slots = Int32Array.from({ length: 256 }, (_, slot) => slot);
  private arguments = new Float64Array(256);
  private targets: (EventTarget | null)[] = Array.from({ length: 256 }, () => null);
  private sequence = 0;

  /** Time of the next event; Infinity when there is none. */
  get nextUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.times[0];
  }

  push(atUs: number, target: EventTarget, argument: number, priority: number): void {
    if (this.size === this.times.length) this.grow();
    const rank = priority * SEQUENCES + this.sequence++;
    const { times, ranks, slots } = this;
    let hole = this.size++;
    const slot = slots[hole];
    this.targets[slot] = target;
    this.arguments[slot] = argument;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const time = times[parent];
      if (time < atUs || (time === atUs && ranks[parent] < rank)) break;
      times[hole] = time;
      ranks[hole] = ranks[parent];
      slots[hole] = slots[parent];
      hole = parent;
    }
    times[hole] = atUs;
    ranks[hole] = rank;
    slots[hole] = slot;
  }

  /** Removes the next event and calls its target; the queue must not be empty. */
  fireNext(): void {
    const slot = this.slots[0];
    const target = this.targets[slot] as EventTarget;
    this.targets[slot] = null;
    this.removeFirst(slot);
    target.fire(this.arguments[slot]);
  }

  private removeFirst(freed: number): void {
    const { times, ranks, slots } = this;
    const last = --this.size;
    const atUs = times[last];
    const rank = ranks[last];
    const slot = slots[last];
    slots[last] = freed;
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
      slots[hole] = slots[child];
      hole = child;
    }
    times[hole] = atUs;
    ranks[hole] = rank;
    slots[hole] = slot;
  }

  private grow(): void {
    const length = this.times.length * 2;
    const doubled = (array: Float64Array<ArrayBuffer>) => {
      const next = new Float64Array(length);
      next.set(array);
      return next;
    };
    this.times = doubled(this.times);
    this.ranks = doubled(this.ranks);
    this.arguments = doubled(this.arguments);
    const slots = Int32Array.from({ length }, (_, slot) => slot);
    slots.set(this.slots);
    this.slots = slots;
    while (this.targets.length < length) this.targets.push(null);
  }
}
