import type { Insides } from '../../policies/Insides.ts';
import { type Explain, holds, keyMark, listOf, missWords, type Moment } from './Moment.ts';

/** What a key is to LIRS. */
type Kind = 'lir' | 'stacked' | 'queued' | 'gone' | 'unknown';

/** LIRS: who is used again while on the stack has a short distance between two uses, and stays. */
export const explainLirs: Explain = (moment) => {
  const { hit, id, name, before, after, victim } = moment;
  const [was, is] = [kindOf(before, id), kindOf(after, id)];
  if (hit) return [hitWords(moment, was, is), ...demoted(moment), ...pruned(moment)];
  const remembered = was === 'gone';
  const begins = remembered
    ? `${name(id)} misses, but is still on the stack: it was asked for not long ago.`
    : missWords(moment);
  const goes = victim < 0 ? [] : [victimWords(moment)];
  const enters = remembered && is === 'lir' ? `So ${name(id)} comes back as LIR.` : enterWords(moment, is);
  const fallen = demoted(moment);
  return [begins, ...goes, enters, ...fallen, ...(fallen.length > 0 ? pruned(moment) : [])];
};

function kindOf(insides: Insides, id: number): Kind {
  if (!holds(insides, 'stack', id)) return holds(insides, 'queue', id) ? 'queued' : 'unknown';
  if (keyMark(insides, 'stack', id, 'lir') === 1) return 'lir';
  return keyMark(insides, 'stack', id, 'resident') === 1 ? 'stacked' : 'gone';
}

function hitWords({ id, name, before }: Moment, was: Kind, is: Kind): string {
  const key = name(id);
  if (was === 'lir') return `${key} hits. It is LIR, a key of short distances, and moves to the top of the stack.`;
  if (was === 'queued')
    return `${key} hits in the queue. It had left the stack, so it stays HIR and goes back on top of it.`;
  if (is === 'lir') return `${key} hits as HIR while on the stack: two uses close together, so it becomes LIR.`;
  const atTop = listOf(before, 'stack').cells[0]?.id === id;
  return `${key} hits${atTop ? ' again at the top of the stack: that says nothing new, so it stays HIR' : ' and stays HIR'}.`;
}

function victimWords({ victim, name, after }: Moment): string {
  const stays = kindOf(after, victim) === 'gone';
  const end = stays ? 'its key stays on the stack' : 'nothing of it is kept';
  return `The cache is full; ${name(victim)} is first in the queue of HIR entries, so ${name(victim)} goes; ${end}.`;
}

function enterWords({ id, name }: Moment, is: Kind): string {
  if (is === 'lir') return `There is room among the LIR entries: ${name(id)} is one.`;
  return `${name(id)} enters as HIR: on top of the stack and last in the queue.`;
}

/** The LIR entry that gave up its place. */
function demoted({ before, after, name, id }: Moment): string[] {
  const fallen = listOf(before, 'stack').cells.find(
    (cell) => cell.id !== id && kindOf(before, cell.id) === 'lir' && kindOf(after, cell.id) !== 'lir',
  );
  if (fallen === undefined) return [];
  return [`For it ${name(fallen.id)}, LIR at the bottom of the stack, becomes HIR and goes to the end of the queue.`];
}

/** Keys that left the stack because no LIR entry stood below them. */
function pruned({ before, after, name, id, victim }: Moment): string[] {
  const dropped = listOf(before, 'stack').cells.filter(
    (cell) =>
      cell.id !== id && cell.id !== victim && kindOf(before, cell.id) !== 'lir' && !holds(after, 'stack', cell.id),
  );
  if (dropped.length === 0) return [];
  const keys = dropped.map((cell) => name(cell.id)).join(', ');
  return [`A stack ends with a LIR entry, so ${keys} ${dropped.length > 1 ? 'drop' : 'drops'} off its bottom.`];
}
