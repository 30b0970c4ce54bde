import type { EventTarget } from '../kernel/EventQueue.ts';
import type { Simulation } from '../kernel/Simulation.ts';

/** What may be given up on. */
export interface Deadlined {
  deadlineUs: number;
  settled: boolean;
  /** The deadline has come before an outcome. */
  giveUp(): void;
}

/**
 * Deadlines of one duration, in the order in which they were set, with at most one event pending for all of them: a call
 * that ends in time costs no event. A changed duration gets a line of its own.
 */
export class TimeoutLine implements EventTarget {
  readonly durationUs: number;
  private items: (Deadlined | null)[] = Array.from({ length: 64 }, () => null);
  private head = 0;
  private count = 0;
  private armed = false;
  private readonly simulation: Simulation;

  constructor(simulation: Simulation, durationUs: number) {
    this.simulation = simulation;
    this.durationUs = durationUs;
  }

  /** `item` gives up after the duration unless it is settled by then. */
  add(item: Deadlined): void {
    if (this.durationUs === Number.POSITIVE_INFINITY) return;
    item.deadlineUs = this.simulation.nowUs + this.durationUs;
    this.dropSettled();
    if (this.count === this.items.length) this.grow();
    this.items[(this.head + this.count++) & (this.items.length - 1)] = item;
    if (!this.armed) this.arm();
  }

  fire(): void {
    this.armed = false;
    const now = this.simulation.nowUs;
    while (this.count > 0) {
      const item = this.items[this.head] as Deadlined;
      if (!item.settled && item.deadlineUs > now) break;
      this.items[this.head] = null;
      this.head = (this.head + 1) & (this.items.length - 1);
      this.count--;
      if (!item.settled) item.giveUp();
    }
    if (this.count > 0 && !this.armed) this.arm();
  }

  /** Calls that ended in time are let go at once: kept until their deadline they would outlive the young generation. */
  private dropSettled(): void {
    while (this.count > 0 && (this.items[this.head] as Deadlined).settled) {
      this.items[this.head] = null;
      this.head = (this.head + 1) & (this.items.length - 1);
      this.count--;
    }
  }

  private arm(): void {
    this.armed = true;
    this.simulation.at((this.items[this.head] as Deadlined).deadlineUs, this);
  }

  private grow(): void {
    const next = Array.from<Deadlined | null>({ length: this.items.length * 2 }).fill(null);
    for (let index = 0; index < this.count; index++)
      next[index] = this.items[(this.head + index) & (this.items.length - 1)];
    this.items = next;
    this.head = 0;
  }
}
