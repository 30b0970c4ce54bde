/** A key whose newest version the database does not have yet. */
export interface BufferedWrite {
  readonly key: number;
  version: number;
  /** Acknowledged writes that it stands for: its own, and those that it replaced. */
  writes: number;
  /** Number of the traffic that wrote last; −1 where nobody knows. */
  writer: number;
  /** When the first of them came, µs. */
  readonly sinceUs: number;
  /** It is in the log, and comes back after a crash. */
  logged: boolean;
}

/**
 * Writes that have been acknowledged and not been passed on: one entry a key, oldest first, of which a later write of the
 * same key takes the place. Every acknowledged write is in the end stored or lost; until then it waits here.
 * @source Oracle Coherence, "Write-Behind Caching": coalescing of updates of one entry within the delay.
 */
export class WriteBuffer {
  /** Acknowledged writes by what became of them. */
  accepted = 0;
  stored = 0;
  lost = 0;
  private waiting = new Map<number, BufferedWrite>();
  /** In the batch under way; still here, because the database may refuse it. */
  private sent = new Map<number, BufferedWrite>();
  /** Acknowledged writes in batches that outlived a crash, and whose fate nobody knows yet. */
  private adrift = 0;

  /** Nothing is waiting or on its way. */
  get isEmpty(): boolean {
    return this.waiting.size === 0 && this.sent.size === 0;
  }

  /** Keys that the next batches will take. */
  get keys(): number {
    return this.waiting.size;
  }

  /** Keys whose newest version the database has not confirmed. */
  get dirtyKeys(): number {
    let both = 0;
    for (const key of this.sent.keys()) if (this.waiting.has(key)) both++;
    return this.waiting.size + this.sent.size - both;
  }

  /** When the oldest entry that waits was first written, µs; Infinity where none does. */
  get sinceUs(): number {
    for (const { sinceUs } of this.waiting.values()) return sinceUs;
    return Number.POSITIVE_INFINITY;
  }

  /** Acknowledged writes that are neither stored nor lost. */
  get waitingWrites(): number {
    let writes = this.adrift;
    for (const entry of this.waiting.values()) writes += entry.writes;
    for (const entry of this.sent.values()) writes += entry.writes;
    return writes;
  }

  /** The newest version buffered for a key; −1 where there is none. */
  version(key: number): number {
    return (this.waiting.get(key) ?? this.sent.get(key))?.version ?? -1;
  }

  /** The entry of a key that is buffered. */
  get(key: number): BufferedWrite | undefined {
    return this.waiting.get(key) ?? this.sent.get(key);
  }

  /** Takes a write; true where it replaced one that was still waiting. */
  add(key: number, version: number, writer: number, nowUs: number, logged: boolean): boolean {
    this.accepted++;
    const before = this.waiting.get(key);
    if (before === undefined) {
      this.waiting.set(key, { key, version, writes: 1, writer, sinceUs: nowUs, logged });
      return false;
    }
    before.version = version;
    before.writes++;
    before.writer = writer;
    before.logged = logged;
    return true;
  }

  /** Takes out the oldest entries for a batch, at most `count`. */
  take(count: number): BufferedWrite[] {
    const batch: BufferedWrite[] = [];
    for (const entry of this.waiting.values()) {
      if (batch.length >= count) break;
      batch.push(entry);
    }
    for (const entry of batch) {
      this.waiting.delete(entry.key);
      this.sent.set(entry.key, entry);
    }
    return batch;
  }

  /** The database has the batch. */
  confirm(batch: readonly BufferedWrite[]): void {
    for (const { writes } of batch) this.stored += writes;
    this.sent.clear();
  }

  /** The database has not got the batch: it waits again, before all others. Returns how many a newer write replaced. */
  putBack(batch: readonly BufferedWrite[]): number {
    let replaced = 0;
    const newer = this.waiting;
    this.waiting = new Map();
    this.sent.clear();
    for (const entry of batch) {
      const later = newer.get(entry.key);
      if (later !== undefined) replaced++;
      this.waiting.set(
        entry.key,
        later === undefined ? entry : { ...later, writes: later.writes + entry.writes, sinceUs: entry.sinceUs },
      );
    }
    for (const entry of newer.values()) if (!this.waiting.has(entry.key)) this.waiting.set(entry.key, entry);
    return replaced;
  }

  /** What is in no log any more is not safe any more. */
  forgetLog(): void {
    for (const entry of [...this.waiting.values(), ...this.sent.values()]) entry.logged = false;
  }

  /**
   * The cache crashed. What is in the log waits on; the rest is lost, except what the database has already and what is in
   * the batch under way, whose fate `settle` tells later. Returns the acknowledged writes lost now, and those adrift.
   */
  crash(storedVersion: (key: number) => number): { lost: number; adrift: number } {
    const inFlight = [...this.sent.values()];
    const logged = inFlight.filter((entry) => entry.logged);
    const adrift = inFlight.reduce((sum, entry) => sum + (entry.logged ? 0 : entry.writes), 0);
    this.putBack(logged);
    let lost = 0;
    for (const entry of this.waiting.values()) {
      if (entry.logged) continue;
      this.waiting.delete(entry.key);
      if (storedVersion(entry.key) >= entry.version) this.stored += entry.writes;
      else lost += entry.writes;
    }
    this.lost += lost;
    this.adrift += adrift;
    return { lost, adrift };
  }

  /** What became of so many writes that were adrift. */
  settle(writes: number, stored: boolean): void {
    this.adrift -= writes;
    if (stored) this.stored += writes;
    else this.lost += writes;
  }
}
