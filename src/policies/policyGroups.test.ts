import { describe, expect, it } from 'vitest';
import { allPolicies } from './allPolicies.ts';
import { policyGroups, policyTitles } from './policyGroups.ts';

describe('what policies are called', () => {
  it('is what the registry calls them, for every one that a live cache can have', () => {
    const live = allPolicies.filter(({ offline }) => offline !== true).map(({ id, title }) => [id, title]);
    expect(policyTitles).toEqual(Object.fromEntries(live));
  });

  it('has each in one group', () => {
    const grouped = policyGroups.flatMap(({ ids }) => ids);
    expect(grouped).toEqual(Object.keys(policyTitles));
    expect(new Set(grouped).size).toBe(grouped.length);
  });
});
