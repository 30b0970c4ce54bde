import type { Insides } from '../policies/Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from '../policies/Policy.ts';
import { Stream } from '../random/Stream.ts';
import { explain } from './explain/index.ts';
import type { MissCause } from './explain/Moment.ts';
import { expiryOf } from './expiry.ts';
import type { Sequence } from './readSequence.ts';

/** Sizes of a cache that can still be drawn slot by slot. Three is for the classic example of Belady's anomaly. */
export const capacityLimits = { least: 3, most: 16 } as const;

/** Virtual time between two accesses, µs: one second, the tick of the clock that Redis ranks by. */
export const accessIntervalUs = 1_000_000;

/** What one access did to one policy. */
export interface PolicyStep {
  /** Its place in the sequence, from 0. */
  at: number;
  /** The key that was asked for. */
  id: number;
  hit: boolean;
  /** Why it missed, and at which access the key went (−1 at the first time); null on a hit. */
  miss: { cause: MissCause; at: number } | null;
  /** Who had to go for it; −1 where nobody did. */
  victim: number;
  /** A newcomer that was not let in, because the policy evicts nobody. */
  refused: boolean;
  /** Keys whose time was over when the access came, and which left without being evicted. */
  expired: readonly number[];
  /** Keys in the cache afterwards. */
  residents: readonly number[];
  /** Why it went like this, in one to three plain sentences. */
  sentences: readonly string[];
}

/** A policy's way through a sequence. */
export interface PolicyTrace {
  policy: PolicyEntry;
  /** `insides[i]` is what it looks like before access i; the last one is the end. One more than there are steps. */
  insides: readonly Insides[];
  steps: readonly PolicyStep[];
  /** `hits[i]`: how many of the first i accesses were hits. */
  hits: readonly number[];
}

/** What a policy is run on. */
export interface TraceSettings {
  sequence: Sequence;
  /** In entries. */
  capacity: number;
  /** For policies that draw lots: a whole number from 0. */
  seed: number;
}

/**
 * Runs a policy over a sequence, one access a second, and keeps what it looked like between all of them. A hit touches; a miss
 * makes room where the cache is full, then inserts. Policies that ask when a key expires get expiries (see `expiryOf`).
 */
export function tracePolicy(entry: PolicyEntry, { sequence, capacity, seed }: TraceSettings): PolicyTrace {
  const { names, ids } = sequence;
  const clock = { nowUs: 0 };
  const stream = new Stream(seed, `microscope ${entry.id}`);
  const expiry = expiryOf(entry.id, capacity);
  const expiresUs = new Map<number, number>();
  const context: PolicyContext = {
    capacityEntries: capacity,
    below: (n) => stream.below(n),
    clock,
    requestIntervalUs: accessIntervalUs,
    expiresUs: (id) => expiresUs.get(id) ?? Infinity,
    future: entry.offline ? Uint32Array.from(ids) : undefined,
  };
  const policy = entry.create(context);
  const residents: number[] = [];
  const insides = [policy.inspect()];
  const steps: PolicyStep[] = [];
  const hits = [0];
  const gone = new Map<number, PolicyStep['miss']>();
  for (const [at, id] of ids.entries()) {
    const expired = residents.filter((one) => context.expiresUs(one) <= clock.nowUs);
    for (const one of expired) {
      leave(one);
      gone.set(one, { cause: 'expired', at });
    }
    const result = access(policy, residents, id, capacity, admitted);
    const miss = result.hit ? null : (gone.get(id) ?? { cause: 'first', at: -1 });
    if (result.victim >= 0) gone.set(result.victim, { cause: 'evicted', at });
    if (result.refused) gone.set(id, { cause: 'refused', at });
    // The picture between two accesses is what the next one finds, its second on the clock included.
    clock.nowUs += accessIntervalUs;
    insides.push(policy.inspect());
    hits.push(hits[at] + (result.hit ? 1 : 0));
    const step = { id, at, expired, miss, ...result };
    const sentences = explain({
      ...step,
      policy: entry.id,
      ids,
      before: insides[at],
      after: insides[at + 1],
      capacity,
      lifetime: expiry?.lifetime ?? null,
      name: (one) => names[one],
    });
    steps.push({ ...step, residents: residents.slice(), sentences });
  }
  return { policy: entry, insides, steps, hits };

  function leave(id: number): void {
    policy.remove(id);
    residents.splice(residents.indexOf(id), 1);
  }

  function admitted(id: number): void {
    const lifetime = expiry?.lifetimeOf(id) ?? null;
    expiresUs.set(id, lifetime === null ? Infinity : clock.nowUs + lifetime * accessIntervalUs);
  }
}

function access(
  policy: Policy,
  residents: number[],
  id: number,
  capacity: number,
  admitted: (id: number) => void,
): { hit: boolean; victim: number; refused: boolean } {
  if (residents.includes(id)) {
    policy.touch(id);
    return { hit: true, victim: -1, refused: false };
  }
  let victim = -1;
  if (residents.length >= capacity) {
    victim = policy.evict(id);
    if (victim < 0) return { hit: false, victim, refused: true };
    residents.splice(residents.indexOf(victim), 1);
  }
  admitted(id);
  residents.push(id);
  policy.insert(id);
  return { hit: false, victim, refused: false };
}

/**
 * The first access at which not all of these went alike: another outcome or another victim. −1 where all went alike.
 * All are traces of the same sequence.
 */
export function firstDifference(traces: readonly PolicyTrace[]): number {
  const [first, ...others] = traces;
  if (first === undefined) return -1;
  return first.steps.findIndex((step, at) =>
    others.some(({ steps }) => steps[at].hit !== step.hit || steps[at].victim !== step.victim),
  );
}
