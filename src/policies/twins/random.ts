import type { CreateTwin } from './Twin.ts';

/** An array from which a place is drawn. */
export const randomTwin: CreateTwin = (context) => {
  const ids: number[] = [];
  // The gap is closed with the last id: which id stands where decides whom the next draw meets.
  const takeAt = (place: number): number => {
    const id = ids[place];
    const last = ids.pop() ?? -1;
    if (place < ids.length) ids[place] = last;
    return id;
  };
  return {
    touch() {},
    insert: (id) => void ids.push(id),
    remove: (id) => void takeAt(ids.indexOf(id)),
    evict: () => (ids.length === 0 ? -1 : takeAt(context.below(ids.length))),
    clear: () => void ids.splice(0),
    resize() {},
    order: () => [],
  };
};
