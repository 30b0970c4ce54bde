import type { CreatePolicy, Policy, PolicyContext } from '../policies/Policy.ts';
import { CAUSE } from '../spans/codes.ts';
import { ExpiryHeap } from './ExpiryHeap.ts';
import type { Entry } from './Handles.ts';

/** What a store tells its owner of entries that leave by themselves. */
export interface CacheStoreOwner {
  /** `key` was pushed out to make room. */
  evicted(key: number): void;
  /** The TTL of `key` ended. */
  expired(key: number): void;
  /** A new earliest expiry: call `expireDue` then. */
  wakeAt(atUs: number): void;
}

/** Limits and policy of a store; `Infinity` where there is none. */
export interface CacheStoreLimits {
  capacityEntries: number;
  capacityBytes: number;
  eviction: string;
  /** Mean size of an entry, from which a policy that is told its capacity in entries estimates it; 1 where nothing is said. */
  entryBytes?: number;
}

/** What a store makes its policies with. */
export interface CacheStoreTools {
  createPolicy: CreatePolicy;
  /** A uniform integer in [0, n). */
  below(n: number): number;
}

/** In place of a newcomer where a store only shrinks. */
const NOBODY = -1;

/** Policies lay out tables for as many entries as they are told, so a cache without a limit tells them of more only as they come. */
const MOST_FORETOLD = 65_536;

/** About how many entries fit, as policies are told: whole, and at least one. */
function entriesThatFit({ capacityEntries, capacityBytes, entryBytes = 1 }: CacheStoreLimits): number {
  const fit = Math.min(capacityEntries, Math.floor(capacityBytes / Math.max(1, entryBytes)));
  return Math.max(1, Math.min(fit, MOST_FORETOLD));
}

/**
 * The contents of one cache: entries with version, size and expiry, under a limit in entries and bytes. Knows for every
 * key it does not hold why not. At equality an entry has expired (fresh means lifetime > age, RFC 9111 §4.2).
 */
export class CacheStore {
  entries = 0;
  bytes = 0;
  private limits: CacheStoreLimits;
  private policy: Policy;
  private present = new Uint8Array(1024);
  private versions = new Int32Array(1024);
  private sizes = new Float64Array(1024);
  private expiresUs = new Float64Array(1024);
  /** When an entry stops being fresh; it may be kept for some time beyond. */
  private freshUs = new Float64Array(1024);
  private storedUs = new Float64Array(1024);
  private costsUs = new Float64Array(1024);
  private uses = new Int32Array(1024);
  private gone = new Uint8Array(1024).fill(CAUSE.first);
  private readonly expiry = new ExpiryHeap();
  private armedUs = Number.POSITIVE_INFINITY;
  private readonly owner: CacheStoreOwner;
  private readonly tools: CacheStoreTools;
  /** What every policy of this store is told; the clock moves with the calls. */
  private readonly context: PolicyContext;

  constructor(limits: CacheStoreLimits, owner: CacheStoreOwner, tools: CacheStoreTools) {
    this.limits = limits;
    this.owner = owner;
    this.tools = tools;
    this.context = {
      capacityEntries: entriesThatFit(limits),
      below: (n) => tools.below(n),
      clock: { nowUs: 0 },
      requestIntervalUs: 0,
      expiresUs: (key) => this.expiresUs[key],
    };
    this.policy = this.makePolicy();
  }

  /** The version held, or −1; `causeOf` then says why. */
  get(key: number, nowUs: number): number {
    this.ensure(key);
    this.context.clock.nowUs = nowUs;
    if (this.present[key] === 0) return -1;
    if (this.expiresUs[key] <= nowUs) {
      this.drop(key, CAUSE.expired);
      this.owner.expired(key);
      return -1;
    }
    this.policy.touch(key);
    this.uses[key]++;
    return this.versions[key];
  }

  /** Whether the entry of a key that is held is past its time to live, and kept only for those who take such. */
  isOverdue(key: number, nowUs: number): boolean {
    return this.freshUs[key] <= nowUs;
  }

