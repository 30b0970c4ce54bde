import type { InsideCell, InsideList, Insides } from '../../policies/Insides.ts';

/** Why a key was not there: asked for the first time, or where it went. */
export type MissCause = 'first' | 'evicted' | 'expired' | 'refused';

/** One access to one policy, with all that is known to explain it. */
export interface Moment {
  /** Id of the policy. */
  policy: string;
  /** The access: its place in the sequence from 0, and the key. */
  at: number;
  id: number;
  /** The whole sequence. */
  ids: readonly number[];
  hit: boolean;
  /** Why it missed, and at which access the key went (−1 at the first time); null on a hit. */
  miss: { cause: MissCause; at: number } | null;
  /** Who had to go; −1 for nobody. */
  victim: number;
  refused: boolean;
  expired: readonly number[];
  before: Insides;
  after: Insides;
  /** In entries. */
  capacity: number;
  /** The shortest life of a key that expires, in accesses; null where no key expires. */
  lifetime: number | null;
  /** The key as people write it. */
  name: (id: number) => string;
}

/** Says in one or two plain sentences why an access went as it did. */
export type Explain = (moment: Moment) => string[];

/** A list of the insides by its id; one without cells where there is none. */
export function listOf(insides: Insides, id: string): InsideList {
  const none: InsideList = { id, title: id, kind: 'resident', cells: [], firstIs: 'slot', limit: null, hand: null };
  return insides.lists.find((list) => list.id === id) ?? none;
}

/** Whether a key is in a list. */
export function holds(insides: Insides, list: string, id: number): boolean {
  return listOf(insides, list).cells.some((cell) => cell.id === id);
}

/** The lists that a key is in, by id. */
export function placesOf(insides: Insides, id: number): string[] {
  return insides.lists.filter(({ cells }) => cells.some((cell) => cell.id === id)).map((list) => list.id);
}

/** A mark of a cell; null where it has none of this name. */
export function markOf(cell: InsideCell | undefined, name: string): number | null {
  return cell?.marks.find((mark) => mark.name === name)?.value ?? null;
}

/** A mark of a key in a list; null where the key or the mark is not there. */
export function keyMark(insides: Insides, list: string, id: number, name: string): number | null {
  return markOf(
    listOf(insides, list).cells.find((cell) => cell.id === id),
    name,
  );
}

/** A number of the insides by its id; null where there is none. */
export function gaugeOf(insides: Insides, id: string): number | null {
  return insides.gauges.find((gauge) => gauge.id === id)?.value ?? null;
}

/** The last access to a key before this one, from 0; −1 where there was none. */
export function lastUse({ ids, at }: Moment, id: number): number {
  return at === 0 ? -1 : ids.lastIndexOf(id, at - 1);
}

/** How a miss begins: whether the key is new, or when it went. */
export function missWords({ miss, id, name }: Moment): string {
  const key = name(id);
  if (miss === null || miss.cause === 'first') return `${key} is new: a miss.`;
  const words = { evicted: 'it had to go', expired: 'its time was over', refused: 'it was refused' }[miss.cause];
  return `${key} misses: ${words} at access ${miss.at + 1}.`;
}

/** Several keys in words: `A, B and C`. */
export function naming({ name }: Moment, ids: readonly number[]): string {
  const words = ids.map(name);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** A count with its noun: `1 hit`, `2 hits`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How long ago an access was: `at the last access`, `4 accesses ago`. */
export function ago({ at }: Moment, then: number): string {
  return at - then === 1 ? 'one access ago' : `${at - then} accesses ago`;
}

/** How often, in words: `once`, `twice`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
