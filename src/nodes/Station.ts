import type { Simulation } from '../kernel/Simulation.ts';

/** What can stand in a line. */
export interface InLine {
  /** The next one behind, while in a line. */
  behind: InLine | null;
  /** Left the line before its turn; skipped when its turn comes. */
  leftLine: boolean;
}

/** Takes whoever has got a slot. */
export interface StationOwner<T extends InLine> {
  serve(item: T): void;
}

/**
 * A number of slots with one line before them, first come first served. Integrates its busy slots and its line over
 * time, exactly, for utilisation and mean line.
 */
export class Station<T extends InLine> {
  busy = 0;
  waiting = 0;
  /** ∫ busy dt and ∫ waiting dt since the start, slot·µs. */
  busyArea = 0;
  waitingArea = 0;
  /** Longest line since it was last reset by the reader. */
  maxWaiting = 0;
  slots: number;
  /** Places in the line; one more is refused. */
  limit: number;
  private head: InLine | null = null;
  private tail: InLine | null = null;
  private sinceUs = 0;
  private readonly simulation: Simulation;
  private readonly owner: StationOwner<T>;

  constructor(simulation: Simulation, owner: StationOwner<T>, slots: number, limit: number) {
    this.simulation = simulation;
    this.owner = owner;
    this.slots = slots;
    this.limit = limit;
  }

  /** Serves at once, or lets it wait; false when the line is full. */
  offer(item: T): boolean {
    this.integrate();
    if (this.busy < this.slots) {
      this.busy++;
      this.owner.serve(item);
      return true;
    }
    if (this.waiting >= this.limit) return false;
    item.behind = null;
    item.leftLine = false;
    if (this.tail === null) this.head = item;
    else this.tail.behind = item;
    this.tail = item;
    if (++this.waiting > this.maxWaiting) this.maxWaiting = this.waiting;
    return true;
  }

  /** Someone is done: the slot goes to the next in line. */
  release(): void {
    this.integrate();
    this.busy--;
    this.fill();
  }

  /** Someone in the line goes away. */
  leave(item: T): void {
    this.integrate();
    item.leftLine = true;
    this.waiting--;
  }

  /** Changes the number of slots; those at work finish. */
  resize(slots: number): void {
    this.integrate();
    this.slots = slots;
    this.fill();
  }

  /** Empties line and slots at once (a crash) and returns who was waiting. */
  clear(): T[] {
    this.integrate();
    const left: T[] = [];
    for (let item = this.head; item !== null; item = item.behind) if (!item.leftLine) left.push(item as T);
    this.head = null;
    this.tail = null;
    this.waiting = 0;
    this.busy = 0;
    return left;
  }

  /** Brings the integrals up to now. */
  integrate(): void {
    const now = this.simulation.nowUs;
    const elapsed = now - this.sinceUs;
    if (elapsed > 0) {
      this.busyArea += this.busy * elapsed;
      this.waitingArea += this.waiting * elapsed;
      this.sinceUs = now;
    }
  }

  /** Brings the integrals up to `atUs`, which lies between the last change and now. */
  integrateTo(atUs: number): void {
    const elapsed = atUs - this.sinceUs;
    if (elapsed > 0) {
      this.busyArea += this.busy * elapsed;
      this.waitingArea += this.waiting * elapsed;
      this.sinceUs = atUs;
    }
  }

  private fill(): void {
    while (this.busy < this.slots && this.head !== null) {
      const item = this.head as T;
      this.head = item.behind;
      if (this.head === null) this.tail = null;
      item.behind = null;
      if (item.leftLine) continue;
      this.waiting--;
      this.busy++;
      this.owner.serve(item);
    }
  }
}
