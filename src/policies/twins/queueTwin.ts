import type { Twin } from './Twin.ts';

/** A queue whose last id is the next victim. */
export function queueTwin(onTouch: (ids: number[], id: number) => void): Twin {
  const ids: number[] = [];
  return {
    touch: (id) => onTouch(ids, id),
    insert: (id) => void ids.unshift(id),
    remove: (id) => void ids.splice(ids.indexOf(id), 1),
    evict: () => ids.pop() ?? -1,
    clear: () => void ids.splice(0),
    resize() {},
    order: (limit) => ids.slice().reverse().slice(0, limit),
  };
}
