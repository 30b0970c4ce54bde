/**
 * Steps on the links of a `KeyList`, for loops that cannot afford the list's own methods: they take the array and where nodes begin,
 * so V8 puts them into the loop and keeps all that it knows of the array. They count nothing: sizes are the loop's own affair.
 */

/**
 * Nodes that come before those of the ids: number 0 is nobody's, the others are the ends of lists. The node of an id begins at
 * `(id + END_NODES) << 1`: a shift, because V8 takes twice an unsigned number for one with a fraction.
 */
export const END_NODES = 8;

/** Takes a node out of its list. */
export function unlink(nodes: Int32Array, node: number): void {
  const next = nodes[node];
  const previous = nodes[node + 1];
  nodes[previous] = next;
  nodes[next + 1] = previous;
}

/** Puts a node that is in no list behind another, towards the back. */
export function linkBehind(nodes: Int32Array, previous: number, node: number): void {
  const next = nodes[previous];
  nodes[node] = next;
  nodes[node + 1] = previous;
  nodes[next + 1] = node;
  nodes[previous] = node;
}

/** Takes the last node out of the list that ends at `end`, which has one; returns its id. */
export function takeLast(nodes: Int32Array, end: number): number {
  const last = nodes[end + 1];
  unlink(nodes, last);
  nodes[last] = 0;
  return (last >> 1) - END_NODES;
}

/** Moves the last node of the list that ends at `end`, which has one, to the front of another; returns its id. */
export function moveLast(nodes: Int32Array, end: number, otherEnd: number): number {
  const last = nodes[end + 1];
  unlink(nodes, last);
  linkBehind(nodes, otherEnd, last);
  return (last >> 1) - END_NODES;
}
