import { Stream } from '../../random/Stream.ts';
import type { PolicyContext } from '../Policy.ts';
import type { Twin } from './Twin.ts';

/** One thing that happens to a cache under test: a request, a deletion, a flush, or another capacity (`amount`, 1 to 20). */
export interface Step {
  verb: 'request' | 'drop' | 'flush' | 'resize';
  key: number;
  amount: number;
}

/** The world of a policy under test: draws of its own, a clock at 0, two keys of three that expire in an hour. */
export function testContext(capacityEntries: number, future: readonly number[] = [], seed = 1): PolicyContext {
  const stream = new Stream(seed, 'policy');
  return {
    capacityEntries,
    below: (n) => stream.below(n),
    clock: { nowUs: 0 },
    requestIntervalUs: 300_000,
    expiresUs: (id) => (id % 3 === 0 ? Infinity : 3_600_000_000 + id),
    future: Uint32Array.from(future),
  };
}

/** The requests among `steps`: the future of whoever knows it. */
export function requestsOf(steps: readonly Step[]): number[] {
  return steps.filter(({ verb }) => verb === 'request').map(({ key }) => key);
}

/**
 * A cache of entries of size one around a policy or its twin, for tests: it keeps to the contract, holds the policy to it, and
 * writes down all that happens. Throws an Error where the policy evicts somebody who is not there, or not whom it foretold.
 */
export class DrivenCache<T extends Twin = Twin> {
  hits = 0;
  readonly log: (number | string)[] = [];
  readonly resident = new Set<number>();
  readonly policy: T;
  private readonly context: PolicyContext;
  private capacity: number;

  /** `policy` was made from `context`. */
  constructor(policy: T, context: PolicyContext) {
    this.policy = policy;
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  /** Does one step, and writes down the next victims after it. */
  perform({ verb, key, amount }: Step): void {
    if (verb === 'request') this.request(key);
    else if (verb === 'drop') this.drop(key);
    else if (verb === 'flush') this.flush();
    else this.resize(amount);
    this.log.push(`then ${this.policy.order(5).join()}`);
  }

  /** A look-up, and on a miss an entry where there is room for one. */
  request(id: number): void {
    this.context.clock.nowUs += this.context.requestIntervalUs;
    if (this.resident.has(id)) {
      this.hits++;
      this.log.push('hit');
      this.policy.touch(id);
      return;
    }
    if (this.resident.size >= this.capacity && !this.evict(id)) return;
    this.resident.add(id);
    this.policy.insert(id);
  }

  private evict(newcomer: number): boolean {
    const [foretold] = this.policy.order(1);
    const victim = this.policy.evict(newcomer);
    this.log.push(victim);
    if (foretold !== undefined && foretold !== victim) throw new Error(`order foretold ${foretold}, ${victim} went`);
    if (victim < 0) return false;
    if (!this.resident.delete(victim)) throw new Error(`${victim} evicted without being there`);
    return true;
  }

  private drop(id: number): void {
    if (this.resident.delete(id)) this.policy.remove(id);
  }

  private flush(): void {
    this.resident.clear();
    this.policy.clear();
  }

  private resize(capacity: number): void {
    this.capacity = capacity;
    this.policy.resize(capacity);
    while (this.resident.size > capacity && this.evict(-1));
  }
}
