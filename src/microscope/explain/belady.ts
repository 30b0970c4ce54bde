import { type Explain, missWords, type Moment } from './Moment.ts';

/** Belady's MIN: knows the sequence, and lets go of whoever is asked for again latest. */
export const explainBelady: Explain = (moment) => {
  const { hit, id, victim, name } = moment;
  const again = nextUse(moment, id);
  if (hit)
    return [
      `${name(id)} hits. ${again < 0 ? 'It is never asked for again.' : `It is wanted again at access ${again + 1}.`}`,
    ];
  if (victim < 0) return [missWords(moment), 'There is room, so nobody goes.'];
  const next = nextUse(moment, victim);
  const why =
    next < 0
      ? `${name(victim)} is never asked for again, so ${name(victim)} goes and nothing is lost.`
      : `of all, ${name(victim)} is wanted again latest (access ${next + 1}), so ${name(victim)} goes.`;
  return [missWords(moment), `The cache is full, and the future is known: ${why}`];
};

/** The next access to a key after this one, from 0; −1 where there is none. */
function nextUse({ ids, at }: Moment, id: number): number {
  return ids.indexOf(id, at + 1);
}
