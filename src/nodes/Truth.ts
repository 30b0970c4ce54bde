const keptPerKey = 4096;

/**
 * What the database really holds: for every key the version that is committed, and since when. The oracle that says of
 * every answer whether it was fresh. Version 0 is "no such row"; existing rows begin at version 1.
 */
export class Truth {
  private versions = new Int32Array(1024);
  private readonly commits = new Map<number, { first: number; times: number[] }>();
  private readonly existing: number;

  /** Keys 0 … existing−1 have a row. */
  constructor(existing: number) {
    this.existing = existing;
    this.ensure(Math.min(existing, 4096));
  }

  /** The committed version now. */
  version(key: number): number {
    if (key >= this.versions.length) this.ensure(key + 1);
    const written = this.versions[key];
    return key < this.existing ? written + 1 : written;
  }

  /** A write commits at `atUs`; returns the new version. */
  commit(key: number, atUs: number): number {
    if (key >= this.versions.length) this.ensure(key + 1);
    this.versions[key]++;
    const version = this.version(key);
    const history = this.commits.get(key);
    if (history === undefined) {
      this.commits.set(key, { first: version, times: [atUs] });
    } else {
      history.times.push(atUs);
      if (history.times.length > keptPerKey) {
        history.times.splice(0, keptPerKey / 2);
        history.first += keptPerKey / 2;
      }
    }
    return version;
  }

  /**
   * When `version` of the key was superseded; `Infinity` while it is current. At least the last 2,048 commits of a
   * key are known; beyond them the oldest known time is returned, so an age is then a lower bound.
   */
  supersededUs(key: number, version: number): number {
    const history = this.commits.get(key);
    if (history === undefined || version >= this.version(key)) return Number.POSITIVE_INFINITY;
    return history.times[Math.max(0, version + 1 - history.first)];
  }

  private ensure(length: number): void {
    if (length <= this.versions.length) return;
    const next = new Int32Array(Math.max(length, this.versions.length * 2));
    next.set(this.versions);
    this.versions = next;
  }
}
