import type { Breaker } from '../nodes/Breaker.ts';
import { Call, CallFailed } from '../nodes/Call.ts';
import type { BareHandles } from '../nodes/createHandles.ts';
import type { DatabaseHandle, SharedCacheHandle, Step, VersionedHandle } from '../nodes/Handles.ts';
import { OUTCOME } from '../spans/codes.ts';

/** Makes a call if the breaker lets it through, and tells it how the call ended; else does what is done instead. */
type Guarded = <T>(call: () => Step<T>, instead: () => T) => Step<T>;

/**
 * Stop calling what keeps failing: while the breaker is open nobody waits for an answer that will not come, and what is
 * broken gets a rest. A timeout, a lost or refused call, a full line and an error are failures; "no such row" is not.
 * @source Nygard, "Release It!", 2nd ed. (2018), ch. 5, "Circuit Breaker".
 */
const circuitBreaker = (breaker: Breaker, { here, guards }: BareHandles): Guarded =>
  function* circuitBreaker(call, instead) {
    const entered = breaker.enter(here.nowUs());
    if (entered < 0) {
      guards.notCalled(yield* here.asked());
      return instead();
    }
    const step = call();
    try {
      const answer = yield* step;
      breaker.leave(entered, step instanceof Call && step.outcome >= OUTCOME.timeout, here.nowUs());
      return answer;
    } catch (failure) {
      breaker.leave(entered, failure instanceof CallFailed && failure.outcome >= OUTCOME.timeout, here.nowUs());
      throw failure;
    }
  };

function refuse(): never {
  throw new CallFailed(OUTCOME.rejected);
}

/** The cache behind a breaker: while that is open every look-up misses at once, and stores and deletes are left out. */
export function cacheBreaker(cache: SharedCacheHandle, bare: BareHandles): SharedCacheHandle {
  const guarded = circuitBreaker(bare.guards.cacheBreaker, bare);
  const nothing = () => undefined;
  return {
    get: (key) => guarded(() => cache.get(key), nothing),
    entry: (key) => guarded(() => cache.entry(key), nothing),
    getMany: (keys) =>
      guarded(
        () => cache.getMany(keys),
        () => keys.map(() => undefined),
      ),
    set: (key, value) => guarded(() => cache.set(key, value), nothing),
    delete: (key) => guarded(() => cache.delete(key), nothing),
    update: (key, value) =>
      guarded(
        () => cache.update(key, value),
        () => false,
      ),
    lock: (key) => guarded(() => cache.lock(key), nothing),
    unlock: (key) => guarded(() => cache.unlock(key), nothing),
    load: (key) => guarded(() => cache.load(key), refuse),
    write: (key) => guarded(() => cache.write(key), refuse),
  };
}

/** The same for entries of keys at versions: the same cache, the same breaker. */
export function versionsBreaker(versions: VersionedHandle, bare: BareHandles): VersionedHandle {
  const guarded = circuitBreaker(bare.guards.cacheBreaker, bare);
  const nothing = () => undefined;
  return {
    get: (key, version) => guarded(() => versions.get(key, version), nothing),
    entry: (key, version) => guarded(() => versions.entry(key, version), nothing),
    set: (key, value) => guarded(() => versions.set(key, value), nothing),
  };
}

/** The database behind a breaker: while that is open every query fails at once. */
export function databaseBreaker(database: DatabaseHandle, bare: BareHandles): DatabaseHandle {
  const guarded = circuitBreaker(bare.guards.databaseBreaker, bare);
  return {
    read: (key) => guarded(() => database.read(key), refuse),
    readMany: (keys) => guarded(() => database.readMany(keys), refuse),
    readPrimary: (key) => guarded(() => database.readPrimary(key), refuse),
    write: (key) => guarded(() => database.write(key), refuse),
  };
}
