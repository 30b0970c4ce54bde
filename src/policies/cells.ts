import type { InsideCell, InsideList } from './Insides.ts';

/** Cells of ids of which nothing but their place is known. */
export function cells(ids: readonly number[]): InsideCell[] {
  return ids.map((id) => ({ id, marks: [] }));
}

/** Cells that each carry one mark, read from an array by id. */
export function markedCells(ids: readonly number[], name: string, values: ArrayLike<number>): InsideCell[] {
  return ids.map((id) => ({ id, marks: [{ name, value: values[id] }] }));
}

/** A list of residents that only the whole cache limits. */
export function residents(id: string, title: string, firstIs: InsideList['firstIs'], shown: InsideCell[]): InsideList {
  return { id, title, kind: 'resident', cells: shown, firstIs, limit: null, hand: null };
}
