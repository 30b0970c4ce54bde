import type { CreateTwin } from './Twin.ts';

/** An object in the queue. */
interface Node {
  id: number;
  visited: boolean;
}

/** The queue, head (newest) first, and the object that the hand is at; null where it starts from the tail. */
interface State {
  queue: Node[];
  hand: Node | null;
}

/** The next object towards the head; null behind the head. */
function towardsHead(queue: Node[], node: Node): Node | null {
  return queue[queue.indexOf(node) - 1] ?? null;
}

/** Algorithm 1 of the paper, the part that evicts. */
function evict(state: State): number {
  const { queue } = state;
  if (queue.length === 0) return -1;
  let object = state.hand ?? queue[queue.length - 1];
  while (object.visited) {
    object.visited = false;
    object = towardsHead(queue, object) ?? queue[queue.length - 1];
  }
  state.hand = towardsHead(queue, object);
  queue.splice(queue.indexOf(object), 1);
  return object.id;
}

/** The paper's pseudo-code over an array. */
export const sieveTwin: CreateTwin = () => {
  const state: State = { queue: [], hand: null };
  const nodeOf = (id: number): Node => state.queue.find((node) => node.id === id) as Node;
  return {
    touch: (id) => void (nodeOf(id).visited = true),
    insert: (id) => void state.queue.unshift({ id, visited: false }),
    remove: (id) => {
      const node = nodeOf(id);
      if (state.hand === node) state.hand = towardsHead(state.queue, node);
      state.queue.splice(state.queue.indexOf(node), 1);
    },
    evict: () => evict(state),
    clear: () => {
      state.queue = [];
      state.hand = null;
    },
    resize() {},
    order: (limit) => {
      const at = state.hand === null ? -1 : state.queue.indexOf(state.hand);
      const queue = state.queue.map((node) => ({ ...node }));
      const copy: State = { queue, hand: queue[at] ?? null };
      return Array.from({ length: Math.min(limit, queue.length) }, () => evict(copy));
    },
  };
};
