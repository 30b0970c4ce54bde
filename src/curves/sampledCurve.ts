import { type ReplayedTrace, type ReplayOptions, ReplayRun } from '../replay/replay.ts';
import { checkNotEmpty, checkSize } from './checkTrace.ts';
import { lruCurve } from './lruCurve.ts';
import { checkPolicy, type CurveStep } from './policyCurve.ts';
import { scalabilityOf } from './scalability.ts';
import { partOf, type Sliced, sliceRequests } from './Sliced.ts';
import { coarseFirst } from './sizes.ts';
import { type SampleChoice, spatialSamples } from './spatialSample.ts';

/** Below these a sample says nothing worth drawing. */
const LEAST_REQUESTS = 1000;
const LEAST_KEYS = 100;

/** Two-sided 95 % quantiles of Student's t by samples less one. Source: any table of the distribution. */
const STUDENT_T = [NaN, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365];

/** An estimate of a hit ratio, or why there is none. */
export type SampledPoint =
  | {
      sizeEntries: number;
      /** Mean over the samples, 0..1. */
      hitRatio: number;
      /** Half of the 95 % interval around it (Student's t over the samples), 0..1. What all samples get wrong alike is not in it. */
      error: number;
      /** What each sample says by itself. */
      estimates: number[];
    }
  | { sizeEntries: number; refused: string };

/** How a curve is sampled. */
export interface SampledOptions extends Partial<SampleChoice>, Pick<ReplayOptions, 'requestIntervalUs'> {
  /** Share of the keys in each sample, above 0. */
  rate: number;
  /** As in the exact curve. */
  futureKnown?: boolean;
  /**
   * Off only to show what it is worth: without it, a sample that missed a hot key, or got one, is off by all of its requests.
   */
  correction?: boolean;
}

/** A curve with its error. */
export interface SampledCurve {
  rate: number;
  samples: number;
  /** Requests in all samples together. */
  sampledRequests: number;
  points: SampledPoint[];
}

/**
 * Estimates a policy's hit ratio at each of the sizes from several samples by key, each replayed against a miniature cache of
 * size · rate entries (for LRU: exact distances in the sample, which serve all sizes in one pass). A sample holds more or fewer
 * requests than its share, mostly because of a few hot keys, so the missing ones count as hits, at distance zero, or the surplus ones
 * are taken off (SHARDS-adj). The samples' scatter gives the error. Source: Waldspurger et al., FAST 2015 §3, and ATC 2017.
 *
 * Throws a RangeError on what {@link policyCurve} refuses, on a policy that does not scale, on rate · samples > 1 and where a sample is too
 * small to tell anything. A single size whose miniature would be too small is refused in its place.
 */
export function* sampledCurve(
  trace: ReplayedTrace,
  policyId: string,
  sizesEntries: readonly number[],
  options: SampledOptions,
): Generator<CurveStep<SampledPoint>, SampledCurve, void> {
  const { rate, samples = 4, seed = 1, correction = true, futureKnown = true } = options;
  checkNotEmpty(trace, 'curve');
  checkPolicy(policyId, futureKnown);
  checkChoice(rate, samples);
  for (const size of sizesEntries) checkSize(size, trace);
  const scalability = scalabilityOf(policyId);
  if ('refused' in scalability) throw new RangeError(`${policyId} cannot be sampled: ${scalability.refused}`);
  const sorted = [...new Set(sizesEntries)].sort((a, b) => a - b);
  const parts = yield* asSteps(spatialSamples(trace, { rate, samples, seed }), 0, 0.1);
  for (const part of parts) checkSample(part, rate);
  const expected = trace.ids.length * rate;
  const hitsAt = yield* policyId === 'lru' ? distancesOf(parts, rate) : asMiniatures(parts, policyId, options);
  const points: SampledPoint[] = [];
  for (const [done, place] of coarseFirst(sorted.length).entries()) {
    const sizeEntries = sorted[place];
    const from = 0.3 + (0.7 * done) / sorted.length;
    const to = 0.3 + (0.7 * (done + 1)) / sorted.length;
    if (Math.round(sizeEntries * rate) < scalability.leastEntries) {
      points[place] = { sizeEntries, refused: tooSmall(sizeEntries, rate, scalability.leastEntries) };
    } else {
      const estimates: number[] = [];
      for (const [index, part] of parts.entries()) {
        const hits = yield* asSteps(hitsAt(index, sizeEntries), from, to);
        const ratio = correction ? (hits + expected - part.ids.length) / expected : hits / part.ids.length;
        estimates.push(Math.max(0, Math.min(1, ratio)));
      }
      points[place] = { sizeEntries, ...meanAndError(estimates), estimates };
    }
    yield { share: to, point: points[place] };
  }
  return { rate, samples, sampledRequests: parts.reduce((sum, part) => sum + part.ids.length, 0), points };
}

