import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { hotShardShare } from './hotShard.ts';
import { zipfShares } from './zipf.ts';

describe('hot shard', () => {
  it('meets the published share: Zipf 1, 10⁴ keys, 10 shards', () => {
    expect(hotShardShare(zipfShares(10_000, 1)[0], 10)).toBeCloseTo(0.192, 3);
  });

  it('agrees with random placements', () => {
    const draws = new Stream(18, 'shards');
    const shares = zipfShares(100, 1);
    const rounds = 3000;
    let sum = 0;
    for (let round = 0; round < rounds; round++) {
      sum += shares[0];
      for (let key = 1; key < shares.length; key++) if (draws.below(5) === 0) sum += shares[key];
    }
    expect(Math.abs(sum / rounds - hotShardShare(shares[0], 5))).toBeLessThan(0.006);
  });

  it('falls with more shards, down to the hottest key itself', () => {
    const hottest = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(hottest, fc.integer({ min: 1, max: 10_000 }), (p, shards) => {
        const share = hotShardShare(p, shards);
        expect(share).toBeGreaterThanOrEqual(p - 1e-15);
        expect(share).toBeLessThanOrEqual(1 + 1e-15);
        expect(hotShardShare(p, shards + 1)).toBeLessThanOrEqual(share + 1e-15);
      }),
      { numRuns: 300 },
    );
    expect(hotShardShare(0.3, 1)).toBeCloseTo(1, 15);
    expect(() => hotShardShare(1.5, 2)).toThrow(RangeError);
    expect(() => hotShardShare(0.5, 0)).toThrow(RangeError);
  });
});
