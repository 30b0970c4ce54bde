import { describe, expect, it } from 'vitest';
import { createAnyPolicy } from './allPolicies.ts';
import { testContext } from './twins/DrivenCache.ts';

function hitsOf(id: string, capacity: number, trace: readonly number[]): number {
  return createAnyPolicy(id, testContext(capacity, trace)).replay(Uint32Array.from(trace), 0, trace.length);
}

/** Whom a policy evicts, in order, and its hits, for requests that letters name. */
function runOf(id: string, capacity: number, letters: string): string {
  const policy = createAnyPolicy(id, testContext(capacity));
  const resident = new Set<number>();
  let log = '';
  for (const letter of letters) {
    const key = letter.charCodeAt(0) - 97;
    if (resident.has(key)) {
      policy.touch(key);
      log += '.';
      continue;
    }
    if (resident.size === capacity) {
      const victim = policy.evict(key);
      resident.delete(victim);
      log += String.fromCharCode(97 + victim);
    } else log += ' ';
    resident.add(key);
    policy.insert(key);
  }
  return log;
}

describe('known rows', () => {
  const belady = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];

  // Belady, Nelson and Shedler, "An anomaly in space-time characteristics of certain programs running in a paging machine", CACM 1969.
  it.each([
    ['fifo', 3, 9],
    ['fifo', 4, 10],
    ['lru', 3, 10],
    ['lru', 4, 8],
  ])('%s with %i frames faults on the string of Belady’s anomaly %i times', (id, frames, faults) => {
    expect(belady.length - hitsOf(id, frames, belady)).toBe(faults);
  });

  it.each(['lru', 'fifo', 'clock'])('%s never hits on a loop one key longer than the cache', (id) => {
    for (const capacity of [1, 2, 7, 20]) {
      const loop = Array.from({ length: 50 * (capacity + 1) }, (_, i) => i % (capacity + 1));
      expect(hitsOf(id, capacity, loop)).toBe(0);
      expect(hitsOf(id, capacity + 1, loop)).toBe(49 * (capacity + 1));
    }
  });

  it.each(['slru', '2q', 's3-fifo'])('a scan leaves %s what was used again, and lru nothing', (id) => {
    const hot = Array.from({ length: 400 }, (_, i) => i % 40);
    // The queues of 2Q and S3-FIFO let nobody in who did not leave them once.
    const fill = Array.from({ length: 80 }, (_, i) => 100 + i);
    const scan = Array.from({ length: 1000 }, (_, i) => 1000 + i);
    const before = [...hot, ...fill, ...hot];
    const after = Array.from({ length: 40 }, (_, i) => i);
    const extra = (policy: string): number =>
      hitsOf(policy, 100, [...before, ...scan, ...after]) - hitsOf(policy, 100, [...before, ...scan]);
    expect(extra('lru')).toBe(0);
    expect(extra(id)).toBe(40);
  });

  it('lfu keeps the often used, breaks ties by least recent use, and forgets counts on leaving', () => {
    const policy = createAnyPolicy('lfu', testContext(4));
    for (const id of [1, 2, 3, 4]) policy.insert(id);
    for (const id of [1, 1, 2, 3, 2]) policy.touch(id);
    expect(policy.order(9)).toEqual([4, 3, 1, 2]);
    policy.remove(1);
    policy.insert(1);
    expect(policy.order(9)).toEqual([4, 1, 3, 2]);
    expect(policy.order(2)).toEqual([4, 1]);
  });

  it('ttl-only keeps those who came first and refuses the rest', () => {
    expect(hitsOf('ttl-only', 2, [1, 2, 3, 3, 1, 4, 2])).toBe(2);
  });

  it('clock spares whom the hand finds used, once', () => {
    // The hand clears a, takes b; then c; then a, whose chance is spent.
    expect(runOf('clock', 3, 'abcadef')).toBe('   .bca');
  });

  it('sieve leaves survivors where they are', () => {
    // a is passed and stays at the tail; the hand goes on from b's place towards the newcomers.
    expect(runOf('sieve', 3, 'abcadef')).toBe('   .bcd');
  });

  it('slru lets newcomers displace each other only', () => {
    expect(runOf('slru', 5, 'abcdeabcdfghi')).toBe('     ....efgh');
  });

  it('2q takes into Am who returns after leaving A1in', () => {
    // Kin 1, Kout 2: a leaves first and is remembered; it returns to Am, where the next newcomers do not reach it.
    expect(runOf('2q', 4, 'abcdeafgha')).toBe('    abcde.');
  });

  it('s3-fifo keeps who was used twice, and lets a ghost into the main queue', () => {
    expect(runOf('s3-fifo', 3, 'aaabcdbe')).toBe(' ..  bcd');
  });
});
