import { type Explain, missWords, naming } from './Moment.ts';

/** Random: every entry is as likely to go. */
export const explainRandom: Explain = (moment) => {
  const { hit, id, victim, name, capacity } = moment;
  if (hit) return [`${name(id)} hits. Nothing is noted: use counts for nothing here.`];
  if (victim < 0) return [missWords(moment), 'There is room, so nobody goes.'];
  return [
    missWords(moment),
    `The cache is full; lots are drawn among its ${capacity} entries, and ${name(victim)} goes.`,
  ];
};

/** TTL-only: nobody is evicted, entries leave when their time is over. */
export const explainTtlOnly: Explain = (moment) => {
  const { hit, id, name, refused, expired, lifetime } = moment;
  const gone =
    expired.length === 0
      ? []
      : [
          `The time of ${naming(moment, expired)} is over after ${lifetime} accesses, so ${expired.length > 1 ? 'they leave' : 'it leaves'}.`,
        ];
  if (hit) return [...gone, `${name(id)} hits. That does not lengthen its life.`];
  if (refused) return [...gone, missWords(moment), `The cache is full and nobody is evicted: ${name(id)} is not kept.`];
  return [...gone, missWords(moment), `There is room: ${name(id)} stays for ${lifetime} accesses.`];
};
