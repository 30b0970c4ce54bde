import { exp, log } from '../../random/math.ts';
import type { Sliced } from '../Sliced.ts';
import type { Popularity } from './popularity.ts';

/** Ranks whose order is mostly luck stay out: those of keys with fewer requests than this. */
const LEAST_COUNT = 50;
const LEAST_RANKS = 20;
/** More ranks than this would add time, not precision. */
const MOST_RANKS = 32_768;
const MOST_STEPS = 60;
/** Flatter than this, order among the hot keys is mostly luck. */
const FLATTEST = 0.2;

/** A Zipf law laid through the popularity of a trace, or why none is. */
export type ZipfFit =
  | {
      /** s of count ∝ rank^−s. */
      exponent: number;
      /** Standard error of it, for independent requests. */
      standardError: number;
      /** Ranks 1 … `ranks` were fitted: those of keys asked for often enough that their order is not luck. */
      ranks: number;
      /** The law as drawn: count at rank r is `scale` · r^−exponent. */
      scale: number;
      /**
       * Largest difference of the shares that the first r of those ranks have in the law and in the trace (Kolmogorov–Smirnov), 0..1: small
       * where the trace follows Zipf's law, and above a few per cent it does not, whatever the exponent says.
       */
      distance: number;
    }
  | { refused: string };

/**
 * Zipf exponent by maximum likelihood over the hot ranks: requests for the first R ranks are draws from rank^−s / H_{R,s}, whose
 * likelihood is greatest where the law's mean of ln rank equals the trace's; Newton on that. Ranks are taken from the counts
 * themselves, and sorting by what luck has stirred lifts every count: with Poisson counts over keys as dense as Zipf's law has
 * them, by (1 + 1/s)/2 requests to first order, which is taken off again. The standard error is from the Fisher information, requests ·
 * Var(ln rank), for independent requests; what the correction leaves is of the same size. Fitted are at most half of the keys,
 * because the last ranks have none beyond them to change places with.
 * Sources: the likelihood as in Clauset, Shalizi and Newman, "Power-law distributions in empirical data", SIAM Review 51(4),
 * 2009; the correction is our own and held against generated traces.
 */
export function* fitZipf(popularity: Popularity): Sliced<ZipfFit> {
  let fit = yield* fitHead(popularity, LEAST_COUNT, 1);
  // The flatter the law, the more keys stand close enough to change places by luck: then only hotter ones are fitted.
  for (let turn = 0; turn < 3 && !('refused' in fit); turn++) {
    const a = 1 / Math.max(fit.exponent, FLATTEST / 2);
    fit = yield* fitHead(popularity, Math.max(LEAST_COUNT, Math.ceil(25 * a * (a + 1))), fit.exponent);
    yield (turn + 2) / 4;
  }
  if (!('refused' in fit) && fit.exponent < FLATTEST)
    return {
      refused: `the hot keys are asked for almost equally often: an exponent under ${FLATTEST} cannot be told from luck`,
    };
  return fit;
}

function* fitHead({ counts, reached }: Popularity, leastCount: number, start: number): Sliced<ZipfFit> {
  const most = Math.min(counts.length >> 1, MOST_RANKS);
  let ranks = 0;
  while (ranks < most && counts[ranks] >= leastCount) ranks++;
  if (ranks < LEAST_RANKS && ranks === most) {
    return {
      refused: `only ${counts.length} different ${counts.length === 1 ? 'key' : 'keys'}; an exponent from fewer than ${2 * LEAST_RANKS} would be luck`,
    };
  }
  if (ranks < LEAST_RANKS) {
    return {
      refused: `only ${ranks} keys are asked for ${leastCount} times or more; an exponent from fewer than ${LEAST_RANKS} would be luck`,
    };
  }
  const logs = new Float64Array(ranks);
  let [sum, sumOfLogs] = [0, 0];
  for (let i = 0; i < ranks; i++) {
    logs[i] = log(i + 1);
    sum += counts[i] * logs[i];
    sumOfLogs += logs[i];
  }
  let exponent = start;
  let moments = momentsOf(logs, exponent);
  for (let step = 0; step < MOST_STEPS; step++) {
    const lift = (1 + 1 / Math.max(exponent, FLATTEST / 2)) / 2;
    const target = (sum - lift * sumOfLogs) / (reached[ranks] - lift * ranks);
    const move = Math.max(-0.5, Math.min(0.5, (moments.mean - target) / moments.variance));
    exponent = Math.max(0, exponent + move);
    moments = momentsOf(logs, exponent);
    if (Math.abs(move) < 1e-10) break;
    yield 0.25;
  }
  return {
    exponent,
    standardError: 1 / Math.sqrt(reached[ranks] * moments.variance),
    ranks,
    scale: reached[ranks] / moments.total,
    distance: distanceOf(logs, exponent, moments.total, reached),
  };
}

/** Mean and variance of ln rank under rank^−exponent, and the sum of the weights. */
function momentsOf(logs: Float64Array, exponent: number): { mean: number; variance: number; total: number } {
  let total = 0;
  let first = 0;
  let second = 0;
  for (const value of logs) {
    const weight = exp(-exponent * value);
    total += weight;
    first += weight * value;
    second += weight * value * value;
  }
  const mean = first / total;
  return { mean, variance: second / total - mean * mean, total };
}

function distanceOf(logs: Float64Array, exponent: number, total: number, reached: Uint32Array): number {
  let law = 0;
  let worst = 0;
  for (let i = 0; i < logs.length; i++) {
    law += exp(-exponent * logs[i]);
    worst = Math.max(worst, Math.abs(law / total - reached[i + 1] / reached[logs.length]));
  }
  return worst;
}
