import { describe, expect, it } from 'vitest';
import { Truth } from './Truth.ts';

describe('Truth', () => {
  it('begins existing rows at version 1 and says 0 where there is no row', () => {
    const truth = new Truth(10_000);
    expect([truth.version(0), truth.version(9999), truth.version(10_000), truth.version(2_000_000)]).toEqual([
      1, 1, 0, 0,
    ]);
  });

  it('knows when each version was superseded', () => {
    const truth = new Truth(5);
    expect([truth.commit(3, 100), truth.commit(3, 250), truth.commit(3, 250), truth.commit(2, 300)]).toEqual([
      2, 3, 4, 2,
    ]);
    expect([1, 2, 3, 4].map((version) => truth.supersededUs(3, version))).toEqual([
      100,
      250,
      250,
      Number.POSITIVE_INFINITY,
    ]);
    expect([truth.version(3), truth.supersededUs(0, 1)]).toEqual([4, Number.POSITIVE_INFINITY]);
  });

  it('gives a row that was not there its first version', () => {
    const truth = new Truth(5);
    expect([truth.commit(7, 10), truth.commit(7, 20), truth.supersededUs(7, 0), truth.supersededUs(7, 1)]).toEqual([
      1, 2, 10, 20,
    ]);
  });

  it('answers with the oldest known time for what lies too far back', () => {
    const truth = new Truth(1);
    for (let commit = 1; commit <= 10_000; commit++) truth.commit(0, commit * 10);
    // Version v was superseded by commit v, at 10·v.
    expect([truth.supersededUs(0, 9_999), truth.supersededUs(0, 8_000)]).toEqual([99_990, 80_000]);
    const oldest = truth.supersededUs(0, 1);
    expect(oldest).toBeGreaterThan(10);
    expect(oldest).toBeLessThanOrEqual(79_520);
  });
});
