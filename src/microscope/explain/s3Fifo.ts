import { type Explain, holds, keyMark, listOf, missWords, type Moment, naming, times } from './Moment.ts';

/** Uses in the small queue from which on an entry moves to the main one. */
const movesFrom = 2;

/** S3-FIFO: a small queue that weeds out what is wanted once, a main queue with second chances, and ghosts. */
export const explainS3Fifo: Explain = (moment) => {
  const { hit, id, victim, name, before, after } = moment;
  const key = name(id);
  if (hit) {
    const list = holds(before, 'small', id) ? 'small' : 'main';
    const [from, to] = [before, after].map((insides) => keyMark(insides, list, id, 'frequency') ?? 0);
    const where = `${key} hits in the ${list} queue`;
    return [
      to > from
        ? `${where}: its frequency rises from ${from} to ${to}.`
        : `${where}. Its frequency stays ${to}, the most.`,
    ];
  }
  const remembered = holds(before, 'ghost', id);
  const begins = remembered
    ? `${key} misses, but its ghost is remembered: it is wanted again, so it enters the main queue.`
    : `${missWords(moment)} It enters the small queue.`;
  if (victim < 0) return [begins, 'There is room, so nobody goes.'];
  return [begins, ...moved(moment), ...again(moment), victimWords(moment)];
};

/** Who moved from the small queue to the main one. */
function moved(moment: Moment): string[] {
  const { before, after, name } = moment;
  const risen = listOf(before, 'small')
    .cells.map((cell) => cell.id)
    .filter((one) => holds(after, 'main', one) || one === moment.victim)
    .filter((one) => (keyMark(before, 'small', one, 'frequency') ?? 0) >= movesFrom)
    .reverse();
  return risen.map((one) => {
    const uses = times(keyMark(before, 'small', one, 'frequency') ?? 0);
    return `${name(one)} was used again, ${uses}, while in the small queue, so it moves to the main one.`;
  });
}

/** Who was let go round once more in the main queue. */
function again(moment: Moment): string[] {
  const { before, after } = moment;
  const round = listOf(before, 'main')
    .cells.map((cell) => cell.id)
    .filter((one) => {
      const now = keyMark(after, 'main', one, 'frequency');
      return now !== null && now < (keyMark(before, 'main', one, 'frequency') ?? 0);
    })
    .reverse();
  if (round.length === 0) return [];
  return [
    `At the end of the main queue, ${naming(moment, round)} ${round.length > 1 ? 'pay' : 'pays'} with frequency for another round.`,
  ];
}

function victimWords({ victim, name, before, after }: Moment): string {
  const key = name(victim);
  const fromSmall = holds(before, 'small', victim) && holds(after, 'ghost', victim);
  if (!fromSmall) return `${key} is at the end of the main queue with frequency 0, so ${key} goes.`;
  const uses = keyMark(before, 'small', victim, 'frequency') ?? 0;
  const little = uses === 0 ? 'was not used again' : 'was used again only once';
  return `${key} is at the end of the small queue and ${little}, so ${key} goes; its ghost stays.`;
}
