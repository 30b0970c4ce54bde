import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { belady } from './belady.ts';
import { testContext } from './twins/DrivenCache.ts';

/** The most hits of any choice of victims, all of them tried: a newcomer always comes in. */
function best(keys: readonly number[], capacity: number): number {
  let states = new Map<string, number>([['', 0]]);
  for (const key of keys) {
    const next = new Map<string, number>();
    const reach = (resident: number[], hits: number): void => {
      const name = resident.sort((a, b) => a - b).join();
      next.set(name, Math.max(next.get(name) ?? 0, hits));
    };
    for (const [name, hits] of states) {
      const resident = name === '' ? [] : name.split(',').map(Number);
      if (resident.includes(key)) reach(resident, hits + 1);
      else if (resident.length < capacity) reach([...resident, key], hits);
      else for (const victim of resident) reach([...resident.filter((id) => id !== victim), key], hits);
    }
    states = next;
  }
  return Math.max(...states.values());
}

describe('Belady’s MIN', () => {
  it('hits as often as the best of all choices', () => {
    const run = fc.property(
      fc.array(fc.nat(6), { minLength: 1, maxLength: 30, size: 'max' }),
      fc.integer({ min: 1, max: 5 }),
      (keys, c) => {
        const policy = belady.create(testContext(c, keys));
        expect(policy.replay(Uint32Array.from(keys), 0, keys.length)).toBe(best(keys, c));
      },
    );
    fc.assert(run, { numRuns: 200 });
  });

  // Belady's string; the counts of faults are those of the textbooks.
  it.each([
    [3, 7],
    [4, 6],
  ])('with %i frames faults on the string of the anomaly %i times', (frames, faults) => {
    const keys = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
    const policy = belady.create(testContext(frames, keys));
    expect(keys.length - policy.replay(Uint32Array.from(keys), 0, keys.length)).toBe(faults);
  });

  it('will not be made without a future, nor led out of step with it', () => {
    expect(() => belady.create({ ...testContext(2), future: undefined })).toThrow(RangeError);
    const policy = belady.create(testContext(2, [5, 6, 5]));
    policy.insert(5);
    expect(() => policy.insert(7)).toThrow('request 1 is for 6, not for 7');
    expect(() => policy.replay(Uint32Array.of(5, 6, 5), 0, 3)).toThrow('stands at request 1');
    policy.clear();
    expect(policy.replay(Uint32Array.of(5, 6, 5), 0, 3)).toBe(1);
  });

  it('shows how far off each next request is', () => {
    const policy = belady.create(testContext(3, [1, 2, 3, 2, 1]));
    for (const id of [1, 2, 3]) policy.insert(id);
    expect(policy.inspect().lists[0].cells).toEqual([
      { id: 3, marks: [] },
      { id: 1, marks: [{ name: 'next', value: 2 }] },
      { id: 2, marks: [{ name: 'next', value: 1 }] },
    ]);
  });
});
