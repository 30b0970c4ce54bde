import { mix3 } from '../random/murmur3.ts';
import { type ReplayedTrace, type ReplayOptions, replayTrace } from '../replay/replay.ts';
import { shrinkAccesses } from './shrinkAccesses.ts';
import type { Sliced } from './Sliced.ts';

/** What a person can follow in the microscope. */
const MOST_ACCESSES = 200;
const CAPACITIES = [4, 5, 6, 8, 12, 16];
const KEY_COUNTS = [6, 9, 14, 24];
const TRIES = 5;
/** How far back a small trace may reach, in requests: what decides about a key happened up to many cache sizes ago. */
const MOST_REACH = 100_000;
/** More differing keys than this would leave no room for those that push them out. */
const MOST_CAUSES = 4;

/** A short trace of few keys in which two policies differ as they do in the long one. */
export interface SmallTrace {
  /** Keys 0, 1, 2 … by first appearance. */
  accesses: number[];
  /** The trace's own id of each of those keys. */
  ids: number[];
  capacityEntries: number;
  hits: [number, number];
  /** Seed of the policies' own draws under which it does. */
  seed: number;
}

/** What is looked for, and where. */
export interface SmallTraceSearch {
  trace: ReplayedTrace;
  policyIds: readonly [string, string];
  /** Size of the real cache, entries. */
  sizeEntries: number;
  from: number;
  to: number;
  /** Ids that one policy had and the other had not, most telling first. */
  causes: readonly number[];
  /** Which policy is to be ahead: 1 the first, −1 the second. */
  sign: 1 | -1;
  options: ReplayOptions;
}

interface Candidate {
  accesses: number[];
  capacityEntries: number;
  lead: number;
}

/**
 * Looks for a small trace: a few of the keys that made the difference, some others that were about, all of their accesses up to the end
 * of the stretch (the last 200), against caches of 4 to 16 entries; the one with the clearest lead is then shortened as far as it
 * still shows one. Null where none does. Deterministic.
 */
export function* smallTrace(search: SmallTraceSearch): Sliced<SmallTrace | null> {
  const { trace, to, policyIds, sign, options } = search;
  const reach = Math.min(to, MOST_REACH, Math.max(2000, 40 * search.sizeEntries));
  const stretch = trace.ids.subarray(to - reach, to);
  const sizes = KEY_COUNTS.flatMap((keys) => Array.from({ length: TRIES }, (_, turn) => [keys, turn] as const));
  let best: Candidate | null = null;
  for (const [done, [keyCount, turn]] of sizes.entries()) {
    yield (0.7 * done) / sizes.length;
    const accesses = accessesOf(stretch, chooseKeys(search, stretch, keyCount, turn));
    for (const capacityEntries of CAPACITIES) {
      if (capacityEntries >= keyCount) continue;
      const lead = sign * leadOf(accesses, policyIds, capacityEntries, options);
      // One difference among few accesses says more than two among many.
      if (lead > 0 && (best === null || lead * best.accesses.length > best.lead * accesses.length))
        best = { accesses, capacityEntries, lead };
    }
  }
  if (best === null) return null;
  const { capacityEntries } = best;
  const shows = (accesses: readonly number[]) => sign * leadOf(accesses, policyIds, capacityEntries, options) > 0;
  const accesses = yield* shrinkAccesses(best.accesses, shows);
  const { ids, named } = rename(accesses);
  const hits = policyIds.map((id) => replayTrace(dense(named), id, capacityEntries, options).hits);
  return { accesses: named, ids, capacityEntries, hits: [hits[0], hits[1]], seed: options.seed ?? 1 };
}

/** Some of the causes and, for company, other keys of the stretch: every second turn by request (hot ones, mostly), else by key. */
function chooseKeys(search: SmallTraceSearch, stretch: Uint32Array, keyCount: number, turn: number): Set<number> {
  const { causes, from, to, trace } = search;
  const chosen = new Set<number>();
  const most = Math.min(MOST_CAUSES, causes.length, keyCount >> 1);
  for (let i = 0; i < most; i++) chosen.add(causes[(i + turn * most) % causes.length]);
  const near = turn % 2 === 0 ? stretch : trace.ids.subarray(from, to);
  for (let draw = 0; draw < 50 * keyCount && chosen.size < keyCount; draw++) {
    chosen.add(near[mix3(keyCount, turn, draw, 0) % near.length]);
  }
  return chosen;
}

function accessesOf(stretch: Uint32Array, keys: ReadonlySet<number>): number[] {
  const accesses: number[] = [];
  for (let i = stretch.length - 1; i >= 0 && accesses.length < MOST_ACCESSES; i--) {
    if (keys.has(stretch[i])) accesses.push(stretch[i]);
  }
  return accesses.reverse();
}

/** Hits of the first policy less those of the second. */
function leadOf(
  accesses: readonly number[],
  [first, second]: readonly [string, string],
  capacityEntries: number,
  options: ReplayOptions,
): number {
  if (accesses.length === 0) return 0;
  const small = dense(rename(accesses).named);
  const a = replayTrace(small, first, capacityEntries, options).hits;
  return a - replayTrace(small, second, capacityEntries, options).hits;
}

function rename(accesses: readonly number[]): { ids: number[]; named: number[] } {
  const names = new Map<number, number>();
  const named = accesses.map((id) => {
    const name = names.get(id) ?? names.size;
    names.set(id, name);
    return name;
  });
  return { ids: [...names.keys()], named };
}

function dense(named: readonly number[]): ReplayedTrace {
  return { ids: Uint32Array.from(named), distinct: new Set(named).size };
}
