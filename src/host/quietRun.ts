import { actionSchema, type ActionInput, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP, type Operation } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';
import { type Session, simulate } from './Session.ts';

/** What a quiet world is to have instead; sections are merged field by field. */
export type Changes = Partial<ScenarioInput>;

/** A run, and what one asks of it. */
export interface QuietRun {
  session: Session;
  /** All rows, also those still open, in order of opening. */
  rows: Row[];
  /** The rows of one operation. */
  of: (operation: Operation) => Row[];
  /** Total of a metric over the run. */
  total: (id: string) => number;
}

/**
 * Runs a world in which nothing takes time, nothing is too small and nobody asks, but for what the changes say: the bench on
 * which tests look at one feature at a time.
 */
export function quietRun(changes: Changes, acts: readonly ActionInput[] = [], seed = 1): QuietRun {
  const input: ScenarioInput = {
    scenario: 1,
    id: 'quiet',
    title: 'Quiet',
    seed,
    duration: '10s',
    window: '1s',
    ...changes,
    traffic: changes.traffic ?? { readers: { rate: '0/s', count: 10 } },
    clients: { link: '0s', timeout: 'none', ...changes.clients },
    balancer: { link: '0s', ...changes.balancer },
    app: { servers: 1, workers: 5000, queue: 1_000_000, cpu: '0s', ...changes.app },
    cache: { link: '0s', command: '0s', timeout: 'none', ttl: 'none', capacity: 5_000_000, ...changes.cache },
    database: {
      link: '0s',
      pool: 5000,
      slots: 5000,
      queue: 1_000_000,
      read: '0s',
      write: '0s',
      timeout: 'none',
      ...changes.database,
    },
  };
  const actions = acts.map((act) => actionSchema.parse(act));
  const { session, batch } = simulate(scenarioSchema.parse(input), actions);
  const rows = [batch.closed, batch.open]
    .flatMap((table) => Array.from({ length: table.length }, (_, index) => rowAt(table, index)))
    .sort((a, b) => a.id - b.id);
  return {
    session,
    rows,
    of: (operation) => rows.filter((row) => row.op === OP[operation]),
    total: (id) => batch.totals[session.world.metrics.index(id)],
  };
}

/** How far a mean over independent samples may lie from theory: five standard deviations of that mean. */
export function fiveDeviations(samples: readonly number[]): { mean: number; within: number } {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const squares = samples.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, within: 5 * Math.sqrt(squares / (samples.length - 1) / samples.length) };
}
