import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import type { CacheContents } from './CacheContents.ts';
import { costOf } from './cacheCalls.ts';
import type { Call } from './Call.ts';
import { isVersioned, type VersionedCall, type VersionedEntryCall } from './versionedCalls.ts';

/** Versions a key can have, for one number that names both. */
const versionsApart = 2_147_483_648;

/**
 * Where the entries of keys at versions lie in a store whose ids are small whole numbers: beyond those of the keys themselves,
 * under which the pointers lie. An id is used again once its entry is gone.
 */
export class VersionedKeys {
  /** Ids from here on are of keys at versions. */
  readonly firstId: number;
  private readonly contents: CacheContents;
  private readonly idOf = new Map<number, number>();
  private keys: number[] = [];
  private versions: number[] = [];
  private readonly free: number[] = [];
  /** Of each key, the version whose entry left last, and why. */
  private readonly left = new Map<number, { version: number; cause: number }>();

  constructor(contents: CacheContents, firstId: number) {
    this.contents = contents;
    this.firstId = firstId;
  }

  /** Does the call, if it is for a key at a version. */
  takes(call: Call): boolean {
    if (isVersioned(call)) {
      if (call.op === OP['cache.get']) this.get(call);
      else this.set(call);
      return true;
    }
    return call.key >= this.firstId && this.takesStranger(call);
  }

  /** The key of an id: of an entry at a version, the key that it is of. */
  keyOf(id: number): number {
    const key = id < this.firstId ? id : this.keys[id - this.firstId];
    return key === undefined || key < 0 ? id : key;
  }

  /** The version that an id's entry lies under; −1 where it lies under the key itself. */
  versionOf(id: number): number {
    return this.keyOf(id) === id ? -1 : this.versions[id - this.firstId];
  }

  /** An id's entry has left by itself; returns its key. */
  forget(id: number, cause: number): number {
    const key = this.keyOf(id);
    if (key === id) return key;
    const version = this.versions[id - this.firstId];
    this.left.set(key, { version, cause });
    this.idOf.delete(key * versionsApart + version);
    this.keys[id - this.firstId] = -1;
    this.free.push(id);
    return key;
  }

  /** Everything has gone at once. */
  forgetAll(cause: number): void {
    for (const id of this.idOf.values()) this.forget(id, cause);
  }

  private get(call: VersionedCall | VersionedEntryCall): void {
    call.detail = call.under;
    const id = this.idOf.get(call.key * versionsApart + call.under);
    if (id === undefined) {
      call.outcome = OUTCOME.miss;
      call.cause = this.causeOf(call.key, call.under);
      return;
    }
    this.as(call, id, () => this.contents.get(call));
  }

  private set(call: VersionedCall | VersionedEntryCall): void {
    const id = this.idOf.get(call.key * versionsApart + call.version) ?? this.claim(call.key, call.version);
    this.as(call, id, () => this.contents.set(call, call.attempt, costOf(call)));
    if (call.outcome === OUTCOME.rejected) this.forget(id, CAUSE['refused-entry']);
  }

  /** Runs `work` with the call's row under another key. */
  private as(call: Call, id: number, work: () => void): void {
    const row: OpenRow = call;
    const { key } = row;
    row.key = id;
    work();
    row.key = key;
  }

  /** A key that lies where entries at versions lie is one that no row has: the cache does not keep it. */
  private takesStranger(call: Call): boolean {
    if (call.op === OP['cache.get']) {
      call.outcome = OUTCOME.miss;
      call.cause = CAUSE['not-admitted'];
    } else if (call.op === OP['cache.set'] || call.op === OP['cache.update'] || call.op === OP['cache.delete']) {
      call.outcome = OUTCOME.absent;
    } else return false;
    return true;
  }

  private causeOf(key: number, version: number): number {
    const left = this.left.get(key);
    if (left?.version === version) return left.cause;
    return version > 1 ? CAUSE.invalidated : CAUSE.first;
  }

  private claim(key: number, version: number): number {
    let id = this.free.pop();
    // Where the setting has only just been turned, keys of no row may lie there already.
    while (id === undefined || this.contents.store.peek(id, Number.NEGATIVE_INFINITY) >= 0) {
      id = this.firstId + this.keys.length;
      this.keys.push(-1);
      this.versions.push(0);
    }
    this.keys[id - this.firstId] = key;
    this.versions[id - this.firstId] = version;
    this.idOf.set(key * versionsApart + version, id);
    return id;
  }
}