  /** All that is known of the entry of a key that is held. */
  entry(key: number): Entry {
    return {
      value: this.versions[key],
      storedUs: this.storedUs[key],
      freshUntilUs: this.freshUs[key],
      expiresUs: this.expiresUs[key],
      costUs: this.costsUs[key],
      uses: this.uses[key],
    };
  }

  /** The version of a live entry without counting as a look-up; −1 where there is none. */
  peek(key: number, nowUs: number): number {
    return this.holds(key, nowUs) ? this.versions[key] : -1;
  }

  /** Why a key that is not held is not held. */
  causeOf(key: number): number {
    this.ensure(key);
    return this.gone[key];
  }

  /** Whether a live entry is held, without counting as a look-up. */
  holds(key: number, nowUs: number): boolean {
    return key < this.present.length && this.present[key] === 1 && this.expiresUs[key] > nowUs;
  }

  /**
   * Stores; pushes others out as needed. `overwritten` where a live entry was replaced, `refused` where the policy does
   * not evict or the entry is larger than the cache; a live entry that it was to replace is then evicted. `graceUs` is how
   * long it is kept past its time to live, `costUs` what it took to load.
   */
  set(
    key: number,
    version: number,
    bytes: number,
    ttlUs: number,
    nowUs: number,
    graceUs = 0,
    costUs = 0,
  ): 'stored' | 'overwritten' | 'refused' {
    this.ensure(key);
    this.context.clock.nowUs = nowUs;
    const before = this.present[key] === 1;
    const stays = before && this.bytes - this.sizes[key] + bytes <= this.limits.capacityBytes;
    if (stays) this.bytes -= this.sizes[key];
    else {
      if (before) this.drop(key, CAUSE.invalidated);
      if (!this.makeRoom(bytes, key)) {
        if (before) this.owner.evicted(key);
        this.gone[key] = CAUSE['refused-entry'];
        return 'refused';
      }
      this.present[key] = 1;
      this.entries++;
    }
    this.versions[key] = version;
    this.sizes[key] = bytes;
    this.bytes += bytes;
    this.storedUs[key] = nowUs;
    this.freshUs[key] = nowUs + ttlUs;
    this.costsUs[key] = costUs;
    this.uses[key] = 0;
    const expiresUs = nowUs + ttlUs + graceUs;
    this.expiresUs[key] = expiresUs;
    // The policy may ask when it expires. An entry that stays keeps what is known of it, as a SET over a key does in Redis.
    if (stays) this.policy.touch(key);
    else this.tellOf(key);
    if (expiresUs < Number.POSITIVE_INFINITY) {
      if (this.expiry.length > 4 * this.entries + 4096) this.rebuildExpiry();
      else this.expiry.push(expiresUs, key);
      this.arm();
    }
    return before ? 'overwritten' : 'stored';
  }

  /** Removes; true where there was one. Its next miss has the given cause. */
  remove(key: number, cause: number): boolean {
    this.ensure(key);
    if (this.present[key] === 0) return false;
    this.drop(key, cause);
    return true;
  }

  /** A value of this key was not wanted here: where none is held, its next miss says so. */
  notAdmitted(key: number): void {
    this.ensure(key);
    if (this.present[key] === 0) this.gone[key] = CAUSE['not-admitted'];
  }

  /** Everything goes; every key's next miss has the cause given. Returns how many went. */
  clear(cause: number): number {
    const count = this.entries;
    for (let key = 0; key < this.present.length; key++) {
      if (this.present[key] === 1) {
        this.present[key] = 0;
        this.gone[key] = cause;
      }
    }
    this.entries = 0;
    this.bytes = 0;
    this.policy.clear();
    this.expiry.clear();
    return count;
  }

