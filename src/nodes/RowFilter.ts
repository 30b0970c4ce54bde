import type { EventTarget } from '../kernel/EventQueue.ts';
import { BloomFilter } from './BloomFilter.ts';
import { type BloomSize, bloomSize } from './bloomPlaces.ts';
import type { Environment } from './Environment.ts';

/** What a row filter needs of its world. */
type Surroundings = Pick<Environment, 'simulation' | 'metrics' | 'truth' | 'settings'>;

/**
 * The Bloom filter of the ids that have a row; every server has the same one. Made when it is switched on, for as many ids
 * as the settings say and not for as many as there are. A row that is inserted joins it at once; a rebuild sizes it for the
 * rows of that moment.
 */
export class RowFilter implements EventTarget {
  private filter: BloomFilter | null = null;
  /** What the filter in use was made by. */
  private madeFor = { enabled: false, expected: 0, falsePositives: 0, rebuild: Number.POSITIVE_INFINITY };
  private size: BloomSize = { bits: 0, hashes: 0 };
  /** Ids that have come to have a row. */
  private readonly inserted: Set<number>;
  private rebuilds = 0;
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
    this.inserted = new Set(around.truth.created());
    around.truth.whenCreated = (key) => this.insert(key);
    around.metrics.watchLevel('bloom.fill', () => this.filter?.fill ?? 0);
    this.reconfigure();
  }

  /** The filter itself, for drawing; null while it is off. */
  get bloom(): BloomFilter | null {
    return this.filter;
  }

  /** Whether a reader of this id is let pass; counts it. */
  mayExist(key: number): boolean {
    const { metrics, truth } = this.around;
    if (this.filter !== null && !this.filter.mayHold(key)) {
      metrics.count('bloom.refused');
      return false;
    }
    if (truth.version(key) === 0) metrics.count('bloom.passed');
    return true;
  }

  /** A knob was turned. */
  reconfigure(): void {
    const { enabled, expected, falsePositives, rebuild } = this.around.settings.bloom;
    const before = this.madeFor;
    this.madeFor = { enabled, expected, falsePositives, rebuild };
    const same = before.expected === expected && before.falsePositives === falsePositives;
    if (!enabled) this.filter = null;
    else if (this.filter === null || !same) this.build(bloomSize(expected, falsePositives));
    if (before.enabled === enabled && before.rebuild === rebuild) return;
    this.rebuilds++;
    this.scheduleRebuild();
  }

  /** The time of a rebuild has come, unless it was planned under other settings. */
  fire(planned: number): void {
    if (planned !== this.rebuilds) return;
    const { falsePositives } = this.around.settings.bloom;
    const size = bloomSize(this.around.truth.existing + this.inserted.size, falsePositives);
    // Of the same size it would be the same bits again, since every row has been added.
    if (size.bits !== this.size.bits || size.hashes !== this.size.hashes) this.build(size);
    this.scheduleRebuild();
  }

  private scheduleRebuild(): void {
    const { enabled, rebuild } = this.around.settings.bloom;
    if (enabled && rebuild < Number.POSITIVE_INFINITY) this.around.simulation.after(rebuild, this, this.rebuilds);
  }

  private build(size: BloomSize): void {
    const filter = new BloomFilter(size, this.around.settings.seed);
    for (let key = 0; key < this.around.truth.existing; key++) filter.add(key);
    for (const key of this.inserted) filter.add(key);
    this.filter = filter;
    this.size = size;
  }

  private insert(key: number): void {
    this.inserted.add(key);
    this.filter?.add(key);
  }
}
