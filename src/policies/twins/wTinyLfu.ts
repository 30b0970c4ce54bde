import type { PolicyContext } from '../Policy.ts';
import type { CreateTwin, Twin } from './Twin.ts';

/** Low 32 bits of a product, without the machine's own multiplication. */
const times = (a: bigint, b: bigint): bigint => (a * b) & 0xffffffffn;

/**
 * The counters that an id has in a sketch of `width` counters a row: what a hash is must be the same as in the fast one. Each row is
 * cut into blocks of 64 counters or fewer; the first two rows share the number of the block, and so do the last two.
 */
function countersOf(id: number, width: number): number[] {
  let hash = BigInt(id);
  hash = times(hash ^ (hash >> 16n), 0x7feb352dn);
  hash = times(hash ^ (hash >> 15n), 0x846ca68bn);
  hash ^= hash >> 16n;
  const inBlock = Math.min(64, width);
  const blocks = [hash, times(hash, 0xbb67ae85n) >> 8n].map((from) => Number(from % BigInt(width / inBlock)));
  const pick = times(hash, 0x6a09e667n);
  return [26n, 20n, 14n, 8n].map((from, row) => {
    const place = Number((pick >> from) % BigInt(inBlock));
    return blocks[row < 2 ? 0 : 1] * inBlock + place;
  });
}

/** Four rows of plain numbers. */
class Sketch {
  readonly words: number;
  private readonly rows: number[][];
  private additions = 0;

  constructor(capacity: number) {
    let words = 2;
    while (words < capacity) words *= 2;
    this.words = words;
    this.rows = [0, 1, 2, 3].map(() => Array.from({ length: 4 * words }, () => 0));
  }

  frequency(id: number): number {
    const counters = countersOf(id, 4 * this.words);
    return Math.min(...this.rows.map((row, i) => row[counters[i]]));
  }

  add(id: number): void {
    const counters = countersOf(id, 4 * this.words);
    if (this.rows.every((row, i) => row[counters[i]] === 15)) return;
    for (const [i, row] of this.rows.entries()) row[counters[i]] = Math.min(15, row[counters[i]] + 1);
    if (++this.additions < 10 * this.words) return;
    const odd = this.rows.flat().filter((count) => count % 2 === 1).length;
    for (const row of this.rows) for (const [at, count] of row.entries()) row[at] = Math.floor(count / 2);
    this.additions = Math.floor((this.additions - Math.floor(odd / 4)) / 2);
  }
}

/** The climber of Caffeine, whose steps of a part of an entry count as one. */
class Climber {
  private readonly capacity: number;
  private heard: number[] = [];
  private ratio = 0;
  private step: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.step = -0.0625 * capacity;
  }

  hear(hit: number): number {
    this.heard.push(hit);
    if (this.heard.length < 10 * this.capacity) return 0;
    const ratio = this.heard.reduce((sum, one) => sum + one, 0) / this.heard.length;
    const change = ratio - this.ratio;
    const amount = change >= 0 ? this.step : -this.step;
    const isJump = Math.abs(change) >= 0.05;
    this.step = isJump ? (amount >= 0 ? 1 : -1) * 0.0625 * this.capacity : 0.98 * amount;
    [this.heard, this.ratio] = [[], ratio];
    return Math.sign(amount) * Math.ceil(Math.abs(amount));
  }
}

/** Window, probation and protected as arrays, least recently used first. */
class WTinyLfuTwin implements Twin {
  private readonly context: PolicyContext;
  private readonly climbs: boolean;
  private capacity: number;
  private window: number[] = [];
  private probation: number[] = [];
  private main: number[] = [];
  private windowMost = 0;
  private mainMost = 0;
  private sketch: Sketch;
  private climber: Climber;
  private heard = -1;
  private hasEvicted = false;

  constructor(context: PolicyContext, climbs: boolean) {
    this.context = context;
    this.climbs = climbs;
    this.capacity = context.capacityEntries;
    this.sketch = new Sketch(this.capacity);
    this.climber = new Climber(this.capacity);
    this.divide();
  }

  touch(id: number): void {
    this.sketch.add(id);
    const isInWindow = this.window.includes(id);
    this.remove(id);
    (isInWindow ? this.window : this.main).push(id);
    this.settle();
    this.climb(1);
  }

  insert(id: number): void {
    this.hear(id);
    this.heard = -1;
    this.window.push(id);
    this.settle();
    this.climb(0);
  }

  remove(id: number): void {
    const without = (ids: number[]): number[] => ids.filter((other) => other !== id);
    [this.window, this.probation, this.main] = [this.window, this.probation, this.main].map(without);
  }

  evict(newcomer: number): number {
    this.hasEvicted = true;
    if (newcomer >= 0) this.hear(newcomer);
    const isOver = this.window.length + (newcomer >= 0 ? 1 : 0) > this.windowMost;
    const [victim = -1] =
      isOver && this.window.length > 0 ? [this.duel()] : [...this.probation, ...this.main, ...this.window];
    this.remove(victim);
    return victim;
  }

  clear(): void {
    [this.window, this.probation, this.main] = [[], [], []];
    this.sketch = new Sketch(this.sketch.words);
    this.climber = new Climber(this.capacity);
    [this.heard, this.hasEvicted] = [-1, false];
    this.divide();
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    const other = new Sketch(capacityEntries);
    if (other.words > this.sketch.words) this.sketch = other;
    this.climber = new Climber(capacityEntries);
    this.divide();
    this.settle();
  }

  order(): number[] {
    return [];
  }

  private divide(): void {
    const rest = Math.floor(0.99 * this.capacity);
    [this.windowMost, this.mainMost] = [this.capacity - rest, Math.floor(0.8 * rest)];
  }

  /** Whoever is too much in the window or the protected part goes to the probation. */
  private settle(): void {
    while (this.window.length > this.windowMost) this.probation.push(this.window.shift() as number);
    while (this.main.length > this.mainMost) this.probation.push(this.main.shift() as number);
  }

  private hear(id: number): void {
    if (this.heard !== id) this.sketch.add(id);
    this.heard = id;
  }

  private climb(hit: number): void {
    if (!this.climbs || !this.hasEvicted) return;
    const amount = this.climber.hear(hit);
    const entries = amount > 0 ? Math.min(amount, this.mainMost) : -Math.min(-amount, this.windowMost - 1);
    this.windowMost += entries;
    this.mainMost -= entries;
    this.settle();
    for (let left = entries; left > 0 && this.window.length < this.windowMost; left--) {
      const id = this.probation.shift() ?? this.main.shift();
      if (id !== undefined) this.window.push(id);
    }
  }

  private duel(): number {
    this.probation.push(this.window.shift() as number);
    const [victim] = this.probation;
    const candidate = this.probation.at(-1) as number;
    if (victim === candidate) return candidate;
    const [theirs, ours] = [this.sketch.frequency(victim), this.sketch.frequency(candidate)];
    return ours > theirs || (ours >= 6 && this.context.below(128) === 0) ? victim : candidate;
  }
}

/** Twin of W-TinyLFU. */
export const wTinyLfuTwin: CreateTwin = (context) => new WTinyLfuTwin(context, false);

/** Twin of W-TinyLFU with the hill climber. */
export const wTinyLfuClimbingTwin: CreateTwin = (context) => new WTinyLfuTwin(context, true);
