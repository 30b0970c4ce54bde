import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import type { ReplayedTrace } from '../replay/replay.ts';

/** Any list of keys as a trace, numbered by first appearance: for tests and benchmarks. */
export function traceOf(keys: Iterable<number | string>): ReplayedTrace {
  const names = new Map<number | string, number>();
  const ids = Uint32Array.from(keys, (key) => {
    const id = names.get(key) ?? names.size;
    names.set(key, id);
    return id;
  });
  return { ids, distinct: names.size };
}

/** Independent requests for `keys` keys under Zipf's law with this exponent, numbered by first appearance. */
export function zipfTrace(requests: number, keys: number, exponent: number, seed: number): ReplayedTrace {
  const table = new AliasTable(zipfWeights(keys, exponent));
  const stream = new Stream(seed, 'curves.example');
  const names = new Int32Array(keys).fill(-1);
  const ids = new Uint32Array(requests);
  let distinct = 0;
  for (let i = 0; i < requests; i++) {
    const key = table.sample(stream);
    if (names[key] < 0) names[key] = distinct++;
    ids[i] = names[key];
  }
  return { ids, distinct };
}
