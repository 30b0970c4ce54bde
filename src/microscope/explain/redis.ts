import { counted, type Explain, keyMark, listOf, markOf, type Moment, missWords, naming } from './Moment.ts';

/** What the keys are ranked by, as marked in the list `keys`, and in words. */
const ranks: Record<string, { mark: string; words: (value: number) => string; higherGoes: boolean }> = {
  lru: { mark: 'idle', words: (value) => `idle for ${value} s`, higherGoes: true },
  lfu: { mark: 'counter', words: (value) => `counter ${value}`, higherGoes: false },
  ttl: { mark: 'ttl', words: (value) => `${value} s left`, higherGoes: false },
};

/** Redis: a few keys are drawn, and the best candidate of the pool goes. */
export const explainRedis: Explain = (moment) => {
  const { hit, victim, refused, policy, name } = moment;
  const over = moment.expired.length > 0 ? [`${naming(moment, moment.expired)} expired and left.`] : [];
  if (hit) return [...over, hitWords(moment)];
  if (refused) return [...over, missWords(moment), refusal(moment)];
  if (victim < 0) return [...over, missWords(moment), `There is room, so nobody goes.${startWords(moment)}`];
  if (policy.endsWith('random')) {
    const among = policy.includes('volatile') ? 'the keys that have an expiry' : 'all keys';
    return [...over, missWords(moment), `Memory is full; lots are drawn among ${among}, and ${name(victim)} goes.`];
  }
  return [...over, missWords(moment), ...drawWords(moment)];
};

function hitWords({ policy, id, name, before, after }: Moment): string {
  const key = name(id);
  if (policy.endsWith('lru')) {
    const idle = keyMark(before, 'keys', id, 'idle') ?? 0;
    return `${key} hits: its clock is set to now${idle > 1 ? ` after ${idle} s without use` : ''}.`;
  }
  if (!policy.endsWith('lfu')) return `${key} hits. Nothing is noted.`;
  const [from, to] = [before, after].map((insides) => keyMark(insides, 'keys', id, 'counter') ?? 0);
  if (to > from) return `${key} hits: its counter rises from ${from} to ${to}.`;
  return `${key} hits. Its counter stays ${to}: it rises by chance, and less likely the higher it is.`;
}

function refusal({ policy, id, name }: Moment): string {
  if (policy === 'redis-noeviction')
    return `Memory is full and nobody is evicted: the write of ${name(id)} is refused.`;
  return `Memory is full and no key has an expiry, so nobody may go: ${name(id)} is refused.`;
}

function startWords({ policy, id, after }: Moment): string {
  const counter = policy.endsWith('lfu') ? keyMark(after, 'keys', id, 'counter') : null;
  return counter === null ? '' : ` Its counter starts at ${counter}.`;
}

function drawWords(moment: Moment): string[] {
  const { victim, before, after, name, policy } = moment;
  const rank = ranks[policy.slice(policy.lastIndexOf('-') + 1)];
  const drawn = listOf(after, 'sample').cells.map((cell) => cell.id);
  const value = keyMark(before, 'keys', victim, rank.mark);
  const how = value === null ? '' : ` (${rank.words(value)})`;
  const fromPool = !drawn.includes(victim);
  const goes = fromPool
    ? `${name(victim)}${how} was not drawn, but has waited in the pool from an earlier draw and ranks first, so it goes.`
    : `${name(victim)}${how} ranks first in the pool, so it goes.`;
  return [`Memory is full; ${counted(drawn.length, 'key')} drawn: ${naming(moment, drawn)}.`, goes, ...missed(moment)];
}

/** Whom an exact ranking would have taken, where the draw did not find that one. */
function missed({ before, victim, policy, name }: Moment): string[] {
  const rank = ranks[policy.slice(policy.lastIndexOf('-') + 1)];
  const worth = (value: number): number => (rank.higherGoes ? value : -value);
  const own = keyMark(before, 'keys', victim, rank.mark);
  if (own === null) return [];
  let [best, most] = [-1, worth(own)];
  for (const cell of listOf(before, 'keys').cells) {
    if (policy.includes('volatile') && markOf(cell, 'ttl') === null) continue;
    const value = markOf(cell, rank.mark);
    if (value !== null && worth(value) > most) [best, most] = [cell.id, worth(value)];
  }
  return best < 0 ? [] : [`An exact ranking would have taken ${name(best)} (${rank.words(Math.abs(most))}).`];
}
