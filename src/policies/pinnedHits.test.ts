import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { replayTrace } from '../replay/replay.ts';
import { allPolicies } from './allPolicies.ts';

/** Requests under Zipf's law. */
function popular(count: number, exponent: number, length: number): number[] {
  const keys = new AliasTable(zipfWeights(count, exponent));
  const stream = new Stream(7, 'pinned');
  return Array.from({ length }, () => keys.sample(stream));
}

/** Popular keys, with a scan of 400 keys after every 2,000 requests and a loop over 350 keys after every 5,000. */
function mixed(): number[] {
  return popular(2000, 0.8, 30_000).flatMap((key, at) => {
    const scan = at % 2000 === 1999 ? Array.from({ length: 400 }, (_, i) => 10_000 + at * 400 + i) : [];
    const loop = at % 5000 === 4999 ? Array.from({ length: 1050 }, (_, i) => 5000 + (i % 350)) : [];
    return [key, ...scan, ...loop];
  });
}

/** Numbered as they first appear. */
function numbered(keys: readonly number[]) {
  const numbers = new Map<number, number>();
  for (const key of keys) if (!numbers.has(key)) numbers.set(key, numbers.size);
  return { ids: Uint32Array.from(keys, (key) => numbers.get(key) as number), distinct: numbers.size };
}

/** Policies that draw lots have bands, not counts. */
const drawing = /^random$|^redis-(allkeys|volatile)-/;

/**
 * Hits on both traces. They were written down by a version whose counts on real traces equal those of other simulators
 * (realTraces.test.ts), and stand for these where the real traces are not at hand.
 */
const pinned: Record<string, readonly [number, number]> = {
  lru: [21219, 13097],
  fifo: [19419, 12008],
  clock: [21742, 13382],
  lfu: [23924, 16374],
  'lfu-aging': [23117, 14790],
  slru: [24081, 16420],
  'lru-2': [23843, 14474],
  '2q': [23431, 15880],
  arc: [23871, 16263],
  lirs: [23635, 16411],
  sieve: [23953, 16561],
  's3-fifo': [24221, 16692],
  'w-tinylfu': [24714, 16899],
  'w-tinylfu-climbing': [24682, 16730],
  belady: [28784, 23167],
  'ttl-only': [21415, 14276],
  'redis-noeviction': [21415, 14276],
};

describe('on generated traces', () => {
  const traces = [numbered(popular(5000, 0.9, 40_000)), numbered(mixed())];

  it.each(allPolicies.map(({ id }) => id).filter((id) => !drawing.test(id)))('%s hits as often as ever', (id) => {
    expect([replayTrace(traces[0], id, 500).hits, replayTrace(traces[1], id, 300).hits]).toEqual(pinned[id]);
  });
});
