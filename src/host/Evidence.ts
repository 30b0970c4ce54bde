import type { Action, Scenario } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import { type Columns, type Row, rowAt } from '../spans/columns.ts';
import type { Batch } from './protocol.ts';
import type { Session } from './Session.ts';

/** A run and everything that came out of it: what the invariants are held against. */
export interface Evidence {
  scenario: Scenario;
  actions: readonly Action[];
  session: Session;
  /** One batch with every row of the run, as `simulate` gives it. */
  batch: Batch;
}

/** An operation of a cache, by tier (index into `tiers`). */
export const tierOps = [
  { get: OP['local.get'], set: OP['local.set'], remove: OP['local.delete'] },
  { get: OP['cache.get'], set: OP['cache.set'], remove: OP['cache.delete'] },
] as const;

/** The rows of a run, read once and sorted by what they are, with short ways to its numbers. */
export class Findings {
  readonly scenario: Scenario;
  readonly session: Session;
  readonly batch: Batch;
  /** Closed rows in order of closing. */
  readonly closed: Row[];
  /** Closed rows and then those still open. */
  readonly rows: Row[];
  readonly roots: Row[];
  readonly problems: string[] = [];
  private readonly acts: readonly Action[];

  constructor({ scenario, actions, session, batch }: Evidence) {
    this.scenario = scenario;
    this.session = session;
    this.batch = batch;
    this.acts = [...scenario.faults, ...actions];
    this.closed = readRows(batch.closed);
    this.rows = [...this.closed, ...readRows(batch.open)];
    this.roots = this.rows.filter((row) => row.op === OP['request.read'] || row.op === OP['request.write']);
  }

  /** Notes a problem where `found` is not `expected`. */
  same(what: string, found: number, expected: number): void {
    if (found !== expected) this.problems.push(`${what}: ${found}, expected ${expected}`);
  }

  /** Notes a problem where `holds` is false. */
  holds(holds: boolean, what: () => string): void {
    if (!holds) this.problems.push(what());
  }

  /** Total of a metric column. */
  total(id: string): number {
    return this.batch.totals[this.session.world.metrics.index(id)];
  }

  /** Rows of one operation. */
  of(op: number): Row[] {
    return this.rows.filter((row) => row.op === op);
  }

  /** Whether an act of the run has set one of these settings. */
  wasSet(...paths: string[]): boolean {
    return this.acts.some((act) => act.do === 'set' && paths.some((path) => act.path.startsWith(path)));
  }

  /** Whether an act of the run has killed a node whose name begins so. */
  wasKilled(name: string): boolean {
    return this.acts.some((act) => act.do === 'kill' && act.node.startsWith(name));
  }
}

function readRows(table: Columns): Row[] {
  return Array.from({ length: table.length }, (_, index) => rowAt(table, index));
}

/** One row in words, for a message. */
export function rowText(row: Row): string {
  const { op, outcome, request, id, start, sent, arrive, service, leave, end } = row;
  return `row ${id} (op ${op}, outcome ${outcome}, request ${request}: ${[start, sent, arrive, service, leave, end].join(' ')})`;
}
