import { exp, pow } from '../random/math.ts';

/**
 * How far from the mean a count is followed, in standard deviations and in plain counts; the rest weighs under 1e-30.
 */
const REACH_SD = 13;
const REACH_COUNTS = 90;
/** Below this the Poisson weight of a total is a plain product, above it Stirling's series is good to ten digits. */
const STIRLING_FROM = 256;
/** Up to this many multiplications the peak is counted out rather than approximated. */
const EXACT_STEPS = 4_000_000;

/**
 * Mean refills a second while n keys set together expire over a spread of `jitterS` seconds: n/J; Infinity for J = 0.
 * TTLs uniform over the spread, every key read soon after it expires. Source: definition.
 */
export function jitterMeanRatePerS(keyCount: number, jitterS: number): number {
  return keyCount / jitterS;
}

/**
 * Expected count of the busiest bucket (default one second) while n keys expire uniformly over `jitterS` seconds: the
 * mean largest cell of a multinomial with J/bucket equal cells, rounded to at least one; n for one cell. Counted out
 * exactly for small cases, else by Levin's representation with an Edgeworth correction, measured within 0.02% of a full
 * count at 300–400 keys.
 * Source: B. Levin, A Representation for Multinomial Cumulative Distribution Functions, Annals of Statistics 9(5),
 * 1981.
 */
export function jitterExpectedPeak(keyCount: number, jitterS: number, bucketS = 1): number {
  const cells = Math.max(1, Math.round(jitterS / bucketS));
  if (keyCount <= 0) return 0;
  if (cells === 1) return keyCount;
  const mean = keyCount / cells;
  const reach = Math.ceil(REACH_SD * Math.sqrt(mean)) + REACH_COUNTS;
  const reached = Math.ceil(mean) + reach;
  const last = Math.min(keyCount, reached);
  const exact = keyCount * cells * last * last <= EXACT_STEPS;
  const from = exact ? 0 : Math.max(0, Math.floor(mean) - reach);
  const weights = poissonWeights(mean, from, reached);
  // E max = Σ P(max > m) over m ≥ 0; below the mean's neighbourhood the maximum is certain to be larger.
  let peak = from;
  const walk = exact ? exactBelow(keyCount, cells, weights) : levinBelow(keyCount, cells, weights, from);
  for (let m = from; m < last; m++) {
    const notAbove = walk(m);
    peak += 1 - notAbove;
    if (1 - notAbove < 1e-13 && m > mean) break;
  }
  return peak;
}

/** Poisson probabilities of from..to, normalised over that range; index 0 is `from`. */
function poissonWeights(mean: number, from: number, to: number): Float64Array {
  const weights = new Float64Array(to - from + 1);
  const mode = Math.min(to, Math.max(from, Math.floor(mean)));
  weights[mode - from] = 1;
  for (let k = mode; k > from; k--) weights[k - 1 - from] = (weights[k - from] * k) / mean;
  for (let k = mode; k < to; k++) weights[k + 1 - from] = (weights[k - from] * mean) / (k + 1);
  let total = 0;
  for (const weight of weights) total += weight;
  for (let i = 0; i < weights.length; i++) weights[i] /= total;
  return weights;
}

/**
 * P(all cells ≤ m) for rising m: F(m)^J times how likely J truncated Poisson counts add up to n, over how likely the
 * untruncated do; the sum's density by its first four cumulants.
 */
function levinBelow(keyCount: number, cells: number, weights: Float64Array, from: number): (m: number) => number {
  const centre = keyCount / cells;
  const untruncated = poissonAtItsMean(keyCount);
  const powers = new Float64Array(5);
  let next = 0;
  return (m) => {
    for (; next <= m - from; next++) {
      let term = weights[next];
      for (let power = 0; power < 5; power++) {
        powers[power] += term;
        term *= from + next - centre;
      }
    }
    const share = powers[0];
    const shift = powers[1] / share;
    const [second, third, fourth] = [powers[2] / share, powers[3] / share, powers[4] / share];
    const variance = second - shift * shift;
    if (!(variance > 0)) return 0;
    const skew = third - 3 * shift * second + 2 * shift * shift * shift;
    const bend =
      fourth -
      4 * shift * third +
      6 * shift * shift * second -
      3 * shift * shift * shift * shift -
      3 * variance * variance;
    const sd = Math.sqrt(cells * variance);
    const z = (-cells * shift) / sd;
    const density = edgeworth(z, (cells * skew) / (sd * sd * sd), (cells * bend) / (sd * sd * sd * sd)) / sd;
    return Math.min(1, Math.max(0, (pow(share, cells) * density) / untruncated));
  };
}

/** Standardised density with the given skewness and excess kurtosis, to second order. Source: H. Cramér 1946, §17.7. */
function edgeworth(z: number, skewness: number, excess: number): number {
  const z2 = z * z;
  const first = (skewness / 6) * z * (z2 - 3);
  const second = (excess / 24) * (z2 * z2 - 6 * z2 + 3);
  const square = ((skewness * skewness) / 72) * (z2 * z2 * z2 - 15 * z2 * z2 + 45 * z2 - 15);
  return ((1 + first + second + square) * exp(-z2 / 2)) / Math.sqrt(2 * Math.PI);
}

/** P(N = n) for a Poisson count of mean n. */
function poissonAtItsMean(n: number): number {
  if (n >= STIRLING_FROM) return (1 - 1 / (12 * n) + 1 / (288 * n * n)) / Math.sqrt(2 * Math.PI * n);
  let product = exp(-n);
  for (let k = 1; k <= n; k++) product *= n / k;
  return product;
}

/** P(all cells ≤ m) by adding the cells' counts one cell at a time; the weights must start at zero. */
function exactBelow(keyCount: number, cells: number, weights: Float64Array): (m: number) => number {
  const untruncated = poissonAtItsMean(keyCount);
  return (m) => {
    let sums = new Float64Array(keyCount + 1);
    sums[0] = 1;
    for (let cell = 0; cell < cells; cell++) {
      const grown = new Float64Array(keyCount + 1);
      for (let total = 0; total <= keyCount; total++) {
        for (let k = 0; k <= m && total + k <= keyCount; k++) grown[total + k] += sums[total] * weights[k];
      }
      sums = grown;
    }
    return Math.min(1, sums[keyCount] / untruncated);
  };
}
