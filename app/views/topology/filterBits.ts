import { OP } from '../../../src/index.ts';
import { type BloomSize, bloomSize, bloomStart, bloomStep } from '../../../src/reading.ts';
import type { RunView } from '../../stage/RunView.ts';
import { type Following, RowFollower } from '../RowFollower.ts';
import { actsOf, anySettingAt, settingAt } from '../settingsAt.ts';
import type { FilterPicture } from './sideFacts.ts';

/** More ids than this are not put into a filter only to draw it. */
const mostKeys = 300_000;

/** The places of a key. */
export function placesOf(key: number, { bits, hashes }: BloomSize, seed: number): number[] {
  if (bits === 0) return [];
  const [start, step] = [bloomStart(key, bits, seed), bloomStep(key, bits, seed)];
  return Array.from({ length: hashes }, (_, number) => (start + number * step) % bits);
}

/** The bits of one filter, and how many of them are set in each of the cells that it is drawn as. */
export class FilterBits {
  readonly size: BloomSize;
  readonly seed: number;
  ones = 0;
  /** Bits set by cell, and bits there are. */
  readonly setIn: Int32Array;
  readonly bitsIn: Int32Array;
  private readonly bytes: Uint8Array;

  constructor(size: BloomSize, seed: number, mostCells: number) {
    this.size = size;
    this.seed = seed;
    this.bytes = new Uint8Array(Math.ceil(size.bits / 8));
    const cells = Math.min(mostCells, size.bits);
    this.setIn = new Int32Array(cells);
    this.bitsIn = new Int32Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      // The first bit of a cell is the first whose `cellOf` says so.
      this.bitsIn[cell] = Math.ceil(((cell + 1) * size.bits) / cells) - Math.ceil((cell * size.bits) / cells);
    }
  }

  /** The cell that a bit is drawn in. */
  cellOf(place: number): number {
    return Math.floor((place * this.setIn.length) / this.size.bits);
  }

  has(place: number): boolean {
    return (this.bytes[place >> 3] & (1 << (place & 7))) !== 0;
  }

  add(key: number): void {
    for (const place of placesOf(key, this.size, this.seed)) {
      if (this.has(place)) continue;
      this.bytes[place >> 3] |= 1 << (place & 7);
      this.setIn[this.cellOf(place)]++;
      this.ones++;
    }
  }
}

/** Ids that have come to have a row, in order. */
interface Inserted {
  keys: number[];
  atUs: number[];
}

function insertFollowing(existing: number): Following<Inserted> {
  return {
    ops: [OP['database.write'], OP['cache.write']],
    begin: () => ({ keys: [], atUs: [] }),
    moments: (table, index, at) => {
      if (table.version[index] === 1 && table.key[index] >= existing) at(table.leave[index]);
    },
    apply: (inserted, table, index, atUs) => {
      inserted.keys.push(table.key[index]);
      inserted.atUs.push(atUs);
    },
  };
}

const paths = ['enabled', 'expected', 'falsePositives', 'rebuild'].map((name) => `bloom.${name}`);

/**
 * The Bloom filter of a run at any moment, made anew from what the engine puts into its own: every id there is from the start, every
 * id whose first version was promised, and the sizes that settings and rebuilds gave it. Between two moments only new ids cost
 * anything.
 */
export class FilterReader {
  private readonly run: RunView;
  private readonly existing: number;
  private readonly inserts: RowFollower<Inserted>;
  private readonly mostCells: number;
  private filter: FilterBits | null = null;
  /** Inserted ids that are in `filter`. */
  private added = 0;

  constructor(run: RunView, mostCells: number) {
    this.run = run;
    this.mostCells = mostCells;
    this.existing = Object.values(run.scenario.traffic).reduce((most, { count }) => Math.max(most, count), 0);
    this.inserts = new RowFollower(run.spans, insertFollowing(this.existing));
  }

  /** The filter at a moment; null while it is off, and where it is too large to be made for a picture. */
  read(atUs: number): FilterBits | null {
    const inserted = this.inserts.seek(atUs, this.run.horizonUs);
    const size = this.sizeAt(atUs, inserted);
    if (size === null || this.existing + inserted.keys.length > mostKeys) return null;
    const { filter } = this;
    const same = filter !== null && filter.size.bits === size.bits && filter.size.hashes === size.hashes;
    if (!same || this.added > inserted.keys.length) this.make(size);
    for (; this.added < inserted.keys.length; this.added++) this.filter?.add(inserted.keys[this.added]);
    return this.filter;
  }

  /** The filter as it is drawn, with the places of the id that was turned away last (−1 for none). */
  picture(atUs: number, refused: number): FilterPicture | null {
    const filter = this.read(atUs);
    if (filter === null) return null;
    const { size, setIn, bitsIn } = filter;
    const places = refused < 0 ? [] : placesOf(refused, size, filter.seed);
    return {
      kind: 'filter',
      bits: size.bits,
      hashes: size.hashes,
      ones: filter.ones,
      shares: Array.from(setIn, (ones, cell) => ones / bitsIn[cell]),
      exact: this.inserts.exact,
      probes: places.map((place) => ({ cell: filter.cellOf(place), set: filter.has(place) })),
    };
  }

  private make(size: BloomSize): void {
    const filter = new FilterBits(size, this.run.scenario.seed, this.mostCells);
    for (let key = 0; key < this.existing; key++) filter.add(key);
    this.filter = filter;
    this.added = 0;
  }

  /**
   * The size of the filter in use: as its settings said when it was switched on or turned, or as the last rebuild counted. A
   * rebuild is due so long after the setting that asked for it, again and again.
   */
  private sizeAt(atUs: number, inserted: Inserted): BloomSize | null {
    const { run } = this;
    const turns = actsOf(run)
      .filter((act) => act.do === 'set' && paths.includes(act.path) && act.at <= atUs)
      .map(({ at }) => Math.ceil(at));
    const times = [...new Set([0, ...turns])].sort((a, b) => a - b);
    let size: BloomSize | null = null;
    let before = { enabled: false, expected: 0, falsePositives: 0, rebuild: Number.POSITIVE_INFINITY };
    let rebuildsFromUs = 0;
    times.forEach((fromUs, place) => {
      const now = {
        enabled: anySettingAt(run, 'bloom.enabled', fromUs) === true,
        expected: settingAt(run, 'bloom.expected', fromUs),
        falsePositives: settingAt(run, 'bloom.falsePositives', fromUs),
        rebuild: settingAt(run, 'bloom.rebuild', fromUs),
      };
      const same = before.expected === now.expected && before.falsePositives === now.falsePositives;
      if (!now.enabled) size = null;
      else if (size === null || !same) size = bloomSize(now.expected, now.falsePositives);
      if (before.enabled !== now.enabled || before.rebuild !== now.rebuild) rebuildsFromUs = fromUs;
      before = now;
      const untilUs = Math.min(times[place + 1] ?? Number.POSITIVE_INFINITY, atUs + 1);
      const due = Math.ceil((untilUs - rebuildsFromUs) / now.rebuild) - 1;
      const rebuiltUs = rebuildsFromUs + due * now.rebuild;
      if (size === null || !(due > 0) || rebuiltUs < fromUs) return;
      let ids = 0;
      while (ids < inserted.atUs.length && inserted.atUs[ids] <= rebuiltUs) ids++;
      size = bloomSize(this.existing + ids, now.falsePositives);
    });
    return size;
  }
}
