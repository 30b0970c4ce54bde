import { describe, expect, it } from 'vitest';
import type { Policy } from './Policy.ts';
import { testContext } from './twins/DrivenCache.ts';
import { wTinyLfu, wTinyLfuClimbing } from './wTinyLfu.ts';

const listOf = (policy: Policy, id: string) => policy.inspect().lists.find((list) => list.id === id);
const idsOf = (policy: Policy, id: string): number[] => (listOf(policy, id)?.cells ?? []).map((cell) => cell.id);

describe('W-TinyLFU', () => {
  it.each([
    [1, 1, 0],
    [4, 1, 2],
    [16, 1, 12],
    [100, 1, 79],
    [101, 2, 79],
    [1000, 10, 792],
  ])('of %i entries has a window of %i and protects %i at most', (capacity, window, main) => {
    const policy = wTinyLfu.create(testContext(capacity));
    expect([listOf(policy, 'window')?.limit, listOf(policy, 'protected')?.limit]).toEqual([window, main]);
  });

  it('turns a scan away at the door', () => {
    const policy = wTinyLfu.create(testContext(10));
    const hot = Array.from({ length: 90 }, (_, i) => i % 9);
    const scan = Array.from({ length: 30 }, (_, i) => 100 + i);
    policy.replay(Uint32Array.from([...hot, ...scan]), 0, 120);
    expect([...idsOf(policy, 'probation'), ...idsOf(policy, 'protected')].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    const duel = listOf(policy, 'duel')?.cells ?? [];
    expect(duel[0].id).toBe(128);
    expect(duel.map(({ marks }) => marks.find(({ name }) => name === 'stays')?.value)).toEqual([0, 1]);
  });

  it('rejects the candidate at a tie', () => {
    const policy = wTinyLfu.create(testContext(2));
    for (const id of [1, 2]) policy.insert(id);
    // 1 fell out of the window while there was room; 2 is the candidate, and both were asked for once.
    expect(policy.evict(3)).toBe(2);
    policy.insert(3);
    policy.touch(3);
    expect(policy.evict(4)).toBe(1);
  });

  it.each([
    [5, 0, 0],
    [6, 1 / 128, 0.0014],
  ])('lets a candidate of frequency %i in once in so many lost duels', (frequency, odds, error) => {
    const rounds = 20_000;
    let admitted = 0;
    const context = testContext(2);
    for (let round = 0; round < rounds; round++) {
      const policy = wTinyLfu.create(context);
      policy.insert(1);
      for (let i = 1; i < 8; i++) policy.touch(1);
      policy.insert(2);
      for (let i = 1; i < frequency; i++) policy.touch(2);
      admitted += policy.evict(3) === 1 ? 1 : 0;
    }
    // Two standard deviations of the draw are 0.0012.
    expect(Math.abs(admitted / rounds - odds)).toBeLessThanOrEqual(error);
  });

  it('hears of a newcomer once, however many must make room for it', () => {
    const policy = wTinyLfu.create(testContext(4));
    for (const id of [1, 2, 3, 4]) policy.insert(id);
    const additions = () => policy.inspect().gauges[0].value;
    expect(additions()).toBe(4);
    for (let i = 0; i < 3; i++) policy.evict(5);
    policy.insert(5);
    expect(additions()).toBe(5);
  });
});

describe('W-TinyLFU, climbing', () => {
  // New keys, and between them the fifteen before, each once more and in another order: only who is new is worth its place.
  const keys = Uint32Array.from({ length: 60_000 }, (_, i) => {
    const [turn, at] = [Math.floor(i / 30), (i >> 1) % 15];
    return i % 2 === 0 ? 15 * (turn + 1) + at : 15 * turn + ((7 * at) % 15);
  });

  it('widens its window where newcomers are soon asked for again, and hits more for it', () => {
    const [fixed, climbing] = [wTinyLfu, wTinyLfuClimbing].map((entry) => entry.create(testContext(100)));
    const [fixedHits, climbingHits] = [fixed, climbing].map((policy) => policy.replay(keys, 0, keys.length));
    expect(climbingHits).toBeGreaterThan(1.5 * fixedHits);
    expect(listOf(climbing, 'window')?.limit).toBeGreaterThan(30);
  });

  it('moves the border between window and protected, and leaves nobody behind', () => {
    const policy = wTinyLfuClimbing.create(testContext(100));
    const limits = new Set<number>();
    for (let from = 0; from < keys.length; from += 500) {
      policy.replay(keys, from, from + 500);
      const [window, probation, main] = ['window', 'probation', 'protected'].map((id) => listOf(policy, id));
      const sizes = [window, probation, main].map((list) => list?.cells.length ?? 0);
      expect(sizes[0] + sizes[1] + sizes[2]).toBe(100);
      expect((window?.limit ?? 0) + (main?.limit ?? 0)).toBe(80);
      expect(sizes[0]).toBeLessThanOrEqual(window?.limit ?? 0);
      expect(sizes[2]).toBeLessThanOrEqual(main?.limit ?? 0);
      limits.add(window?.limit ?? 0);
    }
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(1);
    expect(limits.size).toBeGreaterThan(10);
  });
});
