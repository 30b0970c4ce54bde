import type { InsideCell, InsideList, Insides, PolicyStep } from '../../../../src/lab.ts';

/** What every part of a drawing needs to know. */
export interface Drawing {
  policy: string;
  insides: Insides;
  /** In entries. */
  capacity: number;
  names: readonly string[];
  /** The access that led here; null at the beginning. */
  step: PolicyStep | null;
  /** Chooses an entry of the cache; absent where there is nothing to choose. */
  onPick?: (id: number) => void;
  /** The same for the same thing at two moments, so that it can glide from one place to the other. */
  glideKey: (list: InsideList, place: number) => string;
}

/**
 * Keys for gliding. An id in several lists of the policy is its first, second, … occurrence in drawing order; what a pool or a
 * sample holds is only a mention of a key, and counted apart.
 */
export function glideKeys(insides: Insides): Drawing['glideKey'] {
  const keys = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const list of insides.lists) {
    const realm = list.kind === 'resident' || list.kind === 'ghost' ? '' : list.id;
    list.cells.forEach(({ id }, place) => {
      const base = `${realm}${id}`;
      const occurrence = seen.get(base) ?? 0;
      seen.set(base, occurrence + 1);
      keys.set(`${list.id} ${place}`, `${base}#${occurrence}`);
    });
  }
  return (list, place) => keys.get(`${list.id} ${place}`) ?? `${list.id} ${place}`;
}

/** How a mark of a cell is shown. */
export type ShownMark =
  | { as: 'bit'; on: boolean; words: string }
  | { as: 'label'; text: string; words: string }
  | { as: 'words'; words: string };

const bits: Record<string, [on: string, off: string]> = {
  visited: ['bit set', 'bit clear'],
  used: ['bit set', 'bit clear'],
};

const units: Record<string, (value: number) => { text: string; words: string }> = {
  idle: (value) => ({ text: `${value} s`, words: `idle for ${value} seconds` }),
  ttl: (value) => ({ text: `${value} s`, words: `${value} seconds to live` }),
  count: (value) => ({ text: `${value}×`, words: `count ${value}` }),
  frequency: (value) => ({ text: `${value}×`, words: `frequency ${value}` }),
  last: (value) => ({ text: `at ${value}`, words: `last used at access ${value}` }),
  second: (value) => ({ text: `at ${value}`, words: `last use but one at access ${value}` }),
  next: (value) => ({ text: `in ${value}`, words: `wanted again in ${value} accesses` }),
  lir: (value) => ({ text: value === 1 ? 'LIR' : 'HIR', words: value === 1 ? 'LIR' : 'HIR' }),
};

/** A mark as it is shown; undefined for one that only changes how the cell looks. */
function shownMark({ name, value }: { name: string; value: number }): ShownMark | undefined {
  if (name in bits) return { as: 'bit', on: value > 0, words: bits[name][value > 0 ? 0 : 1] };
  if (name === 'gone') return value > 0 ? { as: 'words', words: 'gone' } : undefined;
  if (name === 'resident') return value > 0 ? undefined : { as: 'words', words: 'remembered only' };
  if (name in units) return { as: 'label', ...units[name](value) };
  const text = Number.isFinite(value) ? String(Math.round(value * 100) / 100) : 'never';
  return { as: 'label', text, words: `${name} ${text}` };
}

/** The marks of a cell as they are shown. */
export function shownMarks(list: InsideList, cell: InsideCell): ShownMark[] {
  // Belady's list says when each key comes next, and nothing of those that never do.
  if (list.id === 'next' && cell.marks.length === 0) return [{ as: 'label', text: 'never', words: 'never again' }];
  // Buckets say by their name what their cells have in common.
  const bucketMark = { lfu: 'count', ranks: 'rank' }[list.id];
  if (bucketMark !== undefined)
    return cell.marks.flatMap((mark) => (mark.name === bucketMark ? [] : (shownMark(mark) ?? [])));
  // S3-FIFO counts uses after the first one, the sketch of W-TinyLFU counts all.
  if (list.id === 'small' || list.id === 'main')
    return cell.marks.map(({ value }) => ({ as: 'label', text: `+${value}`, words: `used again ${value} times` }));
  // Of the two last uses that LRU-2 knows, the earlier one is what it goes by.
  if (cell.marks.some(({ name }) => name === 'second'))
    return cell.marks.flatMap((mark) => {
      const shown = shownMark(mark);
      return mark.name === 'last' ? [{ as: 'words' as const, words: shown?.words ?? '' }] : (shown ?? []);
    });
  return cell.marks.flatMap((mark) => shownMark(mark) ?? []);
}

/** A cell of which only the key is remembered: in a ghost list, or marked so. */
export function isGhost(list: InsideList, cell: InsideCell): boolean {
  return list.kind === 'ghost' || cell.marks.some(({ name, value }) => name === 'resident' && value === 0);
}

/** What the two ends of a list are, in words; empty where order means nothing. */
export function endsOf(list: InsideList): string {
  if (list.firstIs === 'slot' || list.cells.length === 0) return '';
  if (list.kind === 'ghost') return list.firstIs === 'newest' ? 'newest → first forgotten' : '';
  if (list.firstIs === 'victim') return 'next to go first';
  const first = list.id === 'lru' ? 'used last' : list.id === 'fifo' ? 'came last' : 'newest';
  return ['lru', 'fifo'].includes(list.id) ? `${first} → next to go` : `${first} → oldest`;
}
