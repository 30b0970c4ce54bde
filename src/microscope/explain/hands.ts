import { type Explain, keyMark, listOf, missWords, type Moment, naming } from './Moment.ts';

/** CLOCK: frames in a circle, a bit each, and a hand that gives a second chance. */
export const explainClock: Explain = (moment) => {
  const { hit, id, victim, name } = moment;
  if (hit) return [bitWords(moment, 'clock', 'used')];
  if (victim < 0) return [missWords(moment), 'There is a free frame, so nobody goes; its bit is clear.'];
  return [missWords(moment), handWords(moment, 'clock', 'used', 1), `${name(id)} takes its frame, with a clear bit.`];
};

/** SIEVE: a queue, a bit each, and a hand that moves from tail to head and stays between evictions. */
export const explainSieve: Explain = (moment) => {
  const { hit, id, victim, name } = moment;
  if (hit) return [bitWords(moment, 'sieve', 'visited')];
  if (victim < 0) return [missWords(moment), 'There is room: it enters at the head with a clear bit.'];
  return [
    missWords(moment),
    handWords(moment, 'sieve', 'visited', -1),
    `The others keep their places; ${name(id)} enters at the head.`,
  ];
};

function bitWords({ id, name, before }: Moment, list: string, mark: string): string {
  const set = keyMark(before, list, id, mark) === 1;
  return set
    ? `${name(id)} hits. Its bit is set already, and nothing else is noted.`
    : `${name(id)} hits: its bit is set. It does not move.`;
}

/** What the hand did: whose bits it cleared, in its order, and whom it found. `step` is its way through the cells as listed. */
function handWords(moment: Moment, list: string, mark: string, step: 1 | -1): string {
  const { victim, name, before, after } = moment;
  const { cells, hand } = listOf(before, list);
  const start = hand ?? (step === 1 ? 0 : cells.length - 1);
  const path = cells.map((_, turn) => cells[(((start + step * turn) % cells.length) + cells.length) % cells.length].id);
  const cleared = path.filter(
    (one) => keyMark(before, list, one, mark) === 1 && (one === victim || keyMark(after, list, one, mark) === 0),
  );
  const key = name(victim);
  if (cleared.length === 0) return `The cache is full; the hand stands at ${key}, whose bit is clear, so ${key} goes.`;
  const bits = cleared.length === 1 ? `the bit of ${name(cleared[0])}` : `the bits of ${naming(moment, cleared)}`;
  if (cleared.includes(victim))
    return `The cache is full and every bit is set; the hand clears ${bits}, comes round to ${key}, and ${key} goes.`;
  return `The cache is full; the hand clears ${bits} and finds that of ${key} clear, so ${key} goes.`;
}
