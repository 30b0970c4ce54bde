import { OP } from '../spans/codes.ts';
import type { Call } from './Call.ts';
import { type Database, DatabaseCall } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { Station } from './Station.ts';
import type { BufferedWrite } from './WriteBuffer.ts';

/** Buffered writes in one statement; `detail` is how many. No row goes back to an older version. */
export class BatchCall extends DatabaseCall {
  readonly rows: readonly BufferedWrite[];
  /** What the statement writes, as it was when it was sent. */
  private readonly versions: readonly number[];
  private isStored = false;
  /** Told when nothing more will become of it, whether the database has it. */
  whenClosed: ((stored: boolean) => void) | null = null;

  constructor(
    environment: Environment,
    { node }: Database,
    from: number,
    rows: readonly BufferedWrite[],
    pool: Station<Call>,
  ) {
    super(environment, node, OP['database.batch'], from, -1, node.deadlines, pool);
    this.rows = rows;
    this.versions = rows.map(({ version }) => version);
    this.detail = rows.length;
  }

  /** The database commits all of it. */
  commit(): void {
    const { truth, metrics, simulation } = this.environment;
    this.isStored = true;
    this.rows.forEach(({ key, writer }, index) => truth.store(key, this.versions[index], simulation.nowUs, writer));
    metrics.count('writes.batches');
    metrics.count('writes.flushed', this.rows.length);
  }

  protected override close(): void {
    super.close();
    this.whenClosed?.(this.isStored);
  }
}
