import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnyPolicy } from '../policies/allPolicies.ts';
import { Stream } from '../random/Stream.ts';
import { evictionIds } from '../scenario/schema.ts';
import { CAUSE } from '../spans/codes.ts';
import { CacheStore, type CacheStoreLimits } from './CacheStore.ts';

const NEVER = Number.POSITIVE_INFINITY;

interface Step {
  verb: 'get' | 'set' | 'remove' | 'pass' | 'expireDue' | 'clear' | 'limits' | 'policy';
  key: number;
  amount: number;
}

const weighted = (weight: number, ...verbs: Step['verb'][]) => ({ weight, arbitrary: fc.constantFrom(...verbs) });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    verb: fc.oneof(weighted(30, 'get', 'set', 'set'), weighted(6, 'remove', 'pass'), weighted(1, 'clear', 'limits')),
    key: fc.nat(29),
    amount: fc.nat(9),
  }),
  { maxLength: 250 },
);
const limitsArbitrary = fc.record({
  capacityEntries: fc.constantFrom(1, 2, 3, 7, 20, NEVER),
  capacityBytes: fc.constantFrom(1, 10, 40, 90, NEVER),
  // An estimate may be far off in either direction.
  entryBytes: fc.constantFrom(1, 5, 50),
});

/** A store under a policy, held to what every store keeps; and what happened in it. */
class Watched {
  readonly log: string[] = [];
  nowUs = 0;
  private readonly held = new Map<number, { version: number; bytes: number; expiresUs: number }>();
  private readonly store: CacheStore;
  private limits: CacheStoreLimits;
  /** Whoever went to make room, since the last step. */
  private evicted: number[] = [];

  constructor(limits: CacheStoreLimits, seed: number) {
    const stream = new Stream(seed, 'luck');
    this.limits = limits;
    const owner = {
      evicted: (key: number) => {
        this.log.push(`evicted ${key}`);
        this.evicted.push(key);
      },
      expired: (key: number) => {
        this.log.push(`expired ${key}`);
        expect(this.held.get(key)?.expiresUs).toBeLessThanOrEqual(this.nowUs);
        this.held.delete(key);
      },
      wakeAt: () => {},
    };
    this.store = new CacheStore(limits, owner, { createPolicy: createAnyPolicy, below: (n) => stream.below(n) });
  }

  do({ verb, key, amount }: Step, version: number): void {
    const { store } = this;
    if (verb === 'pass') this.nowUs += [1, 3, 20, 1e6, 5e6, 60e6, 1, 1, 1, 1][amount];
    if (verb === 'get') this.get(key);
    if (verb === 'set') this.set(key, version, amount);
    if (verb === 'remove') expect(store.remove(key, CAUSE.invalidated)).toBe(this.held.delete(key));
    if (verb === 'expireDue') store.expireDue(this.nowUs);
    if (verb === 'clear') {
      store.clear(CAUSE['node-lost']);
      this.held.clear();
    }
    if (verb === 'limits')
      this.change({ ...this.limits, capacityEntries: 1 + amount * 2, capacityBytes: 10 + key * 4 });
    if (verb === 'policy')
      this.change({ ...this.limits, eviction: evictionIds[(key * 10 + amount) % evictionIds.length] });
    this.check(verb === 'limits' || verb === 'policy' || this.log.at(-1) === 'stored');
  }

  private get(key: number): void {
    const version = this.store.get(key, this.nowUs);
    this.log.push(`got ${version}`);
    expect(version).toBe(this.held.get(key)?.version ?? -1);
  }

  private set(key: number, version: number, amount: number): void {
    const { held, store } = this;
    const bytes = amount + 1;
    const ttlUs = amount % 3 === 0 ? NEVER : amount * 1e6;
    this.evicted = [];
    const before = held.has(key);
    const result = store.set(key, version, bytes, ttlUs, this.nowUs);
    this.log.push(result);
    // Whoever made room was there, and was not the newcomer; only an entry that could not be replaced goes itself.
    if (result !== 'refused') expect(this.evicted).not.toContain(key);
    for (const victim of this.evicted) expect(held.delete(victim)).toBe(true);
    if (result === 'refused') expect(held.has(key)).toBe(false);
    else held.set(key, { version, bytes, expiresUs: this.nowUs + ttlUs });
    if (result === 'overwritten') expect(before).toBe(true);
  }

  private change(limits: CacheStoreLimits): void {
    this.evicted = [];
    this.limits = limits;
    this.store.reconfigure(limits, this.nowUs);
    for (const victim of this.evicted) expect(this.held.delete(victim)).toBe(true);
  }

