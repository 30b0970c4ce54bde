import { grow, trimmed } from './grow.ts';
import { Interner, MOST_IDS } from './Interner.ts';
import { Trace } from './Trace.ts';
import { type TraceLimits, traceLimits } from './traceLimits.ts';

/** Takes requests one after the other and makes a trace of them. Once `fullOf` is set it takes no more. */
export class TraceBuilder {
  /** How many requests there are so far. */
  requests = 0;
  /** Which limit has been reached; null while there is room. */
  fullOf: 'requests' | 'keyBytes' | null = null;
  private readonly interner: Interner;
  private readonly most: number;
  private ids = new Uint32Array(0);
  private times: Float32Array<ArrayBuffer> | null = null;
  private firstSecond = 0;
  private nowS = 0;

  /** `seed` is that of the interner; no trace depends on it. */
  constructor(limits: Pick<TraceLimits, 'requests' | 'keyBytes'> = traceLimits, seed = 1) {
    this.most = Math.min(limits.requests, MOST_IDS);
    this.interner = new Interner(seed, this.most, limits.keyBytes);
  }

  /** How many different keys there are so far. */
  get distinct(): number {
    return this.interner.distinct;
  }

  /** The next requests come at this time, seconds since anything. A time before the one before counts as that. */
  at(second: number): void {
    if (this.times === null) {
      this.times = new Float32Array(this.ids.length);
      this.firstSecond = second;
    }
    this.nowS = Math.max(this.nowS, second - this.firstSecond);
  }

  /** A request for the key in bytes [from, to). */
  add(bytes: Uint8Array, from: number, to: number): void {
    if (this.hasRoom()) this.push(this.interner.intern(bytes, from, to));
  }

  /** A request for the key that writes `key`, a whole number below 2^32. */
  addNumber(key: number): void {
    if (this.hasRoom()) this.push(this.interner.internNumber(key));
  }

  /** Requests for the keys that write these whole numbers below 2^32, all at the same time. */
  addNumbers(keys: Uint32Array): void {
    if (!this.hasRoom()) return;
    const first = this.requests;
    const wanted = keys.subarray(0, this.most - first);
    this.growTo(first + wanted.length);
    const taken = this.interner.internNumbers(wanted, this.ids, first);
    this.requests += taken;
    this.times?.fill(this.nowS, first, this.requests);
    if (taken < wanted.length) this.fullOf = 'keyBytes';
    else if (wanted.length < keys.length) this.fullOf = 'requests';
  }

  /** The trace; the builder is of no use after that. */
  build(): Trace {
    this.interner.close();
    const seconds = this.times === null ? null : trimmed(this.times, this.requests);
    return new Trace(trimmed(this.ids, this.requests), this.interner.distinct, this.interner, seconds);
  }

  private hasRoom(): boolean {
    if (this.requests >= this.most) this.fullOf ??= 'requests';
    return this.fullOf === null;
  }

  private push(id: number): void {
    if (id < 0) {
      this.fullOf = 'keyBytes';
      return;
    }
    const index = this.requests++;
    this.growTo(index + 1);
    this.ids[index] = id;
    if (this.times !== null) this.times[index] = this.nowS;
  }

  private growTo(requests: number): void {
    if (requests <= this.ids.length) return;
    this.ids = grow(this.ids, requests, this.most);
    if (this.times !== null) this.times = grow(this.times, requests, this.most);
  }
}
