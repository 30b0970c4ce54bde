import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { stampedeFetches, stampedeFetchesPerServerFlight } from './stampede.ts';

describe('stampede', () => {
  it('meets the published fetch counts', () => {
    expect(stampedeFetches(1000, 0.2)).toBeCloseTo(201, 9);
    expect(stampedeFetches(2000, 1.5)).toBeCloseTo(3001, 9);
    expect(stampedeFetchesPerServerFlight(1000, 0.05, 50)).toBeCloseTo(1 + 49 * (1 - 0.36787944117144233), 9);
    expect(Math.round(stampedeFetchesPerServerFlight(1000, 0.05, 50))).toBe(32);
  });

  it('lies between one and the smaller of servers and plain reads', () => {
    expect(stampedeFetchesPerServerFlight(1e6, 1, 40)).toBeCloseTo(40, 9);
    expect(stampedeFetchesPerServerFlight(500, 0.2, 1)).toBe(1);
    expect(stampedeFetchesPerServerFlight(100, 0.2, 1e7)).toBeCloseTo(stampedeFetches(100, 0.2), 3);
  });

  it('agrees with played-out expiries', () => {
    const draws = new Stream(11, 'stampede');
    const [readsPerS, rebuildS, servers, rounds] = [20, 0.3, 8, 20_000];
    let plain = 0;
    let perServer = 0;
    for (let round = 0; round < rounds; round++) {
      const seen = new Set([draws.below(servers)]);
      plain++;
      for (let at = -log(draws.uniformOpen()) / readsPerS; at < rebuildS; at -= log(draws.uniformOpen()) / readsPerS) {
        plain++;
        seen.add(draws.below(servers));
      }
      perServer += seen.size;
    }
    expect(Math.abs(plain / rounds - stampedeFetches(readsPerS, rebuildS))).toBeLessThan(0.09);
    expect(Math.abs(perServer / rounds - stampedeFetchesPerServerFlight(readsPerS, rebuildS, servers))).toBeLessThan(
      0.05,
    );
  });
});
