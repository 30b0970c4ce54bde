import { END_NODES, linkBehind, unlink } from './nodes.ts';
import { grown } from './room.ts';

/**
 * The links of every id, shared by at most seven lists of which an id is in one at most. Eight bytes an id, which lie side by side,
 * so that a step in a list touches one cache line a node; grows by doubling.
 */
export class KeyLinks {
  /**
   * At `(id + END_NODES) << 1` stands where the node of the next id (towards the back) begins, behind it where that of the previous one
   * does. 0 where the id is in no list.
   */
  nodes = new Int32Array(0);
  private lists = 0;

  /** Makes room for `id`. */
  fit(id: number): void {
    const last = ((id + END_NODES) << 1) + 1;
    if (last >= this.nodes.length) this.nodes = grown(this.nodes, last, 0);
  }

  /** Where the end node of one more list begins. Throws a RangeError when there are seven. */
  addList(): number {
    this.lists++;
    if (this.lists >= END_NODES) throw new RangeError(`links are shared by ${END_NODES - 1} lists at most`);
    this.fit(0);
    return 2 * this.lists;
  }
}

/**
 * A doubly linked list of ids (dense non-negative integers) in typed arrays: every step takes constant time and, but for growth,
 * allocates nothing. A ring through an end node, so no step asks whether a neighbour is there. Lists made over the same `KeyLinks`
 * share its array; moving an id between them is `remove` from the one it is in, then a push to the other. The caller knows which
 * list an id is in: nothing is checked.
 */
export class KeyList {
  /** How many ids are in the list. */
  size = 0;
  /** Where the end node begins: next of it is the front, previous of it the back. */
  readonly end: number;
  private readonly links: KeyLinks;

  constructor(links: KeyLinks = new KeyLinks()) {
    this.links = links;
    this.end = links.addList();
    links.nodes[this.end] = this.end;
    links.nodes[this.end + 1] = this.end;
  }

  /** First id, −1 when empty. */
  get front(): number {
    return this.idAt(this.links.nodes[this.end]);
  }

  /** Last id, −1 when empty. */
  get back(): number {
    return this.idAt(this.links.nodes[this.end + 1]);
  }

  /** The id behind `id`, towards the back; −1 at the end. */
  next(id: number): number {
    return this.idAt(this.links.nodes[(id + END_NODES) << 1]);
  }

  /** The id before `id`, towards the front; −1 at the end. */
  previous(id: number): number {
    return this.idAt(this.links.nodes[((id + END_NODES) << 1) + 1]);
  }

  /** Puts an id that is in no list at the front. */
  pushFront(id: number): void {
    this.link(id, this.end);
  }

  /** Puts an id that is in no list at the back. */
  pushBack(id: number): void {
    this.link(id, this.links.nodes[this.end + 1]);
  }

  /** Puts an id that is in no list right behind `anchor`, which is in this one; at the front where `anchor` is −1. */
  insertAfter(anchor: number, id: number): void {
    this.link(id, anchor < 0 ? this.end : (anchor + END_NODES) << 1);
  }

  /** Takes out an id that is in this list. */
  remove(id: number): void {
    const { nodes } = this.links;
    const node = (id + END_NODES) << 1;
    unlink(nodes, node);
    nodes[node] = 0;
    this.size--;
  }

  /** Brings an id that is in this list to its front. */
  moveToFront(id: number): void {
    const { nodes } = this.links;
    const node = (id + END_NODES) << 1;
    unlink(nodes, node);
    linkBehind(nodes, this.end, node);
  }

  /** Takes out the last id and returns it; −1 when the list is empty. */
  popBack(): number {
    const id = this.back;
    if (id >= 0) this.remove(id);
    return id;
  }

  /** Takes out the first id and returns it; −1 when the list is empty. */
  popFront(): number {
    const id = this.front;
    if (id >= 0) this.remove(id);
    return id;
  }

  /** Empties the list, in time proportional to what is in it. */
  clear(): void {
    const { nodes } = this.links;
    for (let node = nodes[this.end]; node !== this.end; ) {
      const next = nodes[node];
      nodes[node] = 0;
      node = next;
    }
    nodes[this.end] = this.end;
    nodes[this.end + 1] = this.end;
    this.size = 0;
  }

  /** Up to `limit` ids from the back on. */
  fromBack(limit: number): number[] {
    const ids: number[] = [];
    for (let id = this.back; id >= 0 && ids.length < limit; id = this.previous(id)) ids.push(id);
    return ids;
  }

  /** Up to `limit` ids from the front on. */
  fromFront(limit: number): number[] {
    const ids: number[] = [];
    for (let id = this.front; id >= 0 && ids.length < limit; id = this.next(id)) ids.push(id);
    return ids;
  }

  private idAt(node: number): number {
    return node === this.end ? -1 : (node >> 1) - END_NODES;
  }

  /** Puts an id behind the node that begins at `previous`. */
  private link(id: number, previous: number): void {
    this.links.fit(id);
    linkBehind(this.links.nodes, previous, (id + END_NODES) << 1);
    this.size++;
  }
}
