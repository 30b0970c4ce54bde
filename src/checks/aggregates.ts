/** The figures that can be taken of a metric; besides these, any percentile: p50, p99.9. */
export const aggregateNames: readonly string[] = [
  'min',
  'max',
  'avg',
  'sum',
  'count',
  'last',
  'first',
  'rate',
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
];

const percentile = /^p(\d{1,3})(?:\.(\d{1,3}))?$/;

/**
 * The percentile an aggregate asks for in thousandths of a percent, a whole number so that ranks come out exact:
 * p99.9 is 99900. Undefined for every other name, and outside 0 < p ≤ 100.
 */
export function percentileOf(aggregate: string): number | undefined {
  const found = percentile.exec(aggregate);
  if (found === null) return undefined;
  const thousandths = Number(found[1]) * 1000 + Number((found[2] ?? '').padEnd(3, '0'));
  return thousandths > 0 && thousandths <= 100_000 ? thousandths : undefined;
}

/** Whether a name is an aggregate. */
export function isAggregate(name: string): boolean {
  return aggregateNames.includes(name) || percentileOf(name) !== undefined;
}

/**
 * The value at a percentile by nearest rank: the smallest sample that at least p % of all do not exceed. NaN of none.
 * @param sorted ascending
 * @source Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996, definition 1.
 */
export function nearestRank(sorted: Float64Array, thousandths: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.ceil((thousandths * sorted.length) / 100_000) - 1];
}
