import type { Workload } from '../scenario/schema.ts';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';

/** How many ids without a row there are to ask for. */
export const missingIds = 100_000;

/**
 * Which key the next request of a workload asks for, and whether it writes. Three streams of its own, each drawn once a
 * request whatever the settings, so that two runs with other knobs see the same keys.
 */
export class KeySource {
  private readonly keys: Stream;
  private readonly kinds: Stream;
  private readonly missing: Stream;
  private table: AliasTable;
  private tableFor = { count: 0, exponent: 0 };
  private scanned = 0;
  private readonly workload: Workload;
  private readonly firstMissing: number;

  /** `firstMissing` is the first id without a row. */
  constructor(seed: number, name: string, workload: Workload, firstMissing: number) {
    this.workload = workload;
    this.firstMissing = firstMissing;
    this.keys = new Stream(seed, `${name}.keys`);
    this.kinds = new Stream(seed, `${name}.kinds`);
    this.missing = new Stream(seed, `${name}.missing`);
    this.table = this.currentTable();
  }

  /** True when the next request writes. */
  nextWrites(): boolean {
    return this.kinds.uniform() < this.workload.writes;
  }

  /** The key of the next request at `nowUs`. */
  nextKey(nowUs: number, writes: boolean): number {
    const { count, keys, hotShare, shiftBy, shiftEvery, missing } = this.workload;
    const chance = this.missing.uniform();
    const missingId = this.missing.below(missingIds);
    const share = this.keys.uniform();
    const rank = this.currentTable().sample(this.keys);
    if (!writes && chance < missing) return this.firstMissing + missingId;
    switch (keys) {
      case 'uniform':
        return Math.floor(share * count);
      case 'scan':
        return this.scanned++ % count;
      case 'hot':
        return share < hotShare || count === 1 ? 0 : 1 + (rank % (count - 1));
      case 'shifting':
        return (rank + Math.floor(nowUs / shiftEvery) * shiftBy) % count;
      default:
        return rank;
    }
  }

  private currentTable(): AliasTable {
    const { count, exponent } = this.workload;
    if (count !== this.tableFor.count || exponent !== this.tableFor.exponent) {
      this.table = new AliasTable(zipfWeights(count, exponent));
      this.tableFor = { count, exponent };
    }
    return this.table;
  }
}
