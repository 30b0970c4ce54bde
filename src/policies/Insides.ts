/** The bookkeeping of a policy at one moment, as data that any view can draw. Plain, so that it can be cloned and compared. */
export interface Insides {
  /** Every list, queue, table of slots or pool, in the order in which they are drawn. */
  lists: InsideList[];
  /** Single numbers: the target of ARC, the age of LFUDA. */
  gauges: InsideGauge[];
  /** Tables of counters: the rows of a sketch. */
  grids: InsideGrid[];
}

/** A list of ids of a policy. */
export interface InsideList {
  /** Stable name: `probation`, `t1`, `ghost`. */
  id: string;
  title: string;
  /**
   * `resident`: entries of the cache. `ghost`: keys remembered without their values. `pool`: candidates for eviction;
   * `sample`: what was looked at last.
   */
  kind: 'resident' | 'ghost' | 'pool' | 'sample';
  /** First to last as the policy sees them; `firstIs` says which end that is. */
  cells: InsideCell[];
  /** What the first cell is. */
  firstIs: 'newest' | 'victim' | 'slot';
  /** How many ids it may hold; null where only the whole cache is limited. */
  limit: number | null;
  /** The cell that a hand points at, an index into `cells`; null without a hand. */
  hand: number | null;
}

/** An id in a list. */
export interface InsideCell {
  id: number;
  /** What is known of it beside its place, e.g. `{ name: 'visited', value: 1 }` or `{ name: 'count', value: 3 }`. */
  marks: readonly { name: string; value: number }[];
}

/** A number of a policy. */
export interface InsideGauge {
  id: string;
  title: string;
  value: number;
  /** What it can reach at most; null where it has no end. */
  most: number | null;
}

/** A table of small numbers. */
export interface InsideGrid {
  id: string;
  title: string;
  rows: number[][];
  /** The largest value that a counter takes. */
  most: number;
}
