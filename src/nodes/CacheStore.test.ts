import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnyPolicy } from '../policies/allPolicies.ts';
import { Stream } from '../random/Stream.ts';
import { CAUSE } from '../spans/codes.ts';
import { CacheStore, type CacheStoreLimits } from './CacheStore.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** A store and what it has told its owner. */
function storeWith(limits: Partial<CacheStoreLimits>) {
  const told: string[] = [];
  const stream = new Stream(1, 'test');
  const owner = {
    evicted: (key: number) => told.push(`evicted ${key}`),
    expired: (key: number) => told.push(`expired ${key}`),
    wakeAt: (atUs: number) => told.push(`wake ${atUs}`),
  };
  const full = { capacityEntries: NEVER, capacityBytes: NEVER, eviction: 'lru', ...limits };
  return { store: new CacheStore(full, owner, { createPolicy: createAnyPolicy, below: (n) => stream.below(n) }), told };
}

interface Entry {
  key: number;
  version: number;
  bytes: number;
  expiresUs: number;
}

/** The plainest store that could work: a list from the next victim to the last, in the order of LRU or FIFO. */
class PlainStore {
  entries: Entry[] = [];
  readonly causes = new Map<number, number>();
  evictions = 0;
  expirations = 0;
  readonly limits: CacheStoreLimits;

  constructor(limits: CacheStoreLimits) {
    this.limits = limits;
  }

  find(key: number): Entry | undefined {
    return this.entries.find((entry) => entry.key === key);
  }

  drop(key: number, cause: number): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter((entry) => entry.key !== key);
    if (this.entries.length === before) return false;
    this.causes.set(key, cause);
    return true;
  }

  expire(nowUs: number): void {
    for (const { key } of this.entries.filter(({ expiresUs }) => expiresUs <= nowUs)) {
      this.drop(key, CAUSE.expired);
      this.expirations++;
    }
  }

  get(key: number, nowUs: number): number {
    const entry = this.find(key);
    if (entry !== undefined && entry.expiresUs <= nowUs) {
      this.drop(key, CAUSE.expired);
      this.expirations++;
    }
    const held = this.find(key);
    if (held === undefined) return -1;
    if (this.limits.eviction === 'lru') this.entries = [...this.entries.filter((other) => other !== held), held];
    return held.version;
  }

  bytes(): number {
    return this.entries.reduce((sum, entry) => sum + entry.bytes, 0);
  }

  set(entry: Entry): string {
    const held = this.find(entry.key);
    if (held !== undefined && this.bytes() - held.bytes + entry.bytes <= this.limits.capacityBytes) {
      // A store over a key leaves it where it stands in line; under LRU that counts as a use.
      const place = this.limits.eviction === 'lru' ? this.entries.length - 1 : this.entries.indexOf(held);
      this.entries = this.entries.filter((other) => other !== held);
      this.entries.splice(place, 0, entry);
      return 'overwritten';
    }
    const before = this.drop(entry.key, CAUSE.invalidated);
    const { capacityEntries, capacityBytes, eviction } = this.limits;
    const fits = () => this.entries.length + 1 <= capacityEntries && this.bytes() + entry.bytes <= capacityBytes;
    const evicts = eviction !== 'ttl-only' && entry.bytes <= capacityBytes;
    while (!fits()) {
      if (!evicts) break;
      this.drop(this.entries[0].key, CAUSE.capacity);
      this.evictions++;
    }
    if (!fits()) {
      if (before) this.evictions++;
      this.causes.set(entry.key, CAUSE['refused-entry']);
      return 'refused';
    }
    this.entries.push(entry);
    return before ? 'overwritten' : 'stored';
  }
}

const step = fc.record({
  verb: fc.constantFrom('get', 'get', 'get', 'set', 'set', 'set', 'remove', 'pass', 'expireDue', 'clear'),
  key: fc.nat(12),
  amount: fc.nat(9),
});
const limitsArbitrary = fc.record({
  capacityEntries: fc.constantFrom(1, 2, 3, 7, NEVER),
  capacityBytes: fc.constantFrom(1, 10, 25, NEVER),
  eviction: fc.constantFrom('lru', 'fifo', 'ttl-only'),
});

