import { lru } from '../policies/lru.ts';
import type { Environment } from './Environment.ts';

/** In place of a newcomer where the pool only shrinks. */
const NOBODY = -1;

/**
 * The pages that a database keeps in its own memory, least recently used out first. Rows lie on pages in order of key. A
 * page counts as there from the moment at which the first query asks the disk for it. Only reads look here. A crash
 * empties it.
 * @source PostgreSQL documentation, "Resource Consumption: Memory" (shared_buffers); MySQL Reference Manual, "The InnoDB
 *   Buffer Pool". Both use an approximation of LRU; this is LRU itself.
 */
export class BufferPool {
  private readonly environment: Environment;
  private readonly resident = new Set<number>();
  // Least recently used asks neither for luck nor for time, and is told no capacity: the pool shrinks it.
  private readonly policy = lru.create({
    capacityEntries: 1,
    below: () => 0,
    clock: { nowUs: 0 },
    requestIntervalUs: 0,
    expiresUs: () => Number.POSITIVE_INFINITY,
  });
  private pageRows = 0;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Pages held. */
  get pages(): number {
    return this.resident.size;
  }

  /** A query needs the row of `key`: true where its page comes from disk. Without a limit everything is in memory. */
  readsDisk(key: number): boolean {
    const { settings, metrics } = this.environment;
    const { bufferPages, pageRows } = settings.database;
    if (bufferPages === Number.POSITIVE_INFINITY) return false;
    if (pageRows !== this.pageRows) this.clear();
    this.pageRows = pageRows;
    const page = Math.floor(key / pageRows);
    if (this.resident.has(page)) {
      this.policy.touch(page);
      this.shrinkTo(bufferPages, NOBODY);
      metrics.count('buffer.hits');
      return false;
    }
    this.shrinkTo(bufferPages - 1, page);
    if (bufferPages > 0) {
      this.policy.insert(page);
      this.resident.add(page);
    }
    metrics.count('buffer.misses');
    return true;
  }

  /** Everything is forgotten. */
  clear(): void {
    this.resident.clear();
    this.policy.clear();
  }

  private shrinkTo(pages: number, newcomer: number): void {
    while (this.resident.size > Math.max(0, pages)) this.resident.delete(this.policy.evict(newcomer));
  }
}
