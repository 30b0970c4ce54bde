import { counted, type Explain, gaugeOf, keyMark, listOf, markOf, missWords, naming } from './Moment.ts';

/** LFU: counts since the entry came in, ties by recency. */
export const explainLfu: Explain = (moment) => {
  const { hit, id, victim, name, before, after } = moment;
  const count = keyMark(after, 'lfu', id, 'count') ?? 1;
  if (hit) return [`${name(id)} hits: its count rises from ${count - 1} to ${count}.`];
  if (victim < 0) return [missWords(moment), 'There is room. It begins with a count of 1.'];
  const lowest = keyMark(before, 'lfu', victim, 'count') ?? 1;
  const tied = listOf(before, 'lfu').cells.filter((cell) => markOf(cell, 'count') === lowest);
  const why =
    tied.length === 1
      ? `${name(victim)} has the lowest count, ${lowest}, so ${name(victim)} goes.`
      : `${naming(
          moment,
          tied.map((cell) => cell.id),
        )} share the lowest count, ${lowest}; of these ${name(victim)} was used longest ago, so ${name(victim)} goes.`;
  return [missWords(moment), `The cache is full; ${why}`, ...forgotten(lowest, name(victim))];
};

function forgotten(count: number, key: string): string[] {
  return count > 2 ? [`With ${key}, its ${counted(count, 'use')} are forgotten.`] : [];
}

/** LFU with dynamic ageing: rank = count + age at the last use, and the age is the rank of whoever went last. */
export const explainAgingLfu: Explain = (moment) => {
  const { hit, id, victim, name, before, after } = moment;
  const [count, rank] = ['count', 'rank'].map((mark) => keyMark(after, 'ranks', id, mark) ?? 1);
  const sum = `${rank - count} + ${count} = ${rank}`;
  if (hit) return [`${name(id)} hits: its count is ${count} now. Age and count make its rank: ${sum}.`];
  if (victim < 0) return [missWords(moment), `There is room. Age and count make its rank: ${sum}.`];
  const lowest = keyMark(before, 'ranks', victim, 'rank') ?? 0;
  const tied = listOf(before, 'ranks').cells.filter((cell) => markOf(cell, 'rank') === lowest);
  const longest = tied.length > 1 ? ` and was used longest ago of the ${tied.length} that share it` : '';
  const ages = gaugeOf(before, 'age') === lowest ? `The age stays ${lowest}` : `The age rises to ${lowest}`;
  return [
    missWords(moment),
    `The cache is full; ${name(victim)} has the lowest rank, ${lowest},${longest === '' ? '' : `${longest},`} so ${name(victim)} goes.`,
    `${ages}; ${name(id)} starts at ${sum}.`,
  ];
};
