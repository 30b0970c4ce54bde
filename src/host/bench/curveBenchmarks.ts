import { lruCurve } from '../../curves/lruCurve.ts';
import { finish } from '../../curves/Sliced.ts';
import { Stream } from '../../random/Stream.ts';
import { AliasTable, zipfWeights } from '../../random/Zipf.ts';
import { Interner } from '../../replay/Interner.ts';
import { type ReplayedTrace, replayTrace } from '../../replay/replay.ts';
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
  const keys = rawKeys();
  const trace = intern(keys);
  const [curve, replay, interning] = takeTurns<number>(
    [
      () => finish(lruCurve(trace)).hits[sizeEntries],
      () => replayTrace(trace, 'lru', sizeEntries).hits,
      () => intern(keys).distinct,
    ],
    5,
    2,
  );
  if (curve.result !== replay.result || interning.result !== trace.distinct)
    throw new Error(`the curve has ${curve.result} hits, the replay ${replay.result}`);
  const perSecond = (ms: readonly number[]) => requests / (median(ms) / 1000);
  const share = medianRatio(replay.ms, curve.ms);
  const interned = medianRatio(interning.ms, replay.ms);
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
  ];
}

/** Keys as a file would have them: numbers all over the range, whose size says nothing of how popular they are. */
function rawKeys(): Uint32Array {
  const table = new AliasTable(zipfWeights(keyCount, 1));
  const stream = new Stream(1, 'bench.curve');
  const keys = new Uint32Array(requests);
  for (let i = 0; i < requests; i++) keys[i] = Math.imul(table.sample(stream) + 1, 0x9e3779b1);
  return keys;
}

function intern(keys: Uint32Array): ReplayedTrace {
  const interner = new Interner(1, keyCount, 0);
  const ids = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) ids[i] = interner.internNumber(keys[i]);
  return { ids, distinct: interner.distinct };
}
