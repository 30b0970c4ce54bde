import { createAnyPolicy } from '../policies/allPolicies.ts';
import type { Policy, PolicyClock } from '../policies/Policy.ts';
import { Stream } from '../random/Stream.ts';

/** Requests to be replayed: dense ids from 0, numbered as they first appear. */
export interface ReplayedTrace {
  /** One id a request, in order. */
  ids: Uint32Array;
  /** How many different ids there are; every id is below it. */
  distinct: number;
}

/** What may be chosen about a replay besides policy and capacity. */
export interface ReplayOptions {
  /** Seed of the policy's own draws, an integer; 1 where it is not given. */
  seed?: number;
  /** Virtual time between two requests, µs: for policies that read the clock. 0 where it is not given. */
  requestIntervalUs?: number;
}

/**
 * Most requests that a policy is given at one go. A loop that is entered once runs to its end in what V8 makes of it on the way (on-stack
 * replacement), not in what it makes of a function that is called again. With the latter LFU is by a fifth faster and 2Q by a tenth; ARC is
 * by a seventh slower.
 */
const STRETCH = 131_072;

/** What a replay came to. */
export interface ReplayResult {
  requests: number;
  hits: number;
}

/**
 * A replay that is advanced a stretch at a time, so that a worker can report, answer and stop between two. However it is cut,
 * it comes to the same.
 */
export class ReplayRun {
  /** Requests replayed so far. */
  requests = 0;
  /** Hits among them. */
  hits = 0;
  /** For whoever shows the inside. */
  readonly policy: Policy;
  private readonly ids: Uint32Array;

  /**
   * A cache of `capacityEntries` objects of size one under the policy of this id, empty at the start. Throws a RangeError where
   * there is no such policy, or a capacity that is not a whole number from 1 to 2^30.
   */
  constructor(trace: ReplayedTrace, policyId: string, capacityEntries: number, options: ReplayOptions = {}) {
    if (!(Number.isInteger(capacityEntries) && capacityEntries >= 1 && capacityEntries <= 1_073_741_824))
      throw new RangeError(`a cache holds a whole number of entries from 1 to 2^30, not ${capacityEntries}`);
    const { seed = 1, requestIntervalUs = 0 } = options;
    const stream = new Stream(seed, 'replay.eviction');
    const clock: PolicyClock = { nowUs: 0 };
    this.ids = trace.ids;
    this.policy = createAnyPolicy(policyId, {
      capacityEntries,
      below: (n) => stream.below(n),
      clock,
      requestIntervalUs,
      expiresUs: () => Infinity,
      future: trace.ids,
    });
  }

  /** Whether the whole trace has been replayed. */
  get isDone(): boolean {
    return this.requests === this.ids.length;
  }

  /** Replays the next `count` requests, or as many as are left. @returns whether some are left after that. */
  advance(count: number): boolean {
    const to = Math.min(this.ids.length, this.requests + count);
    while (this.requests < to) {
      const next = Math.min(to, this.requests + STRETCH);
      this.hits += this.policy.replay(this.ids, this.requests, next);
      this.requests = next;
    }
    return !this.isDone;
  }
}

/** Replays a whole trace at once. Throws as {@link ReplayRun} does. */
export function replayTrace(
  trace: ReplayedTrace,
  policyId: string,
  capacityEntries: number,
  options: ReplayOptions = {},
): ReplayResult {
  const run = new ReplayRun(trace, policyId, capacityEntries, options);
  run.advance(trace.ids.length);
  return { requests: run.requests, hits: run.hits };
}