/** Hits of sample `index` in a cache that stands for one of `sizeEntries`. */
type HitsAt = (index: number, sizeEntries: number) => Sliced<number>;

function* distancesOf(parts: ReplayedTrace[], rate: number): Generator<CurveStep<SampledPoint>, HitsAt, void> {
  const curves: Uint32Array[] = [];
  for (const [index, part] of parts.entries()) {
    const [from, to] = [index, index + 1].map((count) => 0.1 + (0.2 * count) / parts.length);
    curves.push((yield* asSteps(lruCurve(part), from, to)).hits);
  }
  return function* (index, sizeEntries) {
    yield (index + 1) / curves.length;
    const curve = curves[index];
    // The other keys within reach, scaled, and half of the step that the distance itself is.
    const place = Math.min(curve.length - 1, (sizeEntries - 1) * rate + 0.5);
    const below = Math.floor(place);
    const above = Math.min(curve.length - 1, below + 1);
    return curve[below] + (place - below) * (curve[above] - curve[below]);
  };
}

function* asMiniatures(
  parts: ReplayedTrace[],
  policyId: string,
  { rate, seed = 1, requestIntervalUs = 0 }: SampledOptions,
): Generator<CurveStep<SampledPoint>, HitsAt, void> {
  yield { share: 0.3 };
  return function* (index, sizeEntries) {
    const part = parts[index];
    // Fewer requests in the same time.
    const run = new ReplayRun(part, policyId, Math.round(sizeEntries * rate), {
      seed: seed + index,
      requestIntervalUs: Math.round(requestIntervalUs / rate),
    });
    while (run.advance(sliceRequests)) yield (index + run.requests / part.ids.length) / parts.length;
    return run.hits;
  };
}

function* asSteps<Result>(work: Sliced<Result>, from: number, to: number): Generator<{ share: number }, Result, void> {
  const part = partOf(work, from, to);
  for (;;) {
    const step = part.next();
    if (step.done) return step.value;
    yield { share: step.value };
  }
}

function meanAndError(estimates: readonly number[]): { hitRatio: number; error: number } {
  const count = estimates.length;
  const mean = estimates.reduce((sum, value) => sum + value, 0) / count;
  const squares = estimates.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { hitRatio: mean, error: Math.min(1, STUDENT_T[count - 1] * Math.sqrt(squares / (count - 1) / count)) };
}

function checkChoice(rate: number, samples: number): void {
  if (!(Number.isInteger(samples) && samples >= 2 && samples <= STUDENT_T.length))
    throw new RangeError(`an error needs 2 to ${STUDENT_T.length} samples, not ${samples}`);
  if (!(rate > 0 && rate * samples <= 1))
    throw new RangeError(
      `a sampling rate lies above 0 and, with ${samples} samples that share no key, at most at ${1 / samples}, not ${rate}; an exact curve needs none`,
    );
}

function checkSample({ ids, distinct }: ReplayedTrace, rate: number): void {
  if (ids.length >= LEAST_REQUESTS && distinct >= LEAST_KEYS) return;
  throw new RangeError(
    `a sample of ${rate} of the keys has only ${ids.length} requests for ${distinct} keys, and under ${LEAST_REQUESTS} for ${LEAST_KEYS} it ` +
      'would mislead: take a higher rate, or the exact curve, which is cheap for a trace of this length',
  );
}

function tooSmall(sizeEntries: number, rate: number, leastEntries: number): string {
  return (
    `${sizeEntries} entries would be a miniature of ${Math.round(sizeEntries * rate)}, and under ${leastEntries} it behaves like a small cache, ` +
    'not like a small picture of a large one'
  );
}
