import { type Explain, gaugeOf, holds, keyMark, listOf, missWords, type Moment, placesOf, times } from './Moment.ts';

const segments = ['window', 'probation', 'protected'];

/** W-TinyLFU: a small window, a segmented main part, and a duel by frequency at the door between them. */
export const explainWTinyLfu: Explain = (moment) => {
  const { hit, id, victim, name } = moment;
  if (hit) return [`${name(id)} ${hitWords(moment)}`, ...moves(moment, [id])];
  if (victim < 0) return [missWords(moment), `There is room: ${name(id)} enters the window.`, ...moves(moment, [id])];
  return [missWords(moment), ...duelWords(moment), `${name(id)} enters the window.`];
};

function hitWords(moment: Moment): string {
  const { id, before, after } = moment;
  const frequency = seen(keyMark(after, segments.find((one) => holds(after, one, id)) ?? '', id, 'frequency') ?? 0);
  const known = `the sketch has it as ${frequency}.`;
  if (holds(before, 'window', id)) return `hits in the window and moves to its front; ${known}`;
  if (holds(before, 'probation', id) && holds(after, 'protected', id))
    return `hits on probation and becomes protected; ${known}`;
  return `hits in the protected segment and moves to its front; ${known}`;
}

/** Who else changed segments, and why. */
function moves({ before, after, name }: Moment, except: readonly number[]): string[] {
  const sentences: string[] = [];
  for (const { id } of segments.flatMap((segment) => listOf(before, segment).cells)) {
    const [from] = placesOf(before, id).filter((place) => segments.includes(place));
    const [to] = placesOf(after, id).filter((place) => segments.includes(place));
    if (except.includes(id) || from === to || to === undefined) continue;
    if (from === 'protected') sentences.push(`That is one too many: ${name(id)} falls back to probation.`);
    if (from === 'window') sentences.push(`${name(id)} slips out of the window into the main part, without a duel.`);
  }
  return sentences;
}

function duelWords(moment: Moment): string[] {
  const { victim, name, after } = moment;
  const [candidate, opponent] = listOf(after, 'duel').cells;
  if (candidate === undefined || opponent === undefined || ![candidate.id, opponent.id].includes(victim))
    return [`The cache is full; ${name(victim)} is next to go in the main part, so ${name(victim)} goes.`];
  const [own, other] = [candidate, opponent].map(({ id }) => keyMark(after, 'duel', id, 'frequency') ?? 0);
  const [a, b] = [name(candidate.id), name(opponent.id)];
  const begins = `The cache is full. ${a} falls out of the window and meets ${b}, next to go in the main part.`;
  const counts = `${a} was ${seen(own)}, ${b} ${other === own ? 'as often' : times(other)}`;
  if (opponent.id === victim) {
    const luck = gaugeOf(after, 'luck') === 1 ? `${counts}, but luck lets one warm loser in 128 in` : counts;
    return [begins, `${luck}: ${a} is let in and ${b} goes.`];
  }
  return [begins, `${counts}${own === other ? ', and a tie goes to who is inside' : ''}: ${b} stays and ${a} goes.`];
}

function seen(count: number): string {
  return `seen ${times(count)}`;
}
