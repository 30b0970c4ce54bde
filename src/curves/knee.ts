/** A curve as points in rising order of size; hit ratios 0..1. Size 0 hits nothing and need not be among them. */
export type CurveLike = readonly { sizeEntries: number; hitRatio: number }[];

/** The size from which on more room buys little. */
export interface Knee {
  sizeEntries: number;
  hitRatio: number;
  /** How far the curve lies above the straight line from nothing to its end there, 0..1: at 0 it has no knee, near 1 it is a corner. */
  sharpness: number;
}

/**
 * The knee of a hit-ratio curve: where it lies highest above the straight line from an empty cache to its last point, both axes scaled to
 * 1 and sizes linear, as money is. Null where no point lies above the line (each entry buys as much as the last, or more: a loop does so up
 * to its length), or without points.
 * Source: Satopää, Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in a Haystack", ICDCS Workshops 2011, for a curve that needs no smoothing.
 */
export function kneeOf(curve: CurveLike): Knee | null {
  const end = curve.at(-1);
  if (end === undefined || end.hitRatio <= 0) return null;
  let best: Knee | null = null;
  for (const { sizeEntries, hitRatio } of curve) {
    const sharpness = hitRatio / end.hitRatio - sizeEntries / end.sizeEntries;
    if (sharpness > (best?.sharpness ?? 1e-9)) best = { sizeEntries, hitRatio, sharpness };
  }
  return best;
}

/** Hit ratio at any size, on straight lines between the points, from (0, 0); beyond the last point, its ratio. */
export function ratioAt(curve: CurveLike, sizeEntries: number): number {
  let before = { sizeEntries: 0, hitRatio: 0 };
  for (const point of curve) {
    if (point.sizeEntries >= sizeEntries) {
      const width = point.sizeEntries - before.sizeEntries;
      const share = width > 0 ? (sizeEntries - before.sizeEntries) / width : 1;
      return before.hitRatio + share * (point.hitRatio - before.hitRatio);
    }
    before = point;
  }
  return before.hitRatio;
}

/** The smallest size of the curve that reaches this share of its best hit ratio, in entries; null where none does. */
export function sizeForShare(curve: CurveLike, share: number): number | null {
  const best = curve.reduce((most, { hitRatio }) => Math.max(most, hitRatio), 0);
  if (best === 0) return null;
  return curve.find(({ hitRatio }) => hitRatio >= share * best)?.sizeEntries ?? null;
}

/** What more memory buys. */
export interface MoreMemory {
  /** Entries that fit into the additional bytes. */
  entries: number;
  hitRatioBefore: number;
  hitRatioAfter: number;
  /** Misses that remain, as a share of those before: 0.5 halves the load behind the cache. 1 where there were none. */
  missesLeft: number;
  /** Whether the curve ends before the larger size, so that the gain could not be more than what its last point says. */
  beyondCurve: boolean;
}

/**
 * What `moreBytes` on top of `sizeEntries` entries of `bytesPerEntry` (key, value and overhead) buy on this curve. Ratios between points lie on
 * straight lines. Throws a RangeError on an empty curve, and unless the byte counts are above 0 and the size at least 0.
 */
export function whatMoreBuys(
  curve: CurveLike,
  sizeEntries: number,
  bytesPerEntry: number,
  moreBytes = 1_073_741_824,
): MoreMemory {
  if (curve.length === 0) throw new RangeError('a curve without points says nothing of what more memory buys');
  if (!(bytesPerEntry > 0 && moreBytes > 0 && sizeEntries >= 0))
    throw new RangeError('bytes an entry and additional bytes must be above 0, and the size at least 0');
  const entries = Math.floor(moreBytes / bytesPerEntry);
  const hitRatioBefore = ratioAt(curve, sizeEntries);
  const hitRatioAfter = ratioAt(curve, sizeEntries + entries);
  return {
    entries,
    hitRatioBefore,
    hitRatioAfter,
    missesLeft: hitRatioBefore < 1 ? (1 - hitRatioAfter) / (1 - hitRatioBefore) : 1,
    beyondCurve: sizeEntries + entries > (curve.at(-1)?.sizeEntries ?? 0),
  };
}
