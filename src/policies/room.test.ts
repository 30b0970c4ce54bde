import { describe, expect, it } from 'vitest';
import { grown, grownBytes, largestId } from './room.ts';

describe('arrays by id', () => {
  it('keep what there was and fill the rest, at twice the length or more', () => {
    const first = grown(new Int32Array(0), 0, -1);
    first[7] = 5;
    const second = grown(first, first.length, -1);
    expect(second.length).toBe(2 * first.length);
    expect([second[7], second[8], second[first.length], second.at(-1)]).toEqual([5, -1, -1, -1]);
    expect(grown(second, 1000000, 0).length).toBeGreaterThan(1000000);
  });

  it('of bytes grow alike', () => {
    const bytes = grownBytes(new Uint8Array([1, 2]), 5000);
    expect(bytes.length).toBeGreaterThan(5000);
    expect([bytes[0], bytes[1], bytes[2], bytes[5000]]).toEqual([1, 2, 0, 0]);
  });

  it('are made for the ids of a stretch', () => {
    const ids = Uint32Array.of(9, 3, 7, 8);
    expect([largestId(ids, 0, 4), largestId(ids, 1, 3), largestId(ids, 2, 2)]).toEqual([15, 7, -1]);
    expect(largestId(Uint32Array.of(1, 4294967295), 0, 2)).toBe(4294967295);
  });
});
