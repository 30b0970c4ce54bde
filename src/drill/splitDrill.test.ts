import { expect, it } from 'vitest';
import type { Drill } from './Drill.ts';
import { readDrill, readDrillValue } from './readDrill.ts';
import { smallDrill } from './smallDrill.ts';
import { joinDrill, splitDrill } from './splitDrill.ts';

function drillOf(text: string): Drill {
  const read = readDrill(text, 'x');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.drill;
}

const drill = drillOf(smallDrill);
const parts = JSON.parse(JSON.stringify(splitDrill(drill))) as ReturnType<typeof splitDrill>;

it('leaves nothing in the script that tells an answer', () => {
  const script = JSON.stringify(parts.script);
  const answers = [
    'Let them ask',
    'rebuild time',
    'waiting callers',
    'end+0s',
    'sum(cache.hits)',
    'max(read.latency) > 1s',
    '"correct"',
    'old-page',
    'rate times',
    'Somebody waited',
    'page:0',
    '"later"',
    '"slow"',
    '12s',
    'expired key',
    'knows it',
    'does nothing',
    'truth":',
    'secret":true',
    'solutions":',
    'levels":',
    'interviewer":',
    'listen_for',
    'cards":',
    'ci":',
  ];
  for (const answer of answers) {
    expect(JSON.stringify(drill.input)).toContain(answer);
    expect(script).not.toContain(answer);
  }
  const key = JSON.stringify(parts.key);
  for (const answer of answers) expect(key.includes(answer) || key.includes(answer.replace(/":.*$/, '"'))).toBe(true);
});

it('makes a script that can be run, with the hash of the whole', () => {
  const read = readDrillValue(parts.script);
  if (!('drill' in read)) throw new Error(JSON.stringify(read.problems));
  expect(read.drill).toMatchObject({ part: 'script', hash: drill.hash, cards: [], cases: [] });
  expect(read.drill.faults.map(({ id }) => id)).toEqual(['end']);
  const fix = read.drill.steps.find(({ id }) => id === 'fix');
  expect(fix?.kind === 'intervene' && fix.checks.map(({ id }) => id)).toEqual(['peak', 'fast', 'honest']);
  expect(fix?.kind === 'intervene' && fix.solutions).toEqual([]);
});

it('puts both together again', () => {
  const joined = joinDrill(parts.script, parts.key);
  expect('drill' in joined && joined.drill).toEqual(drill);
});

it('refuses a key that belongs to another drill, and a script that was changed', () => {
  const other = splitDrill(drillOf(smallDrill.replace('points: 15, seeds: [7, 21]', 'points: 15, seeds: [7]')));
  const said = (script: unknown, key: unknown): string => {
    const joined = joinDrill(script, key);
    return 'problems' in joined ? joined.problems.map(({ message }) => message).join() : 'joined';
  };
  expect(said(parts.script, other.key)).toMatch(/key of another drill/);
  expect(said({ ...parts.script, title: 'Easier' }, parts.key)).toMatch(/script that was changed/);
  expect(said(parts.script, { ...parts.key, entries: parts.key.entries.slice(1) })).not.toBe('joined');
});
