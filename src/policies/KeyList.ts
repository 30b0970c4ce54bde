/** Marks the end of a list. */
const NONE = -1;

/** Ids an array has room for before it first grows. */
const IDS_FIRST = 1024;

/** A copy of `array` of at least twice its length in which `index` has its place, filled up with `filler`. */
export function grown(array: Int32Array, index: number, filler: number): Int32Array<ArrayBuffer> {
  let length = Math.max(IDS_FIRST, array.length);
  while (length <= index) length *= 2;
  const larger = new Int32Array(length);
  larger.set(array);
  larger.fill(filler, array.length);
  return larger;
}

/** The links of every id, shared by lists of which an id is in one at most. Eight bytes an id; grows by doubling. */
export class KeyLinks {
  forward = new Int32Array(0);
  backward = new Int32Array(0);

  /** Makes room for `id`. */
  fit(id: number): void {
    if (id < this.forward.length) return;
    this.forward = grown(this.forward, id, NONE);
    this.backward = grown(this.backward, id, NONE);
  }
}

/**
 * A doubly linked list of ids (dense non-negative integers) in typed arrays: every step takes constant time and, but for growth,
 * allocates nothing. Lists made over the same `KeyLinks` share its arrays; moving an id between them is `remove` from the one it
 * is in, then a push to the other. The caller knows which list an id is in: nothing is checked.
 */
export class KeyList {
  /** First id, −1 when empty. */
  front = NONE;
  /** Last id, −1 when empty. */
  back = NONE;
  /** How many ids are in the list. */
  size = 0;
  private readonly links: KeyLinks;

  constructor(links: KeyLinks = new KeyLinks()) {
    this.links = links;
  }

  /** The id behind `id`, towards the back; −1 at the end. */
  next(id: number): number {
    return this.links.forward[id];
  }

  /** The id before `id`, towards the front; −1 at the end. */
  previous(id: number): number {
    return this.links.backward[id];
  }

  /** Puts an id that is in no list at the front. */
  pushFront(id: number): void {
    this.insertAfter(NONE, id);
  }

  /** Puts an id that is in no list at the back. */
  pushBack(id: number): void {
    this.insertAfter(this.back, id);
  }

  /** Puts an id that is in no list right behind `anchor`, which is in this one; at the front where `anchor` is −1. */
  insertAfter(anchor: number, id: number): void {
    this.links.fit(id);
    const { forward, backward } = this.links;
    const follower = anchor === NONE ? this.front : forward[anchor];
    forward[id] = follower;
    backward[id] = anchor;
    if (anchor === NONE) this.front = id;
    else forward[anchor] = id;
    if (follower === NONE) this.back = id;
    else backward[follower] = id;
    this.size++;
  }

  /** Takes out an id that is in this list. */
  remove(id: number): void {
    const { forward, backward } = this.links;
    const before = backward[id];
    const after = forward[id];
    if (before === NONE) this.front = after;
    else forward[before] = after;
    if (after === NONE) this.back = before;
    else backward[after] = before;
    this.size--;
  }

  /** Brings an id that is in this list to its front. */
  moveToFront(id: number): void {
    if (id === this.front) return;
    const { forward, backward } = this.links;
    const before = backward[id];
    const after = forward[id];
    forward[before] = after;
    if (after === NONE) this.back = before;
    else backward[after] = before;
    forward[id] = this.front;
    backward[id] = NONE;
    backward[this.front] = id;
    this.front = id;
  }

  /** Takes out the last id and returns it; −1 when the list is empty. */
  popBack(): number {
    const id = this.back;
    if (id !== NONE) this.remove(id);
    return id;
  }

  /** Takes out the first id and returns it; −1 when the list is empty. */
  popFront(): number {
    const id = this.front;
    if (id !== NONE) this.remove(id);
    return id;
  }

  /** Empties the list. */
  clear(): void {
    this.front = NONE;
    this.back = NONE;
    this.size = 0;
  }

  /** Up to `limit` ids from the back on. */
  fromBack(limit: number): number[] {
    const ids: number[] = [];
    for (let id = this.back; id !== NONE && ids.length < limit; id = this.previous(id)) ids.push(id);
    return ids;
  }

  /** Up to `limit` ids from the front on. */
  fromFront(limit: number): number[] {
    const ids: number[] = [];
    for (let id = this.front; id !== NONE && ids.length < limit; id = this.next(id)) ids.push(id);
    return ids;
  }
}
