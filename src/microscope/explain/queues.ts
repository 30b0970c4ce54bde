import { ago, type Explain, lastUse, listOf, missWords } from './Moment.ts';

/** LRU: one list in order of use. */
export const explainLru: Explain = (moment) => {
  const { hit, id, victim, name, before } = moment;
  const [front] = listOf(before, 'lru').cells;
  if (hit && front?.id === id) return [`${name(id)} hits. It was used last already, so the list stays as it is.`];
  if (hit) return [`${name(id)} hits and moves to the front: now it is the one used last.`];
  if (victim < 0) return [missWords(moment), `There is room, so it enters at the front and nobody goes.`];
  return [
    missWords(moment),
    `The cache is full; ${name(victim)} was used longest ago (${ago(moment, lastUse(moment, victim))}), so ${name(victim)} goes.`,
  ];
};

/** FIFO: one queue in order of arrival. */
export const explainFifo: Explain = (moment) => {
  const { hit, id, victim, name, ids, at } = moment;
  if (hit) return [`${name(id)} hits. FIFO takes no notice: the queue stays in order of arrival.`];
  if (victim < 0) return [missWords(moment), 'There is room, so it joins the queue and nobody goes.'];
  const used = lastUse(moment, victim) === at - 1 && ids[at - 1] === victim;
  const late = used ? ', although it was used just now' : '';
  return [missWords(moment), `The cache is full; ${name(victim)} came in first, so ${name(victim)} goes${late}.`];
};
