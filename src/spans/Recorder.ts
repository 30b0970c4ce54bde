import { appendColumns, type Columns, createColumns } from './columns.ts';
import { SpanHash } from './SpanHash.ts';

/** A row while it is being lived: the engine's calls have these fields and are copied into columns when they close. */
export interface OpenRow {
  request: number;
  id: number;
  parent: number;
  key: number;
  version: number;
  detail: number;
  op: number;
  outcome: number;
  cause: number;
  flags: number;
  node: number;
  from: number;
  startUs: number;
  sentUs: number;
  arriveUs: number;
  serviceUs: number;
  leaveUs: number;
  endUs: number;
  /** Place in the recorder's list of open rows. */
  openIndex: number;
}

/** Rows a block holds: small enough to be hashed while it is still in the processor's cache. */
const blockRows = 4096;

/**
 * Collects rows: open ones by reference, closed ones as columns in order of closing. Closed rows lie in blocks until they
 * are taken, so that a long run never copies what it has already written.
 */
export class Recorder<R extends OpenRow> {
  readonly open: R[] = [];
  readonly hash = new SpanHash();
  private full: Columns[] = [];
  private block: Columns = createColumns(blockRows);
  /** Rows of the block that the hash has seen. */
  private hashed = 0;
  private lastId = 0;

  /** Number for a new row. */
  nextId(): number {
    return ++this.lastId;
  }

  /** A row begins. */
  begin(row: R): void {
    row.id = ++this.lastId;
    row.openIndex = this.open.length;
    this.open.push(row);
  }

  /** A row ends: copied, and forgotten here. */
  close(row: R): void {
    const last = this.open.pop() as R;
    if (last !== row) {
      this.open[row.openIndex] = last;
      last.openIndex = row.openIndex;
    }
    this.record(row);
  }

  /** Records an instant or any finished row. */
  record(row: OpenRow): void {
    writeRow(this.block, this.block.length++, row);
    if (this.block.length === blockRows) this.turnOver();
  }

  /** Records something that takes no time and belongs to no call, at `atUs`. */
  instant(atUs: number, what: Pick<OpenRow, 'op' | 'node' | 'key'> & Partial<OpenRow>): void {
    const times = { startUs: atUs, sentUs: atUs, arriveUs: atUs, serviceUs: atUs, leaveUs: atUs, endUs: atUs };
    const rest = { request: 0, parent: 0, version: -1, detail: 0, outcome: 0, cause: 0, flags: 0, openIndex: 0 };
    this.record({ id: ++this.lastId, from: what.node, ...times, ...rest, ...what });
  }

  /** The rows closed since the last call, as columns of exactly that length. */
  takeClosed(): Columns {
    this.updateHash();
    const taken = createColumns(this.full.length * blockRows + this.block.length);
    for (const block of this.full) appendColumns(taken, block);
    appendColumns(taken, this.block);
    this.full = [];
    this.block.length = 0;
    this.hashed = 0;
    return taken;
  }

  /** The rows open now, as columns; they stay open. */
  copyOpen(): Columns {
    const table = createColumns(this.open.length);
    for (const row of this.open) writeRow(table, table.length++, row);
    return table;
  }

  /** Span hash of all rows closed so far. */
  digest(): string {
    this.updateHash();
    return this.hash.digest();
  }

  private turnOver(): void {
    this.updateHash();
    this.full.push(this.block);
    this.block = createColumns(blockRows);
    this.hashed = 0;
  }

  private updateHash(): void {
    this.hash.add(this.block, this.hashed);
    this.hashed = this.block.length;
  }
}

function writeRow(table: Columns, index: number, row: OpenRow): void {
  table.start[index] = row.startUs;
  table.sent[index] = row.sentUs;
  table.arrive[index] = row.arriveUs;
  table.service[index] = row.serviceUs;
  table.leave[index] = row.leaveUs;
  table.end[index] = row.endUs;
  table.request[index] = row.request;
  table.id[index] = row.id;
  table.parent[index] = row.parent;
  table.key[index] = row.key;
  table.version[index] = row.version;
  table.detail[index] = row.detail;
  table.op[index] = row.op;
  table.outcome[index] = row.outcome;
  table.cause[index] = row.cause;
  table.flags[index] = row.flags;
  table.node[index] = row.node;
  table.from[index] = row.from;
}
