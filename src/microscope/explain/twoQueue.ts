import { type Explain, holds, listOf, missWords, type Moment } from './Moment.ts';

/** 2Q: a FIFO queue for newcomers, an LRU list for those who come back, and a memory of keys in between. */
export const explainTwoQueue: Explain = (moment) => {
  const { hit, id, victim, name, before } = moment;
  const key = name(id);
  if (hit && holds(before, 'a1in', id))
    return [`${key} hits in A1in. There a hit changes nothing: several uses at once are no proof of popularity.`];
  if (hit) return [`${key} hits in Am and moves to its front.`];
  const remembered = holds(before, 'a1out', id);
  const begins = remembered
    ? `${key} misses, but was remembered in A1out: it was pushed out of A1in not long ago and is wanted again, so it enters Am.`
    : `${missWords(moment)} It joins A1in.`;
  return [begins, victim < 0 ? 'There is room, so nobody goes.' : victimWords(moment)];
};

function victimWords({ victim, name, before }: Moment): string {
  const key = name(victim);
  const a1in = listOf(before, 'a1in');
  const size = a1in.cells.length;
  if (!holds(before, 'a1in', victim))
    return `A1in holds ${size}, within its share of ${a1in.limit}, so Am must give: ${key} was used longest ago there, goes and is forgotten.`;
  const why = size > (a1in.limit ?? 0) ? `A1in holds ${size}, more than its share of ${a1in.limit}` : 'Am is empty';
  return `${why}: ${key} came into A1in first, so ${key} goes and is remembered in A1out.`;
}
