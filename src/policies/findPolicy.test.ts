import { describe, expect, it } from 'vitest';
import { allPolicies, createAnyPolicy } from './allPolicies.ts';
import { createPolicy, policies } from './index.ts';
import { testContext } from './twins/DrivenCache.ts';
import { twins } from './twins/index.ts';

describe('the registry', () => {
  it('has what every simulation has among all there are', () => {
    expect(policies.map(({ id }) => id)).toEqual(['lru']);
    expect(allPolicies).toEqual(expect.arrayContaining([...policies]));
  });

  it('has each policy once, with its twin', () => {
    const ids = allPolicies.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(twins).sort()).toEqual(ids.toSorted());
  });

  it.each([
    ['lur', 'lru'],
    ['FIFO', 'fifo'],
    ['randon', 'random'],
    ['ttlonly', 'ttl-only'],
  ])('asked for %s, names %s', (wrong, meant) => {
    const message = `no eviction policy '${wrong}'; did you mean '${meant}'?`;
    expect(() => createAnyPolicy(wrong, testContext(1))).toThrow(message);
  });

  it('names LRU to a simulation that has nothing else', () => {
    expect(() => createPolicy('lur', testContext(1))).toThrow("no eviction policy 'lur'; did you mean 'lru'?");
  });

  it('names among all policies those that only all have', () => {
    expect(() => createAnyPolicy('s3fifo', testContext(1))).toThrow("did you mean 's3-fifo'?");
    expect(() => createAnyPolicy('w-tinylf', testContext(1))).toThrow("did you mean 'w-tinylfu'?");
  });

  it('answers anything else with an error too', () => {
    for (const wrong of ['', '__proto__', 'constructor', 'x'.repeat(100000)]) {
      expect(() => createPolicy(wrong, testContext(1))).toThrow(RangeError);
      expect(() => createAnyPolicy(wrong, testContext(1))).toThrow(RangeError);
    }
  });
});
