import { byCost, costOf } from '../../curves/costOf.ts';
import { checkNotEmpty, checkSize } from '../../curves/checkTrace.ts';
import { type Knee, kneeOf } from '../../curves/knee.ts';
import { type LruCurve, lruCurve } from '../../curves/lruCurve.ts';
import { type CurvePoint, policyCurve } from '../../curves/policyCurve.ts';
import { sampledCurve, type SampledPoint } from '../../curves/sampledCurve.ts';
import { scalabilityOf } from '../../curves/scalability.ts';
import { type SizeScale, sizesOf } from '../../curves/sizes.ts';
import { policyEntry } from '../../policies/allPolicies.ts';
import type { Trace } from '../../replay/Trace.ts';
import { intervalUs } from './replayCommand.ts';
import type { Step } from './TraceCommand.ts';

/** Which curves. */
export interface CurvesInput {
  /** Ids of policies; each once. */
  policies: readonly string[];
  /** At how many sizes, 1 … 1,000: at most as many as there are keys. LRU's curve comes finer besides. */
  points: number;
  scale: SizeScale;
  /** These sizes instead, in entries; those beyond the distinct keys are refused. */
  sizes?: readonly number[];
  /** Share of the keys in each of four samples, instead of all of them; for LRU too. */
  sampleRate?: number;
  /** Seed of the policies' own draws and of the samples; 1 unless given. */
  seed?: number;
}

/** One policy's curve; its knee among the sizes that were looked at, for exact LRU among the finer ones. */
export type PolicyCurve =
  | { policy: string; kind: 'exact'; points: CurvePoint[]; knee: Knee | null }
  | { policy: string; kind: 'sampled'; rate: number; samples: number; points: SampledPoint[]; knee: Knee | null }
  | { policy: string; kind: 'refused'; reason: string };

/** What is told as soon as it is known. */
export type CurvesPart =
  /** The sizes of all curves, before anything else. */
  | { kind: 'sizes'; sizes: number[]; requests: number; distinct: number }
  /** LRU, exact at every size: here at up to 1,000 sizes of both scales, the chosen ones among them. */
  | { kind: 'fine'; policy: 'lru'; points: CurvePoint[] }
  | { kind: 'point'; policy: string; point: CurvePoint | SampledPoint }
  | { kind: 'curve'; curve: PolicyCurve };

/** All curves, in the order in which they were asked for. */
export interface CurvesOutput {
  requests: number;
  distinct: number;
  sizes: number[];
  curves: PolicyCurve[];
}

const finePoints = 500;

/**
 * Hit-ratio curves: LRU's first, from one pass, then the others from the cheapest to the dearest, each point as soon as it is
 * known. A policy that cannot be had does not keep the others from coming.
 */
export function* curvesCommand(trace: Trace, input: CurvesInput): Generator<Step<CurvesPart>, CurvesOutput, void> {
  checkNotEmpty(trace, 'curve');
  const policies = [...new Set(input.policies)];
  for (const id of policies) policyEntry(id);
  const { distinct } = trace;
  const requests = trace.ids.length;
  const sizes = sizesFor(trace, input);
  yield { share: 0, part: { kind: 'sizes', sizes, requests, distinct } };
  const order = byCost(policies);
  const costs = order.map((id) => (id === 'lru' ? 1 : costOf(id) * sizes.length));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const curves = new Map<string, PolicyCurve>();
  let done = 0;
  for (const [index, policy] of order.entries()) {
    const from = done / total;
    done += costs[index];
    const curve = yield* within(curveOf(trace, policy, sizes, input), from, done / total);
    curves.set(policy, curve);
    yield { share: done / total, part: { kind: 'curve', curve } };
  }
  return { requests, distinct, sizes, curves: policies.flatMap((id) => curves.get(id) ?? []) };
}

function sizesFor({ distinct }: Trace, { policies, points, scale, sizes, sampleRate }: CurvesInput): number[] {
  if (sizes !== undefined) return [...new Set(sizes)].sort((a, b) => a - b);
  if (points > 1000) throw new RangeError(`found ${points} points, expected at most 1000`);
  const least = sampleRate === undefined ? 1 : leastSampled(policies, sampleRate);
  return sizesOf({ points, scale, most: distinct, least: Math.min(least, distinct) });
}

/** The smallest size of which samples can tell something under any of the policies. */
function leastSampled(policies: readonly string[], rate: number): number {
  const least = policies.map((id) => {
    const scalability = scalabilityOf(id);
    return 'refused' in scalability ? Infinity : Math.ceil(scalability.leastEntries / rate);
  });
  return Math.min(...least);
}

/** The same steps, their shares between two shares of the whole. */
function* within<Result>(
  work: Generator<Step<CurvesPart>, Result, void>,
  from: number,
  to: number,
): Generator<Step<CurvesPart>, Result, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const place = (share: number) => from + (to - from) * share;
    yield typeof step.value === 'number' ? place(step.value) : { ...step.value, share: place(step.value.share) };
  }
}

function* curveOf(
  trace: Trace,
  policy: string,
  sizes: readonly number[],
  { sampleRate, seed = 1 }: CurvesInput,
): Generator<Step<CurvesPart>, PolicyCurve, void> {
  const requestIntervalUs = intervalUs(trace);
  try {
    if (sampleRate !== undefined) {
      const options = { rate: sampleRate, seed, requestIntervalUs };
      const { points, rate, samples } = yield* asParts(policy, sampledCurve(trace, policy, sizes, options));
      const known = points.flatMap((point) => ('hitRatio' in point ? [point] : []));
      return { policy, kind: 'sampled', rate, samples, points, knee: kneeOf(known) };
    }
    if (policy === 'lru') return yield* exactLru(trace, sizes);
    const points = yield* asParts(policy, policyCurve(trace, policy, sizes, { seed, requestIntervalUs }));
    return { policy, kind: 'exact', points, knee: kneeOf(points) };
  } catch (error) {
    if (error instanceof RangeError) return { policy, kind: 'refused', reason: error.message };
    throw error;
  }
}

function* exactLru(trace: Trace, sizes: readonly number[]): Generator<Step<CurvesPart>, PolicyCurve, void> {
  const curve = yield* lruCurve(trace);
  const most = trace.distinct;
  const both = (['linear', 'log'] as const).flatMap((scale) => sizesOf({ points: finePoints, scale, most }));
  const fine = pointsAt(
    curve,
    [...new Set([...both, ...sizes])].sort((a, b) => a - b),
  );
  yield { share: 1, part: { kind: 'fine', policy: 'lru', points: fine } };
  return { policy: 'lru', kind: 'exact', points: pointsAt(curve, sizes), knee: kneeOf(fine) };
}

function pointsAt(curve: LruCurve, sizes: readonly number[]): CurvePoint[] {
  const { hits, requests } = curve;
  return sizes.map((sizeEntries) => {
    checkSize(sizeEntries, curve);
    return { sizeEntries, hits: hits[sizeEntries], requests, hitRatio: hits[sizeEntries] / requests };
  });
}

function* asParts<Result>(
  policy: string,
  work: Generator<{ share: number; point?: CurvePoint | SampledPoint }, Result, void>,
): Generator<Step<CurvesPart>, Result, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const { share, point } = step.value;
    yield point === undefined ? share : { share, part: { kind: 'point', policy, point } };
  }
}
