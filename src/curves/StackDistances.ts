/** Slots under a leaf of the tree: 32 in a word, 4 words to a quad, 4 quads to a leaf. */
const LEAF_SLOTS = 512;
/** Slots for every distinct key: with more, the tree outgrows the processor's cache, with fewer it is compacted too often. */
const ROOM = 3;
const LEAST_SLOTS = 32_768;

/** How many bits of a 32-bit word are set. Source: H. Warren, Hacker's Delight, 2nd ed. 2012, §5–1. */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Sum of four bytes; no sum of bytes here reaches 512. */
function sumBytes(bytes: number): number {
  const pairs = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
  return (pairs + (pairs >>> 16)) & 0xffff;
}

/**
 * LRU stack distances of a stream of requests: how many different keys were asked for since the last request for the
 * same one, itself included. A request hits an LRU cache of C entries exactly if its distance is at most C.
 *
 * Every key has a bit at the slot of its last request, so the distance is the number of bits from there on. They are
 * counted without branches in the word, then by counts of words and of quads, four bytes to a number each, then in a tree of
 * four children a node, only as far up as the two slots have no node in common: above that, a bit that moves from one
 * to the other changes nothing, and for keys that come again soon there is nothing to climb. When the slots are used up,
 * the live bits move to the front. Sources: Mattson, Gecsei, Slutz and Traiger, "Evaluation techniques for storage
 * hierarchies", IBM Systems Journal 9(2), 1970; a bit a slot under a tree of counts: Bennett and Kruskal, "LRU stack
 * processing", IBM Journal of Research and Development 19(4), 1975.
 */
export class StackDistances {
  /** Requests at each distance 1 … distinct; at 0 those for a key that had not been seen before. */
  readonly counts: Uint32Array;
  private readonly lastSlots: Int32Array;
  private readonly words: Int32Array;
  /** Bits in each of four words, a byte each. */
  private readonly quads: Int32Array;
  /** Bits in each of four quads, a byte each. */
  private readonly leaves: Int32Array;
  /** Counts as a heap: the root at 0, the children of n from 4n + 1 on, the leaves last. */
  private readonly tree: Int32Array;
  private readonly firstLeaf: number;
  private now = 0;

  /** `distinct`: ids lie below it. `requests`: how many will come in all, at most. */
  constructor(distinct: number, requests: number) {
    const leafCount = Math.max(1, Math.ceil(Math.min(requests, distinct * ROOM + LEAST_SLOTS) / LEAF_SLOTS));
    let width = 1;
    while (width < leafCount) width *= 4;
    this.firstLeaf = (width - 1) / 3;
    this.counts = new Uint32Array(distinct + 1);
    this.lastSlots = new Int32Array(distinct).fill(-1);
    this.words = new Int32Array(leafCount * 16);
    this.quads = new Int32Array(leafCount * 4);
    this.leaves = new Int32Array(leafCount);
    // The last node's brothers are looked at, too.
    this.tree = new Int32Array(this.firstLeaf + leafCount + 4);
  }

  /** Counts the distances of `ids[from … to)`, which follow those of the call before. */
  run(ids: Uint32Array, from: number, to: number): void {
    const { counts, lastSlots, words, quads, leaves, tree, firstLeaf } = this;
    const end = words.length << 5;
    let now = this.now;
    for (let i = from; i < to; i++) {
      if (now === end) now = this.compact();
      const id = ids[i];
      const slot = lastSlots[id];
      lastSlots[id] = now;
      let newNode = firstLeaf + (now >>> 9);
      if (slot < 0) {
        counts[0]++;
        for (; newNode > 0; newNode = (newNode - 1) >> 2) tree[newNode]++;
      } else {
        const word = words[slot >>> 5];
        const bit = 1 << (slot & 31);
        words[slot >>> 5] = word ^ bit;
        const quad = quads[slot >>> 7];
        const wordShift = (slot >>> 2) & 24;
        quads[slot >>> 7] = quad - (1 << wordShift);
        const leaf = leaves[slot >>> 9];
        const quadShift = (slot >>> 4) & 24;
        leaves[slot >>> 9] = leaf - (1 << quadShift);
        let distance =
          countBits(word & -bit) + sumBytes((quad >>> wordShift) >>> 8) + sumBytes((leaf >>> quadShift) >>> 8);
        for (let node = firstLeaf + (slot >>> 9); node !== newNode; node = (node - 1) >> 2) {
          const place = (node - 1) & 3;
          const first = node - place;
          // The brothers behind it; a mask is all ones where there is one.
          distance += tree[first + 1] & ((place - 1) >> 31);
          distance += tree[first + 2] & ((place - 2) >> 31);
          distance += tree[first + 3] & ((place - 3) >> 31);
          tree[node]--;
          tree[newNode]++;
          newNode = (newNode - 1) >> 2;
        }
        counts[distance]++;
      }
      words[now >>> 5] |= 1 << (now & 31);
      quads[now >>> 7] += 1 << ((now >>> 2) & 24);
      leaves[now >>> 9] += 1 << ((now >>> 4) & 24);
      now++;
    }
    this.now = now;
  }

  /** Moves the live bits to the first slots, in their order; returns the first free one. */
  private compact(): number {
    const { lastSlots, words } = this;
    const before = new Int32Array(words.length);
    let live = 0;
    for (let word = 0; word < words.length; word++) {
      before[word] = live;
      live += countBits(words[word]);
    }
    for (let id = 0; id < lastSlots.length; id++) {
      const slot = lastSlots[id];
      if (slot < 0) continue;
      const word = slot >>> 5;
      lastSlots[id] = before[word] + countBits(words[word] & ~(-1 << (slot & 31)));
    }
    this.fillFirst(live);
    return live;
  }

  /** Sets the first `live` bits and no others, with all counts above them. */
  private fillFirst(live: number): void {
    const { words, quads, leaves, tree, firstLeaf } = this;
    const within = (from: number, most: number) => Math.max(0, Math.min(most, live - from));
    const bytes = (from: number, step: number) =>
      within(from, step) |
      (within(from + step, step) << 8) |
      (within(from + 2 * step, step) << 16) |
      (within(from + 3 * step, step) << 24);
    for (let i = 0; i < words.length; i++) {
      const count = within(i << 5, 32);
      words[i] = count === 32 ? -1 : ~(-1 << count);
    }
    for (let i = 0; i < quads.length; i++) quads[i] = bytes(i << 7, 32);
    tree.fill(0);
    for (let i = 0; i < leaves.length; i++) {
      leaves[i] = bytes(i << 9, 128);
      tree[firstLeaf + i] = within(i << 9, LEAF_SLOTS);
    }
    for (let node = firstLeaf + leaves.length - 1; node > 0; node--) tree[(node - 1) >> 2] += tree[node];
  }
}
