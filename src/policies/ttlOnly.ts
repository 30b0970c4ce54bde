import type { Policy, PolicyEntry } from './Policy.ts';

/** Never evicts: a full cache takes nothing new until something expires or is deleted. */
class TtlOnly implements Policy {
  touch(): void {}

  insert(): void {}

  remove(): void {}

  evict(): number {
    return -1;
  }

  clear(): void {}

  order(): number[] {
    return [];
  }
}

/** Registry line of the cache that leaves only by expiry. */
export const ttlOnly: PolicyEntry = {
  id: 'ttl-only',
  title: 'TTL only',
  summary: 'Evicts nothing: entries leave when they expire, and while the cache is full newcomers are refused.',
  source: 'Redis documentation, "Key eviction", maxmemory-policy noeviction',
  create: () => new TtlOnly(),
};
