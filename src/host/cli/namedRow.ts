import type { NodeMeta } from '../../scenario/nodes.ts';
import { FLAG, missCauses, operations, outcomes } from '../../spans/codes.ts';
import { type Columns, type Row, rowAt } from '../../spans/columns.ts';

/** A row with its codes as words; times in µs, null where the moment never came. */
export interface NamedRow {
  request: number;
  id: number;
  parent: number;
  op: string;
  outcome: string;
  cause: string;
  flags: string[];
  node: string;
  from: string;
  key: number;
  version: number;
  detail: number;
  startUs: number | null;
  sentUs: number | null;
  arriveUs: number | null;
  serviceUs: number | null;
  leaveUs: number | null;
  endUs: number | null;
  /** The row was still open when the run ended: outcome and times may yet have changed. */
  open?: true;
}

/** Row `index` of a table in words. */
export function namedRow(table: Columns, index: number, nodes: readonly NodeMeta[], open = false): NamedRow {
  const row: Row = rowAt(table, index);
  const time = (us: number) => (Number.isFinite(us) ? us : null);
  const flags = Object.keys(FLAG).filter((name) => (row.flags & FLAG[name as keyof typeof FLAG]) !== 0);
  return {
    request: row.request,
    id: row.id,
    parent: row.parent,
    op: operations[row.op],
    outcome: outcomes[row.outcome],
    cause: missCauses[row.cause],
    flags,
    node: nodes[row.node].id,
    from: nodes[row.from].id,
    key: row.key,
    version: row.version,
    detail: row.detail,
    startUs: time(row.start),
    sentUs: time(row.sent),
    arriveUs: time(row.arrive),
    serviceUs: time(row.service),
    leaveUs: time(row.leave),
    endUs: time(row.end),
    ...(open ? { open: true as const } : {}),
  };
}
