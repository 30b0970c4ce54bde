import { NOT_DECIMAL, readKeyNumber } from './decimal.ts';
import { grow, trimmed } from './grow.ts';
import { showBytes } from './showBytes.ts';

/** A slot holds id + 1 in its low 24 bits and 8 bits of the hash above them; 0 is an empty slot. */
const ID_MASK = 0xffffff;
/** Ids are below this. */
export const MOST_IDS = ID_MASK;
const firstBits = 10;
/** Numbers below this are looked up where they stand, without a hash: the blocks and rows of most numeric traces. At most 6 MiB. */
const PLAIN_NUMBERS = 2_097_152;

/** What a trace calls its ids. */
export interface KeyNames {
  /** The key of this id, as `showBytes` shows it. Throws a RangeError for an id that was never given out. */
  nameOf(id: number): string;
}

/**
 * Gives every different key a dense id, numbered from 0 by first appearance, so that ids never depend on the hash. Open addressing
 * with linear probing in typed arrays, at most 5/8 full. A key that writes a whole number below 2^32 the way people do is kept as
 * that number, in a table of its own, or, where it is small, at its own place in an array; all others are kept as bytes, one after the
 * other in one buffer.
 */
export class Interner implements KeyNames {
  /** How many different keys there are. */
  distinct = 0;
  /** Bytes of the keys that are kept as bytes, with their lengths. */
  keyBytes = 0;
  private readonly seed: number;
  private readonly multiplier: number;
  private readonly mostKeys: number;
  private readonly mostBytes: number;
  /** By small number: id + 1, or 0, in three bytes, since an id has 24 bits: a fourth would be empty, and caches hold more without it. */
  private plain = new DataView(new ArrayBuffer(0));
  /** Numbers below this have a place there. */
  private plainMost = 0;
  /** Small numbers among the ids below this stand in `references` too. */
  private named = 0;
  private numbers: Table = new Table();
  private texts: Table = new Table();
  /** By id: the number itself (as 32 bits with a sign: engines are fastest with those), or where in `buffer` the key begins (its length in 7-bit groups, then its bytes). */
  private references = new Int32Array(0);
  /** By id, a bit: whether it is kept as bytes. */
  private isText = new Uint8Array(0);
  private buffer = new Uint8Array(0);

  /**
   * `seed` is any integer: a host draws it, so that no file can be made whose keys all collide. `mostKeys` (at most `MOST_IDS`) and
   * `mostBytes` are limits; beyond either, `intern` returns −1.
   */
  constructor(seed: number, mostKeys: number, mostBytes: number) {
    this.seed = seed | 0;
    // Odd, and 5 modulo 8, as multipliers of such hashes should be.
    this.multiplier = (Math.imul(this.seed, 0x9e3779b1) & ~7) | 5;
    this.mostKeys = Math.min(mostKeys, MOST_IDS);
    this.mostBytes = mostBytes;
  }

  /** The id of the key in bytes [from, to), a new one where it is new; −1 where there is no room for it. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const number = readKeyNumber(bytes, from, to);
    return number === NOT_DECIMAL ? this.internText(bytes, from, to) : this.internNumber(number);
  }

  /** The id of the key that writes `key`, a whole number below 2^32; −1 where there is no room for it. */
  internNumber(key: number): number {
    if (key < this.plainMost) {
      const next = placeOf(this.plain, key);
      if (next !== 0) return next - 1;
    }
    return key < PLAIN_NUMBERS ? this.addPlain(key) : this.findNumber(key);
  }

  /**
   * What `internNumber` gives for each of these, written to `ids` from index `at` on, in three quarters of the time. Returns how many
   * there was room for.
   */
  internNumbers(keys: Uint32Array, ids: Uint32Array, at = 0): number {
    const target = ids.subarray(at);
    for (let index = 0; ; index++) {
      index = this.internPlain(keys, index, target);
      if (index === keys.length) return index;
      const id = this.internNumber(keys[index]);
      if (id < 0) return index;
      target[index] = id;
    }
  }

