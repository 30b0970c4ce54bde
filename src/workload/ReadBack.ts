import type { Simulation } from '../kernel/Simulation.ts';
import type { Workload } from '../scenario/schema.ts';

/** What an author knows of the own last write of a key. */
export interface Author {
  /** When the answer came, µs. */
  wroteUs: number;
  /** The version that it wrote. */
  ownVersion: number;
}

/** A write that has been answered. */
export interface OwnWrite {
  readonly key: number;
  readonly version: number;
  readonly endUs: number;
}

/** Authors of one workload who look at what they have written: so long after the answer, the same key. */
export class ReadBack {
  private readonly simulation: Simulation;
  private readonly workload: Workload;
  private readonly ask: (key: number, author: Author) => void;

  constructor(simulation: Simulation, workload: Workload, ask: (key: number, author: Author) => void) {
    this.simulation = simulation;
    this.workload = workload;
    this.ask = ask;
  }

  /** A write of this workload has been answered well. */
  wrote({ key, version, endUs }: OwnWrite): void {
    const { readBack } = this.workload;
    if (readBack === Number.POSITIVE_INFINITY) return;
    const author = { wroteUs: endUs, ownVersion: version };
    this.simulation.after(readBack, { fire: () => this.ask(key, author) });
  }
}
