const keptPerKey = 4096;

/** Versions of every key over time: which one holds now, since when, and when each was superseded. */
class History {
  private versions = new Int32Array(1024);
  private readonly changes = new Map<number, { first: number; times: number[]; writers: number[] }>();
  private readonly existing: number;

  constructor(existing: number) {
    this.existing = existing;
    this.ensure(Math.min(existing, 4096));
  }

  version(key: number): number {
    if (key >= this.versions.length) this.ensure(key + 1);
    const written = this.versions[key];
    return key < this.existing ? written + 1 : written;
  }

  /** The next version holds from `atUs` on. */
  advance(key: number, atUs: number, writer: number): number {
    if (key >= this.versions.length) this.ensure(key + 1);
    this.versions[key]++;
    const version = this.version(key);
    const history = this.changes.get(key);
    if (history === undefined) {
      this.changes.set(key, { first: version, times: [atUs], writers: [writer] });
    } else {
      history.times.push(atUs);
      history.writers.push(writer);
      if (history.times.length > keptPerKey) {
        history.times.splice(0, keptPerKey / 2);
        history.writers.splice(0, keptPerKey / 2);
        history.first += keptPerKey / 2;
      }
    }
    return version;
  }

  supersededUs(key: number, version: number): number {
    const history = this.changes.get(key);
    if (history === undefined || version >= this.version(key)) return Number.POSITIVE_INFINITY;
    return history.times[Math.max(0, version + 1 - history.first)];
  }

  supersededBy(key: number, version: number): number {
    const history = this.changes.get(key);
    if (history === undefined || version >= this.version(key)) return -1;
    return history.writers[Math.max(0, version + 1 - history.first)];
  }

  /** Keys that have been written, in the order of their first writes. */
  written(): Iterable<number> {
    return this.changes.keys();
  }

  versionAt(key: number, atUs: number): number {
    const history = this.changes.get(key);
    if (history === undefined) return this.version(key);
    const { first, times } = history;
    let index = times.length;
    while (index > 0 && times[index - 1] > atUs) index--;
    return first + index - 1;
  }

  private ensure(length: number): void {
    if (length <= this.versions.length) return;
    const next = new Int32Array(Math.max(length, this.versions.length * 2));
    next.set(this.versions);
    this.versions = next;
  }
}

/**
 * What has really been written: for every key the version that a writer was promised, and since when. The oracle that says of
 * every answer whether it was fresh. Version 0 is "no such row"; existing rows begin at version 1. Beside it, what the
 * database holds: the same, unless a write-behind cache has promised more than it has delivered.
 */
export class Truth {
  /** Keys 0 … existing−1 have a row from the start. */
  readonly existing: number;
  private readonly accepted: History;
  private readonly stored: History;
  /** Told of every row that the database has come to hold; null where nobody reads its log. */
  onStored: ((key: number, version: number, atUs: number) => void) | null = null;

  /** Told of every key that comes to have a row, when its writer has been promised it. */
  whenCreated: ((key: number) => void) | null = null;

  constructor(existing: number) {
    this.existing = existing;
    this.accepted = new History(existing);
    this.stored = new History(existing);
  }

  /** Keys that have come to have a row since the start. */
  created(): number[] {
    return [...this.accepted.written()].filter((key) => key >= this.existing);
  }

  /** The version that holds now. */
  version(key: number): number {
    return this.accepted.version(key);
  }

  /** The version that the database holds now. */
  storedVersion(key: number): number {
    return this.stored.version(key);
  }

  /** The version that the database held at `atUs`; at least the last 2,048 changes of a key are known. */
  storedVersionAt(key: number, atUs: number): number {
    return this.stored.versionAt(key, atUs);
  }

  /** The database commits a write at `atUs`, made by traffic number `writer`; returns the new version. */
  commit(key: number, atUs: number, writer = -1): number {
    const version = this.accept(key, atUs, writer);
    this.store(key, version, atUs, writer);
    return version;
  }

  /** A cache promises a write that the database does not have yet; returns the new version. */
  accept(key: number, atUs: number, writer = -1): number {
    const version = this.accepted.advance(key, atUs, writer);
    if (version === 1) this.whenCreated?.(key);
    return version;
  }

  /** The database comes to hold `version` of a key, and with it all that came before. */
  store(key: number, version: number, atUs: number, writer = -1): void {
    if (this.stored.version(key) >= version) return;
    while (this.stored.version(key) < version) this.stored.advance(key, atUs, writer);
    this.onStored?.(key, version, atUs);
  }

  /**
   * When `version` of the key was superseded; `Infinity` while it is current. At least the last 2,048 commits of a
   * key are known; beyond them the oldest known time is returned, so an age is then a lower bound.
   */
  supersededUs(key: number, version: number): number {
    return this.accepted.supersededUs(key, version);
  }

  /** Which traffic's write superseded `version`; −1 where nobody's did, or nobody knows. */
  supersededBy(key: number, version: number): number {
    return this.accepted.supersededBy(key, version);
  }
}
