import { ago, type Explain, gaugeOf, holds, keyMark, lastUse, missWords, type Moment } from './Moment.ts';

/** LRU-2: who was used only once goes first, then whose last use but one is longest ago. */
export const explainLru2: Explain = (moment) => {
  const { hit, id, name, before, after, victim } = moment;
  const second = keyMark(after, listWith(moment, 'after', id), id, 'second');
  if (hit) {
    const soon = moment.at - lastUse(moment, id) <= (gaugeOf(before, 'period') ?? 0);
    if (soon) return [`${name(id)} hits. So soon after its last use, both count as one.`];
    return [`${name(id)} hits: its last use but one is access ${second ?? lastUse(moment, id) + 1} now.`];
  }
  const remembered = holds(before, 'history', id) && second !== null;
  const enters = remembered
    ? `${name(id)} is remembered: with access ${second} it has two uses at once.`
    : `${name(id)} has one use so far.`;
  if (victim < 0) return [missWords(moment), `There is room. ${enters}`];
  return [missWords(moment), victimWords(moment), enters];
};

function listWith(moment: Moment, when: 'before' | 'after', id: number): string {
  return ['recent', 'once', 'twice'].find((list) => holds(moment[when], list, id)) ?? '';
}

function victimWords(moment: Moment): string {
  const { victim, name, before } = moment;
  const key = name(victim);
  const list = listWith(moment, 'before', victim);
  if (list === 'once')
    return `The cache is full; of those used only once, ${key} was used longest ago (${ago(moment, lastUse(moment, victim))}), so ${key} goes.`;
  if (list === 'recent')
    return `The cache is full and all were used just now; ${key} longest ago of them, so ${key} goes.`;
  const second = keyMark(before, list, victim, 'second');
  return `The cache is full and nobody was used only once; the last use but one of ${key} (access ${second}) is longest ago, so ${key} goes.`;
}
