import { type Explain, missWords } from './Moment.ts';

/** What can be said of a policy that nobody has written about: what happened, without a reason. */
export const explainPlainly: Explain = (moment) => {
  const { hit, id, victim, refused, name } = moment;
  if (hit) return [`${name(id)} hits.`];
  if (refused) return [missWords(moment), `Nobody is evicted: ${name(id)} is not kept.`];
  return [
    missWords(moment),
    victim < 0 ? 'There is room, so nobody goes.' : `The cache is full; ${name(victim)} goes.`,
  ];
};
