import { policies } from '../policies/index.ts';
import type { Action, Scenario } from './schema.ts';

/** What the plain engine knows: any value (null), one of these, or by name (`*` stands for every other). */
type Known = null | readonly unknown[] | { readonly [name: string]: Known };

const any = (names: string): Record<string, null> =>
  Object.fromEntries(names.split(' ').map((name) => [name, null] as const));

const none = [Number.POSITIVE_INFINITY];
const eviction = policies.map(({ id }) => id);

const plain: Known = {
  ...any('scenario id title summary listed topic seed duration clock window keyName view faults'),
  ...any('clients balancer app writeBehind'),
  local: { ...any('enabled capacity ttl jitter jitterMode lookup'), eviction },
  cache: {
    ...any('capacity memory overhead ttl jitter jitterMode link spread guarded command queue timeout'),
    eviction,
  },
  traffic: {
    '*': {
      ...any('arrivals rate burstFactor burstOn burstOff users think from until readBack batch'),
      ...any('keys count exponent hotShare shiftEvery shiftBy missing writes'),
      writer: ['app'],
      reader: ['pattern'],
      stock: none,
      pageKeys: [1],
    },
  },
  database: {
    ...any('link pool slots queue read write shape sigma timeout row rowShape guard'),
    ...any('replicaLag bufferPages pageRows disk'),
    replicas: [0],
  },
  pattern: {
    ...any('refreshAfter refreshUses'),
    read: ['cache-aside', 'none'],
    write: ['cache-aside', 'write-around'],
  },
  protect: {
    ...any('lockTtl lockPoll lockWaiters backoff backoffJitter'),
    ...any('breakerShare breakerCalls breakerCooldown admitCost shed'),
    singleFlight: [false],
    lock: [false],
    early: [0],
    stale: [0],
    negative: [0],
    limit: none,
    retries: [0],
    hedge: none,
    breaker: ['off'],
    admit: ['all'],
  },
  bloom: { ...any('expected falsePositives rebuild'), enabled: [false] },
  invalidation: {
    ...any('secondDelete busDelay busLoss feedDelay feedWork'),
    onWrite: ['delete', 'none'],
    broadcast: ['none'],
    feed: ['none'],
    pin: [0],
  },
};

/**
 * Whether a run of this scenario, with these acts, needs more than the plain engine (`features.ts`). What is named nowhere
 * above needs it.
 */
export function needsFeatures(scenario: Scenario, actions: readonly Action[]): boolean {
  return !isPlain(scenario, plain) || [...scenario.faults, ...actions].some(actNeedsFeatures);
}

/** Whether an act upon a run that is plain so far needs more than the plain engine. */
export function actNeedsFeatures(action: Action): boolean {
  if (action.do !== 'set') return action.do === 'warm' || action.do === 'ramp';
  const known = action.path.split('.').reduce<Known | undefined>(within, plain);
  return !isPlain(action.value, known);
}

function isPlain(value: unknown, known: Known | undefined): boolean {
  if (known === null) return true;
  if (known === undefined) return false;
  if (Array.isArray(known)) return known.includes(value);
  return Object.entries(value as object).every(([name, inner]) => isPlain(inner, within(known, name)));
}

function within(known: Known | undefined, name: string): Known | undefined {
  if (known === null) return null;
  const names = (known ?? {}) as { readonly [name: string]: Known };
  return Object.hasOwn(names, name) ? names[name] : names['*'];
}