  /**
   * Goes on from `index` while numbers are small and there is room; returns where it stopped. No calls within: fields stay in registers.
   * The mask is written out: bundlers make a `var` of a module's constant, which V8 reads anew at every key and takes for a fraction.
   */
  private internPlain(keys: Uint32Array, from: number, ids: Uint32Array): number {
    const { plain, plainMost, mostKeys } = this;
    let { distinct } = this;
    let index = from;
    for (; index < keys.length; index++) {
      const key = keys[index];
      if (key >= plainMost) break;
      const at = Math.imul(key, 3);
      const word = plain.getInt32(at, true);
      let next = word & 0xffffff;
      if (next === 0) {
        if (distinct >= mostKeys) break;
        distinct++;
        next = distinct;
        plain.setInt32(at, word | next, true);
      }
      ids[index] = next - 1;
    }
    this.distinct = distinct;
    return index;
  }

  private addPlain(key: number): number {
    const { distinct } = this;
    if (distinct >= this.mostKeys) return -1;
    // All at once: memory that is asked for and not touched costs nothing.
    if (this.plainMost === 0) {
      // A place is read with the byte behind it.
      this.plain = new DataView(new ArrayBuffer(3 * PLAIN_NUMBERS + 1));
      this.plainMost = PLAIN_NUMBERS;
    }
    this.plain.setInt32(3 * key, this.plain.getInt32(3 * key, true) | (distinct + 1), true);
    this.distinct = distinct + 1;
    return distinct;
  }

  /** Turns `plain` round, once somebody asks for names: a write less for each new key until then. */
  private namePlain(): void {
    const { plain, plainMost, distinct } = this;
    if (this.named === distinct) return;
    if (distinct > this.references.length) this.references = grow(this.references, distinct, this.mostKeys);
    for (let key = 0; key < plainMost; key++) {
      const next = placeOf(plain, key);
      if (next !== 0) this.references[next - 1] = key;
    }
    this.named = distinct;
  }

  private findNumber(key: number): number {
    const { slots, shift } = this.numbers;
    const references = this.references;
    const mask = slots.length - 1;
    const word = key | 0;
    const hash = this.hashNumber(word);
    for (let at = hash >>> shift; ; at = (at + 1) & mask) {
      const slot = slots[at];
      if (slot === 0) return this.addNumber(word, hash);
      if ((slot ^ (hash << 24)) >>> 24 !== 0) continue;
      const id = (slot & ID_MASK) - 1;
      if (references[id] === word) return id;
    }
  }

  /** The key of this id. */
  nameOf(id: number): string {
    if (!(Number.isInteger(id) && id >= 0 && id < this.distinct)) throw new RangeError(`no key has the id ${id}`);
    this.namePlain();
    const reference = this.references[id];
    if (!this.keptAsText(id)) return String(reference >>> 0);
    const start = this.keyStart(reference);
    return showBytes(this.buffer, start, start + this.keyLength(reference));
  }

  /** Lets go of what is only needed to find more keys; from now on there are only names. */
  close(): void {
    this.namePlain();
    this.plain = new DataView(new ArrayBuffer(0));
    this.plainMost = 0;
    this.numbers = new Table();
    this.texts = new Table();
    this.references = trimmed(this.references, this.distinct);
    this.isText = trimmed(this.isText, (this.distinct + 7) >> 3);
    this.buffer = trimmed(this.buffer, this.keyBytes);
  }

  private internText(bytes: Uint8Array, from: number, to: number): number {
    const { slots, shift } = this.texts;
    const mask = slots.length - 1;
    const hash = this.hashText(bytes, from, to);
    for (let at = hash >>> shift; ; at = (at + 1) & mask) {
      const slot = slots[at];
      if (slot === 0) return this.addText(bytes, from, to, hash);
      if ((slot ^ (hash << 24)) >>> 24 !== 0) continue;
      const id = (slot & ID_MASK) - 1;
      if (this.isKey(this.references[id], bytes, from, to)) return id;
    }
  }

  private addNumber(key: number, hash: number): number {
    if (this.distinct >= this.mostKeys) return -1;
    const id = this.newId(key);
    this.numbers.add(id, hash);
    if (this.numbers.isFull) this.rehashNumbers();
    return id;
  }

