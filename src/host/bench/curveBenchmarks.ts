import { lruCurve } from '../../curves/lruCurve.ts';
import { finish } from '../../curves/Sliced.ts';
import { Stream } from '../../random/Stream.ts';
import { AliasTable, zipfWeights } from '../../random/Zipf.ts';
import { Interner } from '../../replay/Interner.ts';
import { replayTrace } from '../../replay/replay.ts';
import type { Figure } from './Figure.ts';
import { median, medianRatio, takeTurns } from './measure.ts';

const keyCount = 1_000_000;
const requests = 10_000_000;
/** A tenth of the keys. */
const sizeEntries = 100_000;

/**
 * Ten million requests for a million keys under Zipf's law: interning them, one LRU replay, and the LRU curve at every size. Throws
 * where the curve and the replay disagree.
 */
export function benchCurves(): Figure[] {
  const keys = plainKeys();
  const scattered = keys.map((key) => Math.imul(key + 1, 0x9e3779b1));
  // Told where to write: the pages of a new array take longer to come by than ids do.
  const ids = new Uint32Array(requests);
  const trace = { ids, distinct: intern(keys, ids) };
  const replayed = () => replayTrace(trace, 'lru', sizeEntries).hits;
  const [curve, replay] = takeTurns([() => finish(lruCurve(trace)).hits[sizeEntries], replayed], 5, 2);
  const [again, interning] = takeTurns([replayed, () => intern(keys, ids)], 15, 3);
  const [andAgain, hashing] = takeTurns([replayed, () => intern(scattered, ids)], 5, 3);
  if (interning.result !== trace.distinct || hashing.result !== trace.distinct)
    throw new Error(`${interning.result} and ${hashing.result} keys are found in ${trace.distinct}`);
  if (curve.result !== replay.result)
    throw new Error(`the curve has ${curve.result} hits, the replay ${replay.result}`);
  const perSecond = (ms: readonly number[]) => requests / (median(ms) / 1000);
  const share = medianRatio(replay.ms, curve.ms);
  const interned = medianRatio(interning.ms, again.ms);
  return [
    { id: 'curve.lru', title: 'LRU curve at every size', value: perSecond(curve.ms), unit: 'requests/s', ok: true },
    {
      id: 'curve.lru.ratio',
      title: 'the whole curve against one LRU replay, in speed',
      value: share,
      unit: 'times',
      // 7 M/s where a replay does 40.
      budget: { atLeast: 0.175 },
      ok: share >= 0.175,
    },
    { id: 'interning', title: 'interning numbers', value: perSecond(interning.ms), unit: 'requests/s', ok: true },
    {
      id: 'interning.ratio',
      title: 'interning against one LRU replay, in time',
      value: interned,
      unit: 'times',
      budget: { atMost: 0.5 },
      ok: interned <= 0.5,
    },
    {
      id: 'interning.scattered',
      title: 'interning numbers from all over 2^32',
      value: perSecond(hashing.ms),
      unit: 'requests/s',
      ok: true,
    },
    {
      id: 'interning.scattered.ratio',
      title: 'the same against one LRU replay, in time',
      value: medianRatio(hashing.ms, andAgain.ms),
      unit: 'times',
      ok: true,
    },
  ];
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
