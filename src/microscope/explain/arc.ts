import { type Explain, gaugeOf, holds, listOf, missWords, type Moment } from './Moment.ts';

/** A real number as people read it: two decimals at most, none that are zero. */
const plain = (value: number): string => String(Math.round(value * 100) / 100);

/** ARC: T1 and T2 share the cache, B1 and B2 remember whom they lost, and p moves between them. */
export const explainArc: Explain = (moment) => {
  const { hit, id, victim, name, before } = moment;
  const key = name(id);
  if (hit && holds(before, 't1', id)) return [`${key} hits in T1. Asked for again, it moves to the front of T2.`];
  if (hit) return [`${key} hits in T2 and moves to its front.`];
  const ghost = holds(before, 'b1', id) ? 'b1' : holds(before, 'b2', id) ? 'b2' : '';
  const enters = ghost === '' ? 'T1' : 'T2';
  const begins = ghost === '' ? [missWords(moment)] : ghostWords(moment, ghost);
  if (victim < 0) return [...begins, `There is room, so nobody goes; ${key} enters ${enters}.`];
  return [...begins, `${victimWords(moment, ghost)} ${key} enters ${enters}.`];
};

function ghostWords({ id, name, before, after, capacity }: Moment, ghost: string): string[] {
  const [from, to] = [gaugeOf(before, 'p') ?? 0, gaugeOf(after, 'p') ?? 0];
  const [list, side, end] = ghost === 'b1' ? ['B1', 'T1', capacity] : ['B2', 'T2', 0];
  const moved =
    from === to
      ? `${side} was too small, but p is ${plain(end)} already.`
      : `${side} was too small, so p ${to > from ? 'rises' : 'falls'} from ${plain(from)} to ${plain(to)}.`;
  return [`${name(id)} misses, but ${list} remembers it: ${side} lost it not long ago.`, moved];
}

function victimWords(moment: Moment, ghost: string): string {
  const { victim, name, before, after, capacity } = moment;
  const [t1, t2] = ['t1', 't2'].map((list) => listOf(before, list).cells.length);
  const target = gaugeOf(after, 'p') ?? 0;
  const goes = name(victim);
  if (!holds(after, 'b1', victim) && !holds(after, 'b2', victim))
    return `T1 alone fills all ${capacity} slots: its oldest, ${goes}, goes and leaves no ghost.`;
  if (holds(before, 't1', victim)) {
    if (t2 === 0) return `T2 is empty, so ${goes}, the oldest of T1, goes to B1.`;
    if (t1 > target) return `T1 holds ${t1}, more than p = ${plain(target)}: ${goes}, its oldest, goes to B1.`;
    return `T1 holds just p = ${plain(target)}, and T2 is asked for${ghost === 'b2' ? ' by a ghost of B2' : ''}: ${goes}, oldest of T1, goes to B1.`;
  }
  return t1 === 0
    ? `T1 is empty, so ${goes}, the oldest of T2, goes to B2.`
    : `T1 holds ${t1}, within p = ${plain(target)}: ${goes}, the oldest of T2, goes to B2.`;
}
