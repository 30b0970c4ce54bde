import type { Contradiction } from './contradictions.ts';
import { displayQuantity } from './displayQuantity.ts';
import type { Scenario } from './schema.ts';

const duration = (us: number): string => displayQuantity('duration', us);
const queryUs = ({ database }: Scenario): number => 2 * database.link + database.read;
const workloads = ({ traffic }: Scenario) => Object.values(traffic);
const comparing = ({ invalidation }: Scenario): boolean =>
  invalidation.onWrite === 'compare-and-set' || invalidation.onWrite === 'versioned-keys';

/** What writers do to the cache, against the pattern that they follow. */
const afterWrites: Contradiction[] = [
  {
    applies: ({ invalidation, pattern }) => {
      const { onWrite } = invalidation;
      return (
        pattern.write !== 'cache-aside' &&
        onWrite !== 'delete' &&
        (onWrite !== 'none' || pattern.write !== 'write-around')
      );
    },
    at: 'invalidation.onWrite',
    message: ({ invalidation, pattern }) =>
      `found ${invalidation.onWrite}, which is for writers of cache-aside, with writes ${pattern.write}; expected pattern.write: cache-aside, or no invalidation.onWrite`,
  },
  {
    applies: (scenario) =>
      comparing(scenario) && scenario.pattern.write === 'cache-aside' && scenario.pattern.read === 'read-through',
    at: 'invalidation.onWrite',
    message: ({ invalidation }) =>
      `found ${invalidation.onWrite} with reads read-through, where the cache fills itself and compares nothing; expected pattern.read: cache-aside, where readers fill it`,
  },
  {
    applies: ({ invalidation, pattern }) =>
      invalidation.onWrite === 'versioned-keys' && pattern.write === 'cache-aside' && pattern.read === 'cache-only',
    at: 'invalidation.onWrite',
    message:
      'found versioned-keys with reads cache-only: after a write nobody would fill the new version; expected pattern.read: cache-aside, or onWrite: update',
  },
  {
    applies: (scenario) =>
      scenario.invalidation.onWrite === 'versioned-keys' &&
      workloads(scenario).some(({ batch, pageKeys }) => batch && pageKeys > 1),
    at: 'invalidation.onWrite',
    message:
      'found versioned-keys and reads of several keys in one round trip, which cannot follow a pointer each; expected batch: false, or onWrite: delete',
  },
  {
    applies: ({ invalidation, pattern }) =>
      invalidation.feed !== 'none' &&
      pattern.write === 'cache-aside' &&
      ['update', 'compare-and-set', 'versioned-keys'].includes(invalidation.onWrite),
    at: 'invalidation.onWrite',
    message: ({ invalidation }) =>
      `found ${invalidation.onWrite} beside a feed whose worker deletes what the writer has just stored; expected none, or delete`,
  },
  {
    applies: (scenario) =>
      scenario.invalidation.onWrite === 'double-delete' && scenario.invalidation.secondDelete <= queryUs(scenario),
    at: 'invalidation.secondDelete',
    message: (scenario) =>
      `found a second delete after ${duration(scenario.invalidation.secondDelete)}, while a query takes ${duration(queryUs(scenario))}: who has read the old row stores it after that; expected some multiple of the query`,
  },
];

/** Who is told of changes, and by whom. */
const announcements: Contradiction[] = [
  {
    applies: ({ invalidation, local }) => invalidation.broadcast !== 'none' && !local.enabled,
    at: 'invalidation.broadcast',
    message:
      'found messages to the memories of other servers, and servers keep nothing in memory; expected none, or local.enabled: true',
  },
  {
    applies: ({ invalidation }) => invalidation.broadcast === 'stream' && invalidation.busLoss > 0,
    at: 'invalidation.busLoss',
    message: 'found lost messages on a stream, which keeps them until they are read; expected 0%, or broadcast: pubsub',
  },
  {
    applies: ({ invalidation, faults }) =>
      invalidation.broadcast === 'none' && faults.some((action) => action.do === 'deafen'),
    at: 'invalidation.broadcast',
    message: 'found a server that is to be deaf to the bus, and there is no bus; expected pubsub or stream',
  },
  {
    applies: (scenario) =>
      scenario.invalidation.feed === 'queue' && workloads(scenario).every(({ writer }) => writer === 'direct'),
    at: 'invalidation.feed',
    message:
      'found a queue that writers are to fill, and all of them write straight to the database; expected cdc, which sees every commit',
  },
  {
    applies: (scenario) =>
      scenario.invalidation.pin > 0 &&
      workloads(scenario).every(({ readBack }) => readBack === Number.POSITIVE_INFINITY),
    at: 'invalidation.pin',
    message:
      'found authors who read from the primary what they have written, and none of them reads it; expected 0s, or a readBack in the traffic',
  },
];

/** Contradictions in what keeps caches from growing stale. */
export const staleness: readonly Contradiction[] = [...afterWrites, ...announcements];
