import type { Action, Scenario } from '../scenario/schema.ts';
import type { SettingValue } from '../scenario/settings.ts';
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

/** What has not happened. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Work in the background: rows whose calls are their children, for which nobody waits. */
const activityOps: ReadonlySet<number> = new Set([OP.refresh, OP.warm, OP.later, OP['queue.work'], OP['log.read']]);

/** Whether the row is work in the background. */
export const isActivity = (row: Row): boolean => activityOps.has(row.op);

/** What runs a process: its calls are its children, one after another. */
export const isProcess = (row: Row): boolean =>
  row.op <= OP['request.write'] || row.op === OP['cache.load'] || row.op === OP['cache.write'] || isActivity(row);

/** Whether its node has worked on the row to the end. */
export const isServed = (row: Row): boolean => row.service < NEVER && row.leave < NEVER;

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
  /** By the id of their parent, in order of opening: children that its process waits for. */
  readonly families = new Map<number, Row[]>();
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
    for (const row of this.rows) {
      if (row.parent === 0 || isActivity(row)) continue;
      const family = this.families.get(row.parent);
      if (family === undefined) this.families.set(row.parent, [row]);
      else family.push(row);
    }
    for (const family of this.families.values()) family.sort((a, b) => a.id - b.id);
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

  /**
   * Whether a setting differs from `off` at some time of the run; in `traffic.*.stock` the star stands for any workload.
   */
  ever(path: string, off: SettingValue): boolean {
    return this.moved(path) || this.startsWith(path).some((value) => value !== off);
  }

  /** Whether a setting has one value all through the run, and this one. */
  always(path: string, value: SettingValue): boolean {
    return !this.moved(path) && this.startsWith(path).every((found) => found === value);
  }

  /** Whether a setting may have this value at some time of the run. */
  might(path: string, value: SettingValue): boolean {
    return this.moved(path) || this.startsWith(path).some((found) => found === value);
  }

  /** Whether an act of the run has set this very setting. */
  moved(path: string): boolean {
    const parts = path.split('.');
    const isIt = (part: string, index: number) => parts[index] === '*' || parts[index] === part;
    return this.acts.some((act) => {
      const found = act.do === 'set' ? act.path.split('.') : [];
      return found.length === parts.length && found.every(isIt);
    });
  }

  /** Whether an act of this kind is among those of the run. */
  did(kind: Action['do']): boolean {
    return this.acts.some((act) => act.do === kind);
  }

  /** Whether messages of this operation were to be lost by an act. */
  lost(message: string): boolean {
    return this.acts.some((act) => act.do === 'lose' && act.message === message);
  }

  private startsWith(path: string): unknown[] {
    const at = (place: unknown, parts: readonly string[]): unknown[] => {
      if (parts.length === 0) return [place];
      const inside = place as Record<string, unknown>;
      const names = parts[0] === '*' ? Object.keys(inside) : [parts[0]];
      return names.flatMap((name) => at(inside[name], parts.slice(1)));
    };
    return at(this.scenario, path.split('.'));
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