  private addText(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const length = to - from;
    const start = this.keyBytes;
    // A length takes at most five groups of seven bits.
    if (this.distinct >= this.mostKeys || start + length + 5 > this.mostBytes) return -1;
    if (start + length + 5 > this.buffer.length) this.buffer = grow(this.buffer, start + length + 5, this.mostBytes);
    let at = start;
    let rest = length;
    for (; rest > 127; rest >>>= 7) this.buffer[at++] = (rest & 127) | 128;
    this.buffer[at++] = rest;
    for (let i = from; i < to; i++) this.buffer[at++] = bytes[i];
    this.keyBytes = at;
    const id = this.newId(start);
    if (id >> 3 >= this.isText.length) this.isText = grow(this.isText, (id >> 3) + 1, (this.mostKeys + 7) >> 3);
    this.isText[id >> 3] |= 1 << (id & 7);
    this.texts.add(id, hash);
    if (this.texts.isFull) this.rehashTexts();
    return id;
  }

  private newId(reference: number): number {
    const id = this.distinct++;
    if (id >= this.references.length) this.references = grow(this.references, id + 1, this.mostKeys);
    this.references[id] = reference;
    return id;
  }

  private rehashNumbers(): void {
    const larger = new Table(moreBits(this.numbers.bits));
    for (let id = 0; id < this.distinct; id++) {
      const number = this.references[id];
      if (!this.keptAsText(id) && number >>> 0 >= PLAIN_NUMBERS) larger.add(id, this.hashNumber(number));
    }
    this.numbers = larger;
  }

  private rehashTexts(): void {
    const larger = new Table(moreBits(this.texts.bits));
    for (let id = 0; id < this.distinct; id++) {
      if (!this.keptAsText(id)) continue;
      const start = this.keyStart(this.references[id]);
      larger.add(id, this.hashText(this.buffer, start, start + this.keyLength(this.references[id])));
    }
    this.texts = larger;
  }

  /** Finaliser of MurmurHash3 (Appleby, public domain), shortened by one round, over the seeded key. */
  private hashNumber(key: number): number {
    let hash = Math.imul(key ^ this.seed, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  /** Multiply and add byte by byte under a seeded multiplier, then spread. */
  private hashText(bytes: Uint8Array, from: number, to: number): number {
    const multiplier = this.multiplier;
    let hash = this.seed ^ (to - from);
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], multiplier);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  private keptAsText(id: number): boolean {
    return id >> 3 < this.isText.length && (this.isText[id >> 3] & (1 << (id & 7))) !== 0;
  }

  private keyStart(reference: number): number {
    let at = reference;
    while (this.buffer[at] > 127) at++;
    return at + 1;
  }

  private keyLength(reference: number): number {
    let length = 0;
    let at = reference;
    for (let bits = 0; ; bits += 7) {
      const group = this.buffer[at++];
      length |= (group & 127) << bits;
      if (group < 128) return length;
    }
  }

  private isKey(reference: number, bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (this.keyLength(reference) !== length) return false;
    const { buffer } = this;
    const start = this.keyStart(reference);
    for (let i = 0; i < length; i++) if (buffer[start + i] !== bytes[from + i]) return false;
    return true;
  }
}

/** What stands at the place of a small number. */
function placeOf(plain: DataView, key: number): number {
  return plain.getInt32(3 * key, true) & ID_MASK;
}

/** Doubles, and large tables twice at once: the one that is given up stays in memory until somebody collects it. */
function moreBits(bits: number): number {
  return bits === 22 ? 24 : bits + 1;
}

/** Slots by hash. */
class Table {
  readonly bits: number;
  readonly slots: Int32Array<ArrayBuffer>;
  readonly shift: number;
  private readonly most: number;
  private count = 0;

  constructor(bits = firstBits) {
    this.bits = bits;
    this.slots = new Int32Array(1 << bits);
    this.shift = 32 - bits;
    this.most = this.slots.length * 0.625;
  }

  get isFull(): boolean {
    return this.count > this.most;
  }

  add(id: number, hash: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = hash >>> this.shift;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = (hash << 24) | (id + 1);
    this.count++;
  }
}
