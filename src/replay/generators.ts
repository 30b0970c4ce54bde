import { pow } from '../random/math.ts';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import type { Trace } from './Trace.ts';
import { TraceBuilder } from './TraceBuilder.ts';
import { traceLimits } from './traceLimits.ts';

/** The built-in traces. */
export const generatorIds = ['zipf', 'loop', 'scan', 'shift', 'recency', 'mixed'] as const;

/** Id of a built-in trace. */
export type GeneratorId = (typeof generatorIds)[number];

/** A built-in trace: a law by which requests are drawn. */
export interface TraceGenerator {
  id: GeneratorId;
  title: string;
  /** What a request asks for, in a sentence. */
  summary: string;
  /** The law for so many requests: a function that gives the key of request `index`, called with 0, 1, 2 … */
  start(requests: number, stream: Stream): (index: number) => number;
}

const sliceRequests = 16_384;
/** Keys that are asked for once begin here, far from all others. */
const scanned = 2_000_000_000;

/** So many keys that each is asked for ten times on average, from 10 to a million. */
const keysFor = (requests: number): number => Math.min(1_000_000, Math.max(10, Math.floor(requests / 10)));

const zipf: TraceGenerator = {
  id: 'zipf',
  title: 'Zipf',
  summary:
    'Independent requests; key number r is asked for in proportion to 1 / r. Frequency is all that can be known.',
  start(requests, stream) {
    const table = new AliasTable(zipfWeights(keysFor(requests), 1));
    return () => table.sample(stream);
  },
};

const loop: TraceGenerator = {
  id: 'loop',
  title: 'Loop',
  summary: 'The same keys in the same order, over and over, twenty times: LRU misses all until the whole loop fits.',
  start(requests) {
    const length = Math.max(2, Math.floor(requests / 20));
    return (index) => index % length;
  },
};

const scan: TraceGenerator = {
  id: 'scan',
  title: 'Scans over Zipf',
  summary: 'Zipf, and ten times a scan over keys that never come again, as long as a tenth of all different keys.',
  start(requests, stream) {
    const count = keysFor(requests);
    const table = new AliasTable(zipfWeights(count, 1));
    const period = Math.max(2, Math.floor(requests / 10));
    const length = Math.min(Math.floor(count / 10), period);
    return (index) => (index % period >= period - length ? scanned + index : table.sample(stream));
  },
};

const shift: TraceGenerator = {
  id: 'shift',
  title: 'Shifting hot set',
  summary:
    'Zipf whose popular keys are replaced by others ten times, all at once: what was frequent is of no use any more.',
  start(requests, stream) {
    const count = keysFor(requests);
    const table = new AliasTable(zipfWeights(count, 1));
    const period = Math.max(1, Math.floor(requests / 10));
    // A step prime to most counts, so that no phase shares its first keys with another.
    const step = Math.max(1, Math.floor(count / 10));
    return (index) => (table.sample(stream) + step * Math.floor(index / period)) % count;
  },
};

const recency: TraceGenerator = {
  id: 'recency',
  title: 'Recency',
  summary: 'A tenth are new keys; all others repeat a request of a while ago, the more likely the shorter the while.',
  start(requests, stream) {
    const past = new Uint32Array(requests);
    let fresh = 0;
    return (index) => {
      const isNew = index === 0 || stream.below(10) === 0;
      // A power law with exponent −1 between 1 and `index`: the while is equally likely to lie in each octave.
      const back = isNew ? 0 : Math.min(index, Math.floor(pow(index + 1, stream.uniform())));
      past[index] = isNew ? fresh++ : past[index - back];
      return past[index];
    };
  },
};

const mixed: TraceGenerator = {
  id: 'mixed',
  title: 'Mixed',
  summary:
    'Half Zipf, a fifth recency, a fifth loop, a tenth keys that are asked for once: like several programs at once.',
  start(requests, stream) {
    const parts = [zipf, recency, loop].map((part) => ({ next: part.start(requests, stream), count: 0 }));
    const [hot, recent, looping] = parts;
    return (index) => {
      const luck = stream.below(10);
      if (luck === 9) return scanned + index;
      const [part, offset] = luck < 5 ? [hot, 0] : luck < 7 ? [recent, 1] : [looping, 2];
      return part.next(part.count++) * 3 + offset;
    };
  },
};

/** Every built-in trace, in the order in which a person is offered them. */
export const traceGenerators: readonly TraceGenerator[] = [zipf, loop, scan, shift, recency, mixed];

/**
 * Generates a built-in trace slice by slice, yielding the share that is done. The same id, `requests` (1 to 10 million) and `seed`
 * (an integer) give the same trace in every engine. Throws a RangeError on anything else.
 */
export function* generating(id: GeneratorId, requests: number, seed: number): Generator<number, Trace, void> {
  const generator = traceGenerators.find((candidate) => candidate.id === id);
  if (generator === undefined) throw new RangeError(`no generated trace '${id}', expected ${generatorIds.join(', ')}`);
  if (!(Number.isInteger(requests) && requests >= 1 && requests <= traceLimits.requests))
    throw new RangeError(`a generated trace has a whole number of requests from 1 to ${traceLimits.requests}`);
  const next = generator.start(requests, new Stream(seed, `trace.${id}`));
  const builder = new TraceBuilder({ requests, keyBytes: 0 });
  const keys = new Uint32Array(sliceRequests);
  for (let index = 0; index < requests; ) {
    const slice = keys.subarray(0, requests - index);
    for (let at = 0; at < slice.length; at++) slice[at] = next(index + at);
    builder.addNumbers(slice);
    index += slice.length;
    yield index / requests;
  }
  return builder.build();
}

/** Generates a built-in trace at once; see `generating`. */
export function generateTrace(id: GeneratorId, requests: number, seed: number): Trace {
  const work = generating(id, requests, seed);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
