import { type Explain, holds, listOf, missWords } from './Moment.ts';

/** SLRU: newcomers are on probation, a hit protects, and too many protected fall back. */
export const explainSlru: Explain = (moment) => {
  const { hit, id, victim, name, before, after } = moment;
  const key = name(id);
  if (hit && holds(before, 'protected', id)) return [`${key} hits in the protected segment and moves to its front.`];
  if (hit) {
    const fallen = listOf(before, 'protected').cells.find((cell) => holds(after, 'probation', cell.id));
    const most = listOf(before, 'protected').limit;
    const full = `That is more than the ${most} that may be protected, so ${fallen && name(fallen.id)} falls back to probation.`;
    if (!holds(after, 'protected', id))
      return [`${key} hits on probation and moves to its front: nobody can be protected here.`];
    return [`${key} hits on probation: wanted again, it is protected now.`, ...(fallen ? [full] : [])];
  }
  if (victim < 0) return [missWords(moment), 'There is room: it begins on probation.'];
  const from = holds(before, 'probation', victim)
    ? `${name(victim)} has been on probation longest without a hit`
    : `nobody is on probation, and ${name(victim)} is the last of the protected`;
  return [missWords(moment), `The cache is full; ${from}, so ${name(victim)} goes. ${key} begins on probation.`];
};