  /** Removes what has expired by now. */
  expireDue(nowUs: number): void {
    this.armedUs = Number.POSITIVE_INFINITY;
    while (this.expiry.firstUs <= nowUs) {
      const key = this.expiry.pop();
      if (this.present[key] === 1 && this.expiresUs[key] <= nowUs) {
        this.drop(key, CAUSE.expired);
        this.owner.expired(key);
      }
    }
    this.arm();
  }

  /** New limits: shrinks by the policy; a new policy starts from the entries held, in order of key. */
  reconfigure(limits: CacheStoreLimits, nowUs: number): void {
    const other = limits.eviction !== this.limits.eviction;
    const resized = entriesThatFit(limits) !== entriesThatFit(this.limits);
    this.limits = limits;
    this.context.clock.nowUs = nowUs;
    if (other) this.rebuildPolicy();
    if (resized) this.resizePolicy(entriesThatFit(limits));
    this.makeRoom(0, NOBODY);
  }

  /** Entries that left early lie in the heap until their time; when they outnumber the living, it is made anew. */
  private rebuildExpiry(): void {
    this.expiry.clear();
    for (let key = 0; key < this.present.length; key++) {
      if (this.present[key] === 1 && this.expiresUs[key] < Number.POSITIVE_INFINITY)
        this.expiry.push(this.expiresUs[key], key);
    }
  }

  private rebuildPolicy(): void {
    this.policy = this.makePolicy();
    let told = 0;
    for (let key = 0; key < this.present.length; key++) if (this.present[key] === 1) this.tellOf(key, ++told);
  }

  /** The policy hears of an entry, one of `entries` by now. Entries may be smaller than was thought: then more of them fit. */
  private tellOf(key: number, entries = this.entries): void {
    if (entries > this.context.capacityEntries) this.resizePolicy(entries + (entries >> 3));
    this.policy.insert(key);
  }

  private resizePolicy(capacityEntries: number): void {
    this.context.capacityEntries = capacityEntries;
    this.policy.resize(capacityEntries);
  }

  /** Makes room for a newcomer of that many bytes, or for nobody; false where that cannot be. */
  private makeRoom(bytes: number, newcomer: number): boolean {
    const { capacityEntries, capacityBytes } = this.limits;
    if (bytes > capacityBytes) return false;
    const newcomers = newcomer === NOBODY ? 0 : 1;
    while (this.entries + newcomers > capacityEntries || this.bytes + bytes > capacityBytes) {
      const victim = this.policy.evict(newcomer);
      if (victim < 0) return false;
      this.forget(victim, CAUSE.capacity);
      this.owner.evicted(victim);
    }
    return true;
  }

  private drop(key: number, cause: number): void {
    this.policy.remove(key);
    this.forget(key, cause);
  }

  private forget(key: number, cause: number): void {
    this.present[key] = 0;
    this.gone[key] = cause;
    this.bytes -= this.sizes[key];
    this.entries--;
  }

  private arm(): void {
    if (this.expiry.firstUs < this.armedUs) {
      this.armedUs = this.expiry.firstUs;
      this.owner.wakeAt(this.armedUs);
    }
  }

  private makePolicy(): Policy {
    return this.tools.createPolicy(this.limits.eviction, this.context);
  }

  private ensure(key: number): void {
    if (key < this.present.length) return;
    const length = Math.max(key + 1, this.present.length * 2);
    const grown = <A extends { set(source: A): void }>(next: A, old: A): A => {
      next.set(old);
      return next;
    };
    this.present = grown(new Uint8Array(length), this.present);
    this.versions = grown(new Int32Array(length), this.versions);
    this.sizes = grown(new Float64Array(length), this.sizes);
    this.expiresUs = grown(new Float64Array(length), this.expiresUs);
    this.freshUs = grown(new Float64Array(length), this.freshUs);
    this.storedUs = grown(new Float64Array(length), this.storedUs);
    this.costsUs = grown(new Float64Array(length), this.costsUs);
    this.uses = grown(new Int32Array(length), this.uses);
    this.gone = grown(new Uint8Array(length).fill(CAUSE.first), this.gone);
  }
}
