import type { ReplayedTrace } from '../replay/replay.ts';
import { type Sliced, sliceRequests } from './Sliced.ts';

const WORD = 4_294_967_296;
const NOBODY = 255;

/** Spreads 32 bits over 32 bits, one to one. Source: Austin Appleby, MurmurHash3's finaliser `fmix32` (public domain). */
function spread(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** How samples are drawn. */
export interface SampleChoice {
  /** Share of the keys in each sample, above 0; samples · rate at most 1. */
  rate: number;
  /** How many samples without a common key; at most 16. */
  samples: number;
  /** Which keys: an integer, taken modulo 2^32. */
  seed: number;
}

/**
 * Samples of a trace by key: a key is in a sample with all of its requests or with none, as the hash of its id decides, so what lies
 * between two requests for it shrinks by the rate. The samples share no key. Each comes as a trace of its own, ids renumbered by
 * first appearance. Source: Waldspurger, Park, Garthwaite and Ahmad, "Efficient MRC Construction with SHARDS", FAST 2015, §2.
 */
export function* spatialSamples(trace: ReplayedTrace, choice: SampleChoice): Sliced<ReplayedTrace[]> {
  const { ids, distinct } = trace;
  const sampleOf = yield* assign(distinct, choice);
  const counts = new Float64Array(choice.samples);
  for (let from = 0; from < ids.length; from += sliceRequests) {
    countSampled(ids, from, Math.min(ids.length, from + sliceRequests), sampleOf, counts);
    yield 0.2 + (0.4 * from) / ids.length;
  }
  const samples = Array.from(counts, (count) => ({ ids: new Uint32Array(count), distinct: 0 }));
  const lengths = new Float64Array(choice.samples);
  const names = new Int32Array(distinct).fill(-1);
  for (let from = 0; from < ids.length; from += sliceRequests) {
    const to = Math.min(ids.length, from + sliceRequests);
    for (let i = from; i < to; i++) {
      const id = ids[i];
      const chosen = sampleOf[id];
      if (chosen === NOBODY) continue;
      const sample = samples[chosen];
      if (names[id] < 0) names[id] = sample.distinct++;
      sample.ids[lengths[chosen]++] = names[id];
    }
    yield 0.6 + (0.4 * from) / ids.length;
  }
  return samples;
}

/** For every id the sample it is in. */
function* assign(distinct: number, { rate, samples, seed }: SampleChoice): Sliced<Uint8Array> {
  const width = Math.floor(rate * WORD);
  const salt = spread(seed ^ 0x9e3779b9);
  const sampleOf = new Uint8Array(distinct).fill(NOBODY);
  for (let from = 0; from < distinct; from += sliceRequests) {
    const to = Math.min(distinct, from + sliceRequests);
    for (let id = from; id < to; id++) {
      const sample = Math.floor(spread(id ^ salt) / width);
      if (sample < samples) sampleOf[id] = sample;
    }
    yield (0.2 * to) / distinct;
  }
  return sampleOf;
}

function countSampled(ids: Uint32Array, from: number, to: number, sampleOf: Uint8Array, counts: Float64Array): void {
  for (let i = from; i < to; i++) {
    const chosen = sampleOf[ids[i]];
    if (chosen !== NOBODY) counts[chosen]++;
  }
}
