import type { EventTarget } from '../kernel/EventQueue.ts';
import type { Simulation } from '../kernel/Simulation.ts';
import { exponential } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { murmur3Text } from '../random/murmur3.ts';
import type { Workload } from '../scenario/schema.ts';

const THINK = 7;

/** A fixed number of users, each of whom thinks, asks, waits for the answer, and thinks again. */
export class ClosedUsers implements EventTarget {
  private readonly turns: Int32Array;
  private readonly simulation: Simulation;
  private readonly seed: number;
  private readonly nameHash: number;
  private readonly workload: Workload;
  private readonly ask: (user: number) => void;

  constructor(simulation: Simulation, seed: number, name: string, workload: Workload, ask: (user: number) => void) {
    this.simulation = simulation;
    this.seed = seed;
    this.nameHash = murmur3Text(name, 0);
    this.workload = workload;
    this.ask = ask;
    this.turns = new Int32Array(workload.users);
  }

  /** Everybody begins to think. */
  begin(): void {
    for (let user = 0; user < this.turns.length; user++) this.think(user, this.workload.from);
  }

  /** The user has an answer (or has given up). */
  answered(user: number): void {
    this.think(user, this.simulation.nowUs);
  }

  fire(user: number): void {
    if (this.simulation.nowUs < this.workload.until) this.ask(user);
  }

  private think(user: number, fromUs: number): void {
    const u = luck(this.seed, this.nameHash, user, this.turns[user]++, THINK);
    // At least a microsecond: a user without any delay at all would make time stand still.
    this.simulation.at(fromUs + Math.max(1, Math.round(exponential(this.workload.think, u))), this, user);
  }
}
