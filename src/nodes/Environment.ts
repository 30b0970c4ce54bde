import type { Simulation } from '../kernel/Simulation.ts';
import type { Metrics } from '../metrics/Metrics.ts';
import type { CreatePolicy } from '../policies/Policy.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Recorder } from '../spans/Recorder.ts';
import type { Bus } from './Bus.ts';
import type { Call } from './Call.ts';
import type { Feed } from './Feed.ts';
import type { RowFilter } from './RowFilter.ts';
import type { Truth } from './Truth.ts';

/** What every node of one world shares. `settings` changes in place when a knob is turned. */
export interface Environment {
  readonly simulation: Simulation;
  readonly recorder: Recorder<Call>;
  readonly metrics: Metrics;
  readonly truth: Truth;
  readonly settings: Scenario;
  /** Makes the eviction policy of this id; of the plain engine's few until the world is given all. */
  createPolicy: CreatePolicy;
  /** The Bloom filter of the ids that have a row; null where nobody may want one. */
  rows: RowFilter | null;
  /** How many of the next messages of each operation will be lost, by operation code. */
  readonly losses: Int32Array;
  /** Where servers tell each other of changes; null where they do not. */
  bus: Bus | null;
  /** Where a worker learns of changes; null where there is none. */
  feed: Feed | null;
}
