import { EventQueue, type EventTarget, PRIORITY } from './EventQueue.ts';

/** The run cannot go on: time stands still, or a limit on events is reached. */
export class SimulationStuck extends Error {
  override readonly name = 'SimulationStuck';
}

const eventsAtOneTime = 2_000_000;

/**
 * Virtual time and the events in it. Time is a whole number of microseconds and moves only from event to event.
 */
export class Simulation {
  nowUs = 0;
  events = 0;
  /** The next time at which `onBoundary` wants to be called before any event of that time; Infinity for never. */
  boundaryUs = Number.POSITIVE_INFINITY;
  /** Called when time passes `boundaryUs`; must move the boundary on and must not schedule. */
  onBoundary: (boundaryUs: number) => void = () => {};
  private readonly queue = new EventQueue();

  /** Calls `target.fire(argument)` at `atUs` (not before now). */
  at(atUs: number, target: EventTarget, argument = 0, priority: number = PRIORITY.normal): void {
    this.queue.push(atUs < this.nowUs ? this.nowUs : atUs, target, argument, priority);
  }

  /** Calls `target.fire(argument)` after a delay in µs. */
  after(delayUs: number, target: EventTarget, argument = 0): void {
    this.queue.push(this.nowUs + delayUs, target, argument, PRIORITY.normal);
  }

  /**
   * Runs every event before `untilUs`, or until about `maxEvents` have run; never stops between two events of one time,
   * so that whatever is done from outside at the time reached comes before all of that time's own events.
   * @returns the time reached: everything before it is known.
   */
  run(untilUs: number, maxEvents = Number.POSITIVE_INFINITY): number {
    const queue = this.queue;
    const stopAfter = this.events + maxEvents;
    let sameTime = 0;
    while (queue.nextUs < untilUs) {
      const atUs = queue.nextUs;
      if (atUs > this.nowUs) {
        if (this.events >= stopAfter) return this.reached(atUs);
        sameTime = 0;
        this.passBoundaries(atUs);
        this.nowUs = atUs;
      } else if (++sameTime > eventsAtOneTime) {
        throw new SimulationStuck(
          `time stands still at ${atUs} µs: ${eventsAtOneTime} events without a delay between them`,
        );
      }
      this.events++;
      queue.fireNext();
    }
    return this.reached(untilUs);
  }

  private reached(atUs: number): number {
    this.passBoundaries(atUs);
    this.nowUs = Math.max(this.nowUs, atUs);
    return atUs;
  }

  private passBoundaries(atUs: number): void {
    while (this.boundaryUs <= atUs) this.onBoundary(this.boundaryUs);
  }
}
