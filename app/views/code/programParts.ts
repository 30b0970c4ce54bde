/** A setting at a moment, by its path; what a request is served with. */
export type Reading = (path: string) => unknown;

/** A function of the program: its file below `src/`, and its name there. */
export interface PartName {
  file: string;
  name: string;
}

const part = (file: string, name = file.slice(file.lastIndexOf('/') + 1)): PartName => ({ file: `${file}.ts`, name });

const reads: Record<string, PartName> = {
  'cache-aside': part('patterns/cacheAside', 'cacheAsideRead'),
  'read-through': part('patterns/readThrough', 'readThroughRead'),
  'refresh-ahead': part('patterns/refreshAhead', 'refreshAheadRead'),
  'cache-only': part('patterns/cacheOnly', 'cacheOnlyRead'),
  none: part('patterns/noCache', 'noCacheRead'),
};

const writes: Record<string, PartName> = {
  'write-through': part('patterns/writeThrough'),
  'write-behind': part('patterns/writeBehind'),
  'write-around': part('patterns/writeAround'),
};

/** Where the writer is left to choose: what a cache-aside writer does. */
const invalidations: Record<string, PartName> = {
  delete: part('patterns/cacheAside', 'cacheAsideWrite'),
  update: part('invalidation/updateOnWrite'),
  'double-delete': part('invalidation/doubleDelete'),
  'compare-and-set': part('invalidation/compareAndSet'),
  'versioned-keys': part('invalidation/versionedKeys', 'movePointer'),
  none: writes['write-around'],
};

const when = (condition: boolean, ...parts: PartName[]): PartName[] => (condition ? parts : []);
const isAbove0 = (value: unknown): boolean => Number(value) > 0;

/**
 * What a request runs through, outermost first: the same choices, in the same order, as `composePatterns` makes. The test
 * looks for the line of every call of runs with everything on.
 */
export function programParts(is: Reading, kind: 'read' | 'write'): PartName[] {
  return kind === 'read' ? readParts(is) : writeParts(is);
}

function readParts(is: Reading): PartName[] {
  const pattern = String(is('pattern.read'));
  const read = reads[pattern] ?? reads['cache-aside'];
  return [
    ...when(is('bloom.enabled') === true, part('protections/bloomGuard')),
    ...when(isAbove0(is('invalidation.pin')), part('invalidation/readYourWrites')),
    ...when(is('local.enabled') === true, part('patterns/nearCache', 'nearCacheRead')),
    read,
    ...when(pattern !== 'none', ...lookUps(is)),
    ...(pattern === 'read-through'
      ? [...when(is('protect.singleFlight') === true, part('protections/singleFlight')), part('patterns/loadInCache')]
      : when(pattern === 'cache-aside' || pattern === 'refresh-ahead', ...loads(is))),
    ...queries(is),
  ];
}

function lookUps(is: Reading): PartName[] {
  const onWrite = is('pattern.write') === 'cache-aside' ? is('invalidation.onWrite') : 'none';
  return [
    ...when(isAbove0(is('protect.stale')), part('protections/staleWhileRevalidate')),
    ...when(isAbove0(is('protect.early')), part('protections/earlyExpiration')),
    ...when(onWrite === 'versioned-keys', part('invalidation/versionedKeys')),
  ];
}

function loads(is: Reading): PartName[] {
  const onWrite = is('pattern.write') === 'cache-aside' ? is('invalidation.onWrite') : 'none';
  const admit = is('protect.admit');
  return [
    ...when(is('protect.singleFlight') === true, part('protections/singleFlight')),
    ...when(
      is('protect.lock') === true,
      part('protections/distributedLock'),
      part('protections/distributedLock', 'loadAndUnlock'),
      part('protections/distributedLock', 'loadedByNow'),
    ),
    ...when(Number(is('protect.limit')) < Number.POSITIVE_INFINITY, part('protections/loadLimit')),
    ...when(admit === 'second-request' || admit === 'cost', part('protections/admission')),
    ...when(isAbove0(is('protect.negative')), part('protections/negativeEntries')),
    part('patterns/cacheAside', 'queryAndFill'),
    ...when(onWrite === 'compare-and-set', part('invalidation/compareAndSet', 'storeIfNewer')),
  ];
}

function queries(is: Reading): PartName[] {
  const breaker = is('protect.breaker');
  return [
    ...when(isAbove0(is('protect.retries')), part('protections/retries')),
    ...when(breaker === 'database' || breaker === 'both' || breaker === 'cache', part('protections/circuitBreaker')),
    ...when(Number(is('protect.hedge')) < Number.POSITIVE_INFINITY, part('protections/hedging')),
  ];
}

function writeParts(is: Reading): PartName[] {
  const pattern = String(is('pattern.write'));
  const feed = is('invalidation.feed') ?? 'none';
  const broadcast = is('invalidation.broadcast') ?? 'none';
  const write = writes[pattern] ?? invalidations[String(is('invalidation.onWrite'))] ?? invalidations.delete;
  return [
    ...when(feed === 'queue', part('invalidation/enqueue')),
    ...when(feed === 'none' && broadcast !== 'none', part('invalidation/broadcast')),
    ...when(is('local.enabled') === true, part('patterns/nearCache', 'nearCacheWrite')),
    write,
    ...when(pattern === 'write-behind', part('patterns/flushBuffer')),
  ];
}
