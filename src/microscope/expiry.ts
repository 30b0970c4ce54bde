/** When keys expire in the microscope. */
export interface Expiry {
  /** The shortest life of a key that expires, in accesses. */
  lifetime: number;
  /** How long a key lives once it is in the cache, in accesses; null where it never expires. */
  lifetimeOf(id: number): number | null;
}

/**
 * The expiries a policy is shown with; null where it asks for none. TTL-only: every key lives for twice as many accesses as there
 * are slots. The volatile policies of Redis: every other key, in order of first appearance, lives for a long and uneven time.
 */
export function expiryOf(policy: string, capacity: number): Expiry | null {
  if (policy === 'ttl-only') return { lifetime: 2 * capacity, lifetimeOf: () => 2 * capacity };
  if (!policy.startsWith('redis-volatile')) return null;
  // Uneven, so that the nearest expiry is not just the oldest key.
  const lifetimeOf = (id: number): number | null => (id % 2 === 0 ? capacity * (4 + ((id * 5) % 7)) : null);
  return { lifetime: 4 * capacity, lifetimeOf };
}