describe('CacheStore', () => {
  it('does as the plainest store does, under limits in entries and bytes, with and without time to live', () => {
    const property = fc.property(limitsArbitrary, fc.array(step, { maxLength: 200 }), (limits, steps) => {
      const { store, told } = storeWith(limits);
      const plain = new PlainStore(limits);
      let nowUs = 0;
      steps.forEach(({ verb, key, amount }, version) => {
        if (verb === 'get') {
          const found = plain.get(key, nowUs);
          expect(store.get(key, nowUs)).toBe(found);
          if (found < 0) expect(store.causeOf(key)).toBe(plain.causes.get(key) ?? CAUSE.first);
        } else if (verb === 'set') {
          const ttlUs = amount % 3 === 0 ? NEVER : amount * 4;
          expect(store.set(key, version, amount + 1, ttlUs, nowUs)).toBe(
            plain.set({ key, version, bytes: amount + 1, expiresUs: nowUs + ttlUs }),
          );
        } else if (verb === 'remove') {
          expect(store.remove(key, CAUSE.invalidated)).toBe(plain.drop(key, CAUSE.invalidated));
        } else if (verb === 'pass') nowUs += amount;
        else if (verb === 'expireDue') {
          store.expireDue(nowUs);
          plain.expire(nowUs);
        } else if (amount === 0) {
          expect(store.clear(CAUSE['node-lost'])).toBe(plain.entries.length);
          for (const entry of plain.entries) plain.causes.set(entry.key, CAUSE['node-lost']);
          plain.entries = [];
        }
        expect([store.entries, store.bytes]).toEqual([plain.entries.length, plain.bytes()]);
        const live = plain.find(key);
        expect(store.holds(key, nowUs)).toBe(live !== undefined && live.expiresUs > nowUs);
      });
      const count = (what: string) => told.filter((line) => line.startsWith(what)).length;
      expect([count('evicted'), count('expired')]).toEqual([plain.evictions, plain.expirations]);
    });
    fc.assert(property, { numRuns: 1500 });
  });

  it('holds an entry until the microsecond before its time to live ends', () => {
    const { store, told } = storeWith({});
    store.set(1, 5, 1, 100, 1000);
    expect([store.get(1, 1099), store.get(1, 1100), store.causeOf(1)]).toEqual([5, -1, CAUSE.expired]);
    expect(told).toEqual(['wake 1100', 'expired 1']);
  });

  it('does not renew the time to live on a hit, but on a store', () => {
    const { store } = storeWith({});
    store.set(1, 5, 1, 100, 0);
    store.get(1, 90);
    expect(store.holds(1, 100)).toBe(false);
    store.set(1, 6, 1, 100, 99);
    expect([store.holds(1, 198), store.holds(1, 199)]).toEqual([true, false]);
  });

  it('asks to be woken only for an earlier expiry than it waits for, and again after each', () => {
    const { store, told } = storeWith({});
    store.set(1, 1, 1, 500, 0);
    store.set(2, 1, 1, 900, 0);
    store.set(3, 1, 1, 200, 0);
    store.expireDue(200);
    store.expireDue(500);
    store.set(4, 1, 1, NEVER, 500);
    expect(told).toEqual(['wake 500', 'wake 200', 'expired 3', 'wake 500', 'expired 1', 'wake 900']);
  });

  it('counts every look-up of an unknown key as its first', () => {
    const { store } = storeWith({ capacityEntries: 1 });
    expect([store.get(40_000, 0), store.causeOf(40_000), store.causeOf(50_000)]).toEqual([
      -1,
      CAUSE.first,
      CAUSE.first,
    ]);
    store.set(40_000, 1, 1, NEVER, 0);
    store.set(7, 1, 1, NEVER, 0);
    expect([store.get(40_000, 0), store.causeOf(40_000)]).toEqual([-1, CAUSE.capacity]);
  });

  it('shrinks by its policy and keeps the order that it had', () => {
    const { store, told } = storeWith({ capacityEntries: 4, eviction: 'lru' });
    for (const key of [10, 11, 12, 13]) store.set(key, 1, 1, NEVER, 0);
    store.get(10, 1);
    store.reconfigure({ capacityEntries: 2, capacityBytes: NEVER, eviction: 'lru' }, 1);
    expect(told).toEqual(['evicted 11', 'evicted 12']);
    store.set(14, 1, 1, NEVER, 2);
    expect(told.at(-1)).toBe('evicted 13');
  });

  it('shrinks to a limit in bytes, and takes a new policy with what it holds', () => {
    const { store, told } = storeWith({ capacityBytes: 100, eviction: 'random' });
    for (const key of [5, 3, 4, 1]) store.set(key, 1, 20, NEVER, 0);
    store.reconfigure({ capacityEntries: NEVER, capacityBytes: 100, eviction: 'fifo' }, 0);
    expect(told).toEqual([]);
    store.reconfigure({ capacityEntries: NEVER, capacityBytes: 45, eviction: 'fifo' }, 0);
    expect(told).toEqual(['evicted 1', 'evicted 3']);
    expect([store.entries, store.bytes]).toEqual([2, 40]);
  });

  it('expires what it should however often entries were replaced before their time', () => {
    const { store, told } = storeWith({});
    for (let round = 0; round < 20_000; round++) store.set(round % 3, round, 1, 1_000_000 + round, round);
    store.expireDue(1_039_998);
    const expired = told.filter((line) => line.startsWith('expired'));
    expect(expired).toEqual(['expired 0', 'expired 1', 'expired 2'].sort((a, b) => (a < b ? -1 : 1)));
    expect([store.entries, store.bytes]).toEqual([0, 0]);
  });
});
