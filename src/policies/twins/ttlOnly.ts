import type { CreateTwin } from './Twin.ts';

/** Never names anybody. */
export const ttlOnlyTwin: CreateTwin = () => ({
  touch() {},
  insert() {},
  remove() {},
  evict: () => -1,
  clear() {},
  resize() {},
  order: () => [],
});
