/** Places freed at the front before the rest is moved up. */
const movedAt = 1024;

/**
 * Events in order, numbered from 0, each kept until it is acknowledged: what a queue and the log of a database have in common.
 */
export class EventLog<T> {
  private events: T[] = [];
  /** Number of the first event in `events`. */
  private first = 0;
  private done = 0;

  /** Number that the next event will have. */
  get end(): number {
    return this.first + this.events.length;
  }

  /** Every event before this one has been acknowledged. */
  get acknowledged(): number {
    return this.done;
  }

  append(event: T): void {
    this.events.push(event);
  }

  /** The event of this number; undefined beyond the end, and before what has been acknowledged. */
  at(number: number): T | undefined {
    return number < this.done ? undefined : this.events[number - this.first];
  }

  /** Everything before `number` need not be kept any longer. */
  acknowledge(number: number): void {
    this.done = Math.max(this.done, Math.min(number, this.end));
    if (this.done - this.first < movedAt && this.done < this.end) return;
    this.events = this.events.slice(this.done - this.first);
    this.first = this.done;
  }
}
