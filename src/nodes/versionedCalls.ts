import { CacheCall } from './cacheCalls.ts';
import type { Call } from './Call.ts';
import { EntryCall } from './entryCalls.ts';

/** A call of the entry of a key at one version: for look-ups `detail` is that version, for stores `version` is. */
export class VersionedCall extends CacheCall {
  under = 0;
}

/** The same look-up, for all that is known of the entry. */
export class VersionedEntryCall extends EntryCall {
  under = 0;
}

/** Whether a call is for a key at a version. */
export function isVersioned(call: Call): call is VersionedCall | VersionedEntryCall {
  return call instanceof VersionedCall || call instanceof VersionedEntryCall;
}