  private check(madeRoom: boolean): void {
    const { store, held, limits } = this;
    const bytes = [...held.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    expect([store.entries, store.bytes]).toEqual([held.size, bytes]);
    const isAbove = store.entries > limits.capacityEntries || store.bytes > limits.capacityBytes;
    // Limits that shrink cannot be kept by a policy that evicts nobody, or nobody who does not expire.
    if (isAbove) expect(limits.eviction).toMatch(/^(ttl-only|redis-noeviction|redis-volatile-\w+)$/);
    // An entry that is replaced in its place makes no room, though it may expire from now on.
    if (isAbove && madeRoom && limits.eviction.startsWith('redis-volatile'))
      expect([...held.values()].every(({ expiresUs }) => expiresUs === NEVER)).toBe(true);
  }
}

function run(limits: CacheStoreLimits, seed: number, all: readonly Step[]): string[] {
  const watched = new Watched(limits, seed);
  all.forEach((step, version) => {
    watched.do({ ...step, verb: 'expireDue' }, version);
    watched.do(step, version);
  });
  return watched.log;
}

describe.each(evictionIds)('a store under %s', (eviction) => {
  it('keeps its limits, pushes out only whom it holds, knows what it holds, and does the same again', () => {
    const property = fc.property(limitsArbitrary, steps, fc.nat(100), (limits, all, seed) => {
      const log = run({ ...limits, eviction }, seed, all);
      expect(run({ ...limits, eviction }, seed, all)).toEqual(log);
    });
    fc.assert(property, { numRuns: 120 });
  });

  it('uses all of its room before anybody leaves', () => {
    const watched = new Watched({ capacityEntries: 20, capacityBytes: NEVER, eviction }, 1);
    for (let key = 0; key < 20; key++) watched.do({ verb: 'set', key, amount: 1 }, key);
    expect(watched.log).toEqual(Array(20).fill('stored'));
    for (let key = 0; key < 20; key++) watched.do({ verb: 'get', key, amount: 1 }, 0);
    expect(watched.log.slice(20)).toEqual(Array.from({ length: 20 }, (_, version) => `got ${version}`));
  });
});

describe('a store whose policy changes', () => {
  it('goes on with what it holds, whatever it evicts by from now on', () => {
    const turning = steps.map((all) =>
      all.map((step): Step => (step.verb === 'remove' && step.amount < 5 ? { ...step, verb: 'policy' } : step)),
    );
    fc.assert(
      fc.property(limitsArbitrary, turning, fc.constantFrom(...evictionIds), (limits, all, eviction) => {
        run({ ...limits, eviction }, 1, all);
      }),
      { numRuns: 600 },
    );
  });
});

describe('the policies of Redis in a store', () => {
  const ten = (eviction: string, ttlUs: (key: number) => number) => {
    const told: string[] = [];
    const owner = { evicted: (key: number) => told.push(`${key}`), expired: () => {}, wakeAt: () => {} };
    const limits = { capacityEntries: 10, capacityBytes: NEVER, eviction };
    const stream = new Stream(1, 'luck');
    const store = new CacheStore(limits, owner, { createPolicy: createAnyPolicy, below: (n) => stream.below(n) });
    for (let key = 0; key < 10; key++) store.set(key, 1, 1, ttlUs(key), key * 1e6);
    return { store, told };
  };

  it('volatile ones push out nobody who does not expire, and then refuse', () => {
    const { store, told } = ten('redis-volatile-lru', (key) => (key < 2 ? 1e9 : NEVER));
    const results = [20, 21, 22].map((key) => store.set(key, 1, 1, NEVER, 11e6));
    expect([results, told.sort()]).toEqual([
      ['stored', 'stored', 'refused'],
      ['0', '1'],
    ]);
    expect([store.get(22, 11e6), store.causeOf(22)]).toEqual([-1, CAUSE['refused-entry']]);
    // With a time to live a stored key becomes one that may leave; without, it no longer is.
    expect(store.set(20, 2, 1, 1e9, 12e6)).toBe('overwritten');
    expect([store.set(23, 1, 1, NEVER, 13e6), told.at(-1)]).toEqual(['stored', '20']);
    store.set(21, 2, 1, 1e9, 14e6);
    store.set(21, 3, 1, NEVER, 15e6);
    expect(store.set(24, 1, 1, NEVER, 16e6)).toBe('refused');
  });

  it('volatile-ttl pushes out the one that ends first among those it has seen', () => {
    const { store, told } = ten('redis-volatile-ttl', (key) => (100 - key) * 1e6 - key * 1e6);
    for (let key = 20; key < 60; key++) store.set(key, 1, 1, 1e12, 11e6);
    expect(told.indexOf('9')).toBeLessThan(told.indexOf('0'));
    expect(told.indexOf('8')).toBeLessThan(told.indexOf('1'));
  });

  it('noeviction refuses what is new and takes what replaces', () => {
    const { store, told } = ten('redis-noeviction', () => 1e9);
    expect([store.set(30, 1, 1, NEVER, 1e7), store.set(3, 9, 1, NEVER, 1e7), told]).toEqual([
      'refused',
      'overwritten',
      [],
    ]);
    store.remove(5, CAUSE.invalidated);
    expect(store.set(30, 1, 1, NEVER, 1e7)).toBe('stored');
  });

  it('allkeys-lru goes by the clock of the calls', () => {
    const { store, told } = ten('redis-allkeys-lru', () => NEVER);
    for (const key of [0, 1, 2, 3]) store.get(key, 20e6);
    for (let key = 40; key < 46; key++) store.set(key, 1, 1, NEVER, 21e6);
    // Five of ten are seen at a time and sixteen remembered, so most of the six longest idle go first.
    expect(told.filter((key) => Number(key) >= 4).length).toBeGreaterThanOrEqual(5);
  });
});
