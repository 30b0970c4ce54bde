import { FrequencySketch } from './FrequencySketch.ts';
import type { InsideCell, InsideGauge, InsideList, Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import { END_NODES, linkBehind, moveLast, unlink } from './nodes.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';
import { WindowClimber } from './WindowClimber.ts';

/** Share of the cache that is not window. */
const MAIN_SHARE = 0.99;

/** Share of the main part that is protected. */
const PROTECTED_SHARE = 0.8;

/** A candidate asked for this often is warm: it may be let in although it lost. */
const WARM_FREQUENCY = 6;

/** One warm candidate in so many is let in. */
const WARM_ODDS = 128;

/** Where an id stands; 0 for nowhere. */
const WINDOW = 1;
const PROBATION = 2;
const PROTECTED = 3;

/** How an admission duel ended. */
const REJECTED = 0;
const ADMITTED = 1;
const LET_IN = 2;

/**
 * W-TinyLFU: newcomers enter a small LRU window. Who falls out of it is the candidate for the main part, a segmented LRU, and meets
 * its next victim: whoever was asked for more often lately, by a sketch that hears every request, stays; the other leaves.
 *
 * Where implementations differ, as Caffeine: window = capacity − floor(0.99 × capacity), at least one entry; 80 % of the main part
 * protected; at a tie the candidate loses; a losing candidate of frequency 6 or more is let in one time in 128, so that nobody
 * who knows the hash function can keep it out for ever; while there is room the window overflows without a duel. A look-up that
 * misses is heard when its entry comes in. Where one newcomer needs the room of several entries, the first place is fought for and
 * the further ones are taken from the main part's end. `resize` to more than the sketch was made for starts a new one.
 */
class WTinyLfu implements Policy {
  private readonly context: PolicyContext;
  private readonly links = new KeyLinks();
  private readonly window = new KeyList(this.links);
  private readonly probation = new KeyList(this.links);
  private readonly protected = new KeyList(this.links);
  private readonly climbs: boolean;
  private capacity: number;
  private windowMost = 1;
  private protectedMost = 0;
  private sketch: FrequencySketch;
  private climber: WindowClimber;
  private places = new Uint8Array(0);
  /** The newcomer that the sketch has already heard of; −1 when there is none. */
  private heard = -1;
  private hasEvicted = false;
  /** The last duel: candidate, victim, the frequency of each, how it ended; empty before the first. */
  private readonly duel = new Int32Array(5).fill(-1);

  constructor(context: PolicyContext, climbs: boolean) {
    this.context = context;
    this.climbs = climbs;
    this.capacity = context.capacityEntries;
    this.sketch = new FrequencySketch(this.capacity);
    this.climber = new WindowClimber(this.capacity);
    this.divide();
  }

  touch(id: number): void {
    this.sketch.add(id);
    const place = this.places[id];
    if (place === WINDOW) this.window.moveToFront(id);
    else if (place === PROTECTED) this.protected.moveToFront(id);
    else {
      this.probation.remove(id);
      this.protected.pushFront(id);
      this.places[id] = PROTECTED;
      if (this.protected.size > this.protectedMost) this.demote();
    }
    if (this.climbs && this.hasEvicted) this.climb(1);
  }

  insert(id: number): void {
    this.fit(id);
    if (this.heard !== id) this.sketch.add(id);
    this.heard = -1;
    this.window.pushFront(id);
    this.places[id] = WINDOW;
    if (this.window.size > this.windowMost) this.leaveWindow();
    if (this.climbs && this.hasEvicted) this.climb(0);
  }

  remove(id: number): void {
    this.listOf(id).remove(id);
    this.places[id] = 0;
  }

  evict(newcomer: number): number {
    this.hasEvicted = true;
    let crowd = this.window.size;
    if (newcomer >= 0) {
      if (this.heard !== newcomer) this.sketch.add(newcomer);
      this.heard = newcomer;
      crowd++;
    }
    let victim = -1;
    if (crowd > this.windowMost && this.window.size > 0) {
      const candidate = this.leaveWindow();
      victim = this.loser(candidate, this.probation.back);
    } else victim = this.endOfMain();
    if (victim < 0) return victim;
    this.remove(victim);
    return victim;
  }

  clear(): void {
    for (const list of [this.window, this.probation, this.protected]) list.clear();
    this.places.fill(0);
    this.sketch.clear();
    this.climber = new WindowClimber(this.capacity);
    this.heard = -1;
    this.hasEvicted = false;
    this.duel.fill(-1);
    this.divide();
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    const sketch = new FrequencySketch(capacityEntries);
    if (sketch.period > this.sketch.period) this.sketch = sketch;
    this.climber = new WindowClimber(capacityEntries);
    this.divide();
    while (this.window.size > this.windowMost) this.leaveWindow();
    while (this.protected.size > this.protectedMost) this.demote();
  }

  /** None: who loses the next duel is known only when it is fought. */
  order(): number[] {
    return [];
  }

  // The steps of touch, evict and insert on the lists by hand: calls would take half as long again.
  replay(ids: Uint32Array, from: number, to: number): number {
    this.prepare(largestId(ids, from, to));
    const { places, sketch, capacity, window, probation } = this;
    const main = this.protected;
    const { nodes } = this.links;
    const [windowEnd, probationEnd, mainEnd] = [window.end, probation.end, main.end];
    let [hits, size] = [0, window.size + probation.size + main.size];
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const node = (id + END_NODES) << 1;
      const place = places[id];
      sketch.add(id);
      if (place !== 0) {
        hits++;
        unlink(nodes, node);
        linkBehind(nodes, place === WINDOW ? windowEnd : mainEnd, node);
        if (place === PROBATION) {
          places[id] = PROTECTED;
          probation.size--;
          if (++main.size > this.protectedMost) this.demote();
        }
      } else {
        if (size < capacity) size++;
        else {
          this.hasEvicted = true;
          let victim = 0;
          if (window.size >= this.windowMost) {
            const candidate = moveLast(nodes, windowEnd, probationEnd);
            places[candidate] = PROBATION;
            window.size--;
            victim = this.loser(candidate, (nodes[probationEnd + 1] >> 1) - END_NODES);
          } else {
            victim = this.endOfMain();
            this.listOf(victim).size--;
          }
          const victimNode = (victim + END_NODES) << 1;
          unlink(nodes, victimNode);
          nodes[victimNode] = 0;
          places[victim] = 0;
        }
        linkBehind(nodes, windowEnd, node);
        places[id] = WINDOW;
        if (++window.size > this.windowMost) this.leaveWindow();
      }
      if (this.climbs && this.hasEvicted) this.climb(place === 0 ? 0 : 1);
    }
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const [candidate, victim, candidateFrequency, victimFrequency, end] = this.duel;
    const lists = [
      this.segment('window', 'Window', this.window, this.windowMost),
      this.segment('probation', 'Probation', this.probation, null),
      this.segment('protected', 'Protected', this.protected, this.protectedMost),
    ];
    if (candidate >= 0) {
      const fighter = (id: number, frequency: number, stays: boolean): InsideCell => ({
        id,
        marks: [
          { name: 'frequency', value: frequency },
          { name: 'stays', value: stays ? 1 : 0 },
        ],
      });
      const duel = [
        fighter(candidate, candidateFrequency, end !== REJECTED),
        fighter(victim, victimFrequency, end === REJECTED),
      ];
      const place = { kind: 'sample', firstIs: 'slot', limit: 2, hand: null } as const;
      lists.push({ id: 'duel', title: 'Last duel: candidate, victim', cells: duel, ...place });
    }
    const gauges: InsideGauge[] = [
      { id: 'additions', title: 'Additions since the halving', value: this.sketch.additions, most: this.sketch.period },
    ];
    if (candidate >= 0) gauges.push({ id: 'luck', title: 'Let in by luck', value: end === LET_IN ? 1 : 0, most: 1 });
    if (this.climbs) gauges.push(...this.climber.gauges());
    return { lists, gauges, grids: [{ id: 'sketch', title: 'Frequency sketch', rows: this.sketch.rows(), most: 15 }] };
  }

  private segment(id: string, title: string, list: KeyList, limit: number | null): InsideList {
    const cells = list.fromFront(Infinity).map((member) => ({
      id: member,
      marks: [{ name: 'frequency', value: this.sketch.frequency(member) }],
    }));
    return { id, title, kind: 'resident', cells, firstIs: 'newest', limit, hand: null };
  }

  /** Makes room for all ids of a replay, and starts it with no more residents than there may be. */
  private prepare(most: number): void {
    this.fit(most);
    this.links.fit(most);
    while (this.window.size + this.probation.size + this.protected.size > this.capacity) this.evict(-1);
    this.heard = -1;
  }

  private fit(id: number): void {
    if (id >= this.places.length) this.places = grownBytes(this.places, id);
  }

  private listOf(id: number): KeyList {
    const place = this.places[id];
    if (place === WINDOW) return this.window;
    return place === PROBATION ? this.probation : this.protected;
  }

  /** The sizes of the segments at the start. */
  private divide(): void {
    const main = Math.floor(MAIN_SHARE * this.capacity);
    this.windowMost = this.capacity - main;
    this.protectedMost = Math.floor(PROTECTED_SHARE * main);
  }

  /** The oldest of the window becomes the newest of the probation. */
  private leaveWindow(): number {
    const candidate = this.window.popBack();
    this.probation.pushFront(candidate);
    this.places[candidate] = PROBATION;
    return candidate;
  }

  /** The oldest of the protected becomes the newest of the probation. */
  private demote(): void {
    const id = this.protected.popBack();
    this.probation.pushFront(id);
    this.places[id] = PROBATION;
  }

  /** The loser of the duel between who fell out of the window and who stands at the end of the probation. */
  private loser(candidate: number, victim: number): number {
    if (victim === candidate) return candidate;
    const candidateFrequency = this.sketch.frequency(candidate);
    const victimFrequency = this.sketch.frequency(victim);
    let end = REJECTED;
    if (candidateFrequency > victimFrequency) end = ADMITTED;
    else if (candidateFrequency >= WARM_FREQUENCY && this.context.below(WARM_ODDS) === 0) end = LET_IN;
    const { duel } = this;
    duel[0] = candidate;
    duel[1] = victim;
    duel[2] = candidateFrequency;
    duel[3] = victimFrequency;
    duel[4] = end;
    return end === REJECTED ? candidate : victim;
  }

  /** The next victim where nobody falls out of the window; −1 where nobody is left. */
  private endOfMain(): number {
    if (this.probation.size > 0) return this.probation.back;
    return this.protected.size > 0 ? this.protected.back : this.window.back;
  }

  /** Tells the climber of a request and moves the border as it says; `hit` is 1 or 0. */
  private climb(hit: number): void {
    const amount = this.climber.hear(hit);
    if (amount > 0) this.widenWindow(Math.min(amount, this.protectedMost));
    else if (amount < 0) this.narrowWindow(Math.min(-amount, this.windowMost - 1));
  }

  private widenWindow(entries: number): void {
    this.windowMost += entries;
    this.protectedMost -= entries;
    while (this.protected.size > this.protectedMost) this.demote();
    for (let moved = 0; moved < entries && this.window.size < this.windowMost; moved++) {
      const id = this.probation.size > 0 ? this.probation.popBack() : this.protected.popBack();
      if (id < 0) return;
      this.window.pushFront(id);
      this.places[id] = WINDOW;
    }
  }

  private narrowWindow(entries: number): void {
    this.windowMost -= entries;
    this.protectedMost += entries;
    while (this.window.size > this.windowMost) this.leaveWindow();
  }
}

const source =
  'Einziger, Friedman and Manes, "TinyLFU: a highly efficient cache admission policy", ACM Transactions on Storage 13(4), 2017';

/** Registry line of W-TinyLFU with a window of 1 %. */
export const wTinyLfu: PolicyEntry = {
  id: 'w-tinylfu',
  title: 'W-TinyLFU',
  summary:
    'Lets a newcomer into its main part only if it was asked for more often lately than the one it would push out.',
  source,
  create: (context) => new WTinyLfu(context, false),
};

/** Registry line of W-TinyLFU with the hill climber that sizes the window. */
export const wTinyLfuClimbing: PolicyEntry = {
  id: 'w-tinylfu-climbing',
  title: 'W-TinyLFU, climbing',
  summary: 'W-TinyLFU that keeps moving the size of its window in the direction that raised the hit ratio last time.',
  source:
    'Einziger, Eytan, Friedman and Manes, "Adaptive software cache management", ACM/IFIP Middleware 2018; Caffeine 3',
  create: (context) => new WTinyLfu(context, true),
};
