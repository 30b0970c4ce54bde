import { lruCurve } from '../../curves/lruCurve.ts';
import { finish } from '../../curves/Sliced.ts';
import { Stream } from '../../random/Stream.ts';
import { AliasTable, zipfWeights } from '../../random/Zipf.ts';
import { Interner } from '../../replay/Interner.ts';
import { type ReplayedTrace, replayTrace } from '../../replay/replay.ts';
import { type Figure, figure } from './Figure.ts';
import { cpuMs, median, medianRatio, takeTurns } from './measure.ts';

const keyCount = 1_000_000;
const requests = 10_000_000;
/** A tenth of the keys. */
const sizeEntries = 100_000;

/**
 * The LRU curve at every size of ten million requests for a million keys under Zipf's law, against one LRU replay. Throws where the two
 * disagree.
 */
export function benchCurve(): Figure[] {
  const keys = plainKeys();
  const ids = new Uint32Array(requests);
  const trace = { ids, distinct: intern(keys, ids) };
  const [curve, replay] = takeTurns([() => finish(lruCurve(trace)).hits[sizeEntries], replayed(trace)], 3, 2, cpuMs);
  if (curve.result !== replay.result)
    throw new Error(`the curve has ${curve.result} hits, the replay ${replay.result}`);
  // 7 M/s where a replay does 40.
  const budget = { atLeast: 0.175 };
  const share = medianRatio(replay.ms, curve.ms);
  return [
    figure('curve.lru', 'LRU curve at every size', perSecond(curve.ms), 'requests/s'),
    figure('curve.lru.ratio', 'the whole curve against one LRU replay, in speed', share, 'times', budget),
  ];
}

/** Interning the keys of that trace against one LRU replay of it, as they are and scattered over all numbers. */
export function benchInterning(): Figure[] {
  const keys = plainKeys();
  const scattered = keys.map((key) => Math.imul(key + 1, 0x9e3779b1));
  // Told where to write: the pages of a new array take longer to come by than ids do.
  const ids = new Uint32Array(requests);
  const trace = { ids, distinct: intern(keys, ids) };
  const [replay, plain] = takeTurns([replayed(trace), () => intern(keys, ids)], 9, 3, cpuMs);
  const [again, hashing] = takeTurns([replayed(trace), () => intern(scattered, ids)], 3, 2, cpuMs);
  if (plain.result !== trace.distinct || hashing.result !== trace.distinct)
    throw new Error(`${plain.result} and ${hashing.result} keys are found in ${trace.distinct}`);
  const share = medianRatio(plain.ms, replay.ms);
  const scatteredShare = medianRatio(hashing.ms, again.ms);
  return [
    figure('interning', 'interning numbers', perSecond(plain.ms), 'requests/s'),
    figure('interning.ratio', 'interning against one LRU replay, in time', share, 'times', { atMost: 0.5 }),
    figure('interning.scattered', 'interning numbers from all over 2^32', perSecond(hashing.ms), 'requests/s'),
    figure('interning.scattered.ratio', 'the same against one LRU replay, in time', scatteredShare, 'times'),
  ];
}

function replayed(trace: ReplayedTrace): () => number {
  return () => replayTrace(trace, 'lru', sizeEntries).hits;
}

function perSecond(ms: readonly number[]): number {
  return requests / (median(ms) / 1000);
}

/** Keys as the generators write them: a million numbers, the most popular first. */
function plainKeys(): Uint32Array {
  const table = new AliasTable(zipfWeights(keyCount, 1));
  const stream = new Stream(1, 'bench.curve');
  return Uint32Array.from({ length: requests }, () => table.sample(stream));
}

/** Writes the id of each key; returns how many there are. */
function intern(keys: Uint32Array, ids: Uint32Array): number {
  const interner = new Interner(1, keyCount, 0);
  interner.internNumbers(keys, ids);
  return interner.distinct;
}
