import { describe, expect, it } from 'vitest';
import { formatProblem } from '../scenario/problems.ts';
import type { Drill } from './Drill.ts';
import { readDrill, readDrillValue } from './readDrill.ts';
import { smallDrill } from './smallDrill.ts';

/** The one piece of text that is exchanged; a test of what is not there would prove nothing. */
function changed(...pairs: [found: string, put: string][]): string {
  return pairs.reduce((text, [found, put]) => {
    expect(text.split(found)).toHaveLength(2);
    return text.replace(found, () => put);
  }, smallDrill);
}

function problemsOf(text: string): string[] {
  const read = readDrill(text, 'x.drill.yaml');
  return 'problems' in read ? read.problems.map(formatProblem) : [];
}

function drillOf(text: string): Drill {
  const read = readDrill(text, 'x.drill.yaml');
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.drill;
}

/** Line and column of a piece of the text, from 1. */
function placeOf(text: string, piece: string): string {
  const offset = text.indexOf(piece);
  expect(offset).toBeGreaterThan(-1);
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) as string).length + 1}`;
}

const fix = (drill: Drill) => {
  const step = drill.steps.find(({ id }) => id === 'fix');
  if (step?.kind !== 'intervene') throw new Error('no task');
  return step;
};

describe('a drill', () => {
  const drill = drillOf(smallDrill);

  it('is read into what it says', () => {
    expect(drill).toMatchObject({
      id: 'small-rush',
      level: 'junior',
      minutes: 18,
      seed: 7,
      variants: [7, 8],
      part: 'whole',
    });
    expect(drill.scenario).toMatchObject({ clock: '10:59:50', duration: 20e6, seed: 7, faults: [] });
    expect(drill.scenario.database.slots).toBe(40);
    expect(drill.faults.map(({ id, atUs, secret }) => [id, atUs, secret])).toEqual([
      ['end', 6e6, false],
      ['slow', 12e6, true],
    ]);
    expect(drill.steps.reduce((sum, { points }) => sum + points, 0)).toBe(100);
    expect(drill.steps.map(({ kind }) => kind).join(' ')).toBe(
      'brief predict predict predict observe ask intervene explain talk score',
    );
    expect(fix(drill).hints.map(({ cost, afterS }) => [cost, afterS])).toEqual([
      [0, 30],
      [4, 0],
    ]);
    expect(drill.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('has the same hash however it is laid out, and another one for another drill', () => {
    expect(drillOf(JSON.stringify(drill.input)).hash).toBe(drill.hash);
    expect(drillOf(`# a remark\n${smallDrill}`).hash).toBe(drill.hash);
    expect(drillOf(changed(['points: 15, seeds: [7, 21]', 'points: 15, seeds: [7, 22]'])).hash).not.toBe(drill.hash);
  });

  it('takes a scenario of the library, and holds it from then on', () => {
    const own = (drill.input.system as { scenario: Record<string, unknown> }).scenario;
    const named = { ...drill.input, system: { ...drill.input.system, scenario: 'rush' } };
    const library = { ids: ['rush'], read: () => ({ ...own, faults: [{ at: '1s', do: 'flush' as const }] }) as never };
    const read = readDrillValue(named, library);
    expect('drill' in read && read.drill.hash).toBe(drill.hash);
    expect('drill' in read && read.drill.input).toEqual(drill.input);
    expect(problemsOf(JSON.stringify(named))[0]).toMatch(/system\.scenario: found no scenario "rush"/);
  });

  it('counts plain times of a check from the fault it names', () => {
    const [peak, fast] = fix(drill).checks;
    expect(peak.check.range).toMatchObject({
      from: { kind: 'moment', name: 'end', us: 0 },
      to: { us: 2e6, name: 'end' },
    });
    expect(fast.check.range?.to).toMatchObject({ kind: 'moment', name: 'end' });
    expect(fix(drill).checks[2].check.range).toMatchObject({ from: { name: 'slow' } });
    expect(fix(drill).checks[2].check.range?.to).toBeUndefined();
  });

  it('points at the very word of a check that is wrong, with the name that was meant', () => {
    const typo = changed(['max(database.qps) < 20', 'max(database.qsp) < 20']);
    expect(problemsOf(typo)).toEqual([
      `x.drill.yaml:${placeOf(typo, 'max(database.qsp)')} steady[0]: unknown metric "database.qsp" (did you mean database.qps?)`,
    ]);
    const inFlow = changed(['expect: errors == 0', 'expect: 1 * erors == 0']);
    expect(problemsOf(inFlow)).toEqual([
      `x.drill.yaml:${placeOf(inFlow, 'erors')} steps[6].checks[3].expect: unknown metric "erors" (did you mean errors?)`,
    ]);
    const quoted = changed([
      '"max(took{op=request.read,key=page:0}) < 50ms"',
      '"max(took{op=\\"request.red\\"}) < 50ms"',
    ]);
    expect(problemsOf(quoted)).toEqual([
      `x.drill.yaml:${placeOf(quoted, 'op=\\"request.red')} steps[6].checks[2].expect: unknown op "request.red" (did you mean request.read?)`,
    ]);
  });

  it.each<[what: string, found: string, put: string, message: RegExp]>([
    [
      'a setting',
      'database.slots: 40',
      'database.slts: 40',
      /system\.set\["database\.slts"\]: found no setting.*did you mean database\.slots\?/,
    ],
    [
      'an allowed setting',
      '[protect.singleFlight,',
      '[protect.singleFlite,',
      /steps\[6\]\.allow\[0\]: found no setting.*protect\.singleFlight\?/,
    ],
    ['a kind of fault', 'do: ask', 'do: asc', /:25:36 faults\[0\]\.do: found "asc".*did you mean ask\?/],
    [
      'a node of a fault',
      'node: database, factor',
      'node: databse, factor',
      /faults\[1\]\.node: .*did you mean database\?/,
    ],
    [
      'a fault that a check names',
      'over 0s..2s, from: end, points: 10',
      'over 0s..2s, from: ned, points: 10',
      /checks\[1\]\.from: found no fault with the id "ned".*did you mean end\?/,
    ],
    ['a chart', 'show: [database-rate] }', 'show: [database-rat] }', /steps\[6\]\.run\.show\[0\]: unknown metric/],
    [
      'a time of day without quotes',
      'at: "10:59:56"',
      'at: 39600',
      /faults\[0\]\.at: found 39600 \(a time of day without quotes/,
    ],
    [
      'a fault after the end',
      'at: 12s,',
      'at: 20s,',
      /faults\[1\]\.at: found "20s", expected a time before the end of the clock/,
    ],
    [
      'a range after the end',
      'over 0s..2s, from: end, points: 10',
      'over 0s..15s, from: end, points: 10',
      /expect: the drill’s clock ends before end\.\.end\+15s/,
    ],
    ['a second id', 'id: order', 'id: guess', /steps\[2\]\.id: found the id guess a second time/],
    ['minutes', 'minutes: 18', 'minutes: 17', /:7:10 minutes: found 17, expected 18/],
    [
      'points',
      'id: watching, title: Names a signal, points: 15',
      'id: watching, points: 14',
      /steps: found 99 points in all steps, expected 100/,
    ],
    ['the cost of a hint', 'cost: 4', 'cost: 36', /hints\[1\]\.cost: found 36, expected at most the 35 points/],
    ['points of a gate', 'gate: true', 'gate: true, points: 1', /points: found points for a gate/],
    ['a kind of step', 'kind: talk', 'kind: tlak', /steps\[8\]\.kind: found "tlak".*did you mean talk\?/],
    ['no score step', 'kind: score', 'kind: brief\n    text: x', /steps\[9\]\.pass: found the unknown name "pass"/],
    [
      'a unit',
      'truth: rows{op=database.read}',
      'truth: max(read.latency)',
      /answer\.unit: found the unit "reads", expected one of us, ms, s/,
    ],
    [
      'a truth for text',
      'answer: { type: number, unit: reads }\n    truth',
      'answer: { type: text }\n    truth',
      /truth: found a truth for a text/,
    ],
    [
      'an option of a truth',
      'hits: sum(cache.hits)',
      'hit: sum(cache.hits)',
      /truth\.hit: found no option "hit".*did you mean hits\?/,
    ],
    ['a wrong correct answer', 'correct: a }', 'correct: c }', /correct: found "c", expected one of a, b/],
    [
      'a secret in public',
      'over 0s..2s, from: end, points: 10',
      'over 0s..2s, from: slow, points: 10',
      /id of a secret fault in what candidates can read/,
    ],
    [
      'a solution that is not allowed',
      'set: { protect.singleFlight: true, protect.stale: 30s }',
      'set: { protect.lock: true }',
      /set\["protect\.lock"\]: found no allowed setting/,
    ],
    ['a value of a setting', 'protect.stale: 30s }', 'protect.stale: soon }', /protect\.stale"\]: found "soon"/],
    [
      'settings that clash',
      'protect.stale: 30s }',
      'protect.stale: 30s, cache.ttl: none }',
      /with these settings, protect\.stale/,
    ],
    [
      'an expected check',
      'peak: fail,',
      'pek: fail,',
      /expect\.pek: found no step or check "pek".*did you mean peak\?/,
    ],
    ['an expected word', 'peak: fail,', 'peak: fails,', /found "fails", expected pass, fail or nodata/],
    ['an expected number', '"< 60%"', '"60%"', /found "60%", expected pass, fail/],
    ['an answer of a case', 'which: "no"', 'which: "maybe"', /answers\.which: found "maybe", expected one of yes, no/],
    ['a solution of a case', 'use: { fix: old-page }', 'use: { fix: old-pages }', /did you mean old-page\?/],
    ['a rubric line of a case', 'watching: 3', 'watchin: 3', /did you mean watching\?/],
    [
      'a hole in words',
      '{observed} reads by {at}',
      '{observd} reads by {at}',
      /fail: found \{observd\}, expected \{observed\} or \{at\}/,
    ],
    ['a floor', 'step: { fix: 60% }', 'step: { fxi: 60% }', /pass\.step\.fxi: .*did you mean fix\?/],
    ['a share', 'pass: { total: 70%', 'pass: { total: 170%', /pass\.total: found "170%"/],
    [
      'an unknown name',
      'skills: [stampede]',
      'skils: [stampede]',
      /:5:1 skils: found the unknown name "skils".*did you mean skills\?/,
    ],
    ['another version', 'drill: 1\n', 'drill: 2\n', /drill: found 2, expected 1/],
  ])('says what is wrong with %s', (_what, found, put, message) => {
    expect(problemsOf(changed([found, put])).join('\n')).toMatch(message);
  });

  it('wants a score step at the end, a case that passes and one that fails, and a solution', () => {
    const noScore = smallDrill.replace(/ {2}- id: sheet[\s\S]*?reveal.*\n/, '').replace('minutes: 18', 'minutes: 17');
    expect(problemsOf(noScore).join()).toMatch(/steps\[8\]\.kind: found talk as the last step, expected score/);
    const twoScores = changed([
      'kind: talk\n    limit: 1m\n    text: What would you watch next time?\n    interviewer: { listen_for: [waiting callers] }\n    rubric:\n      - { id: watching, title: Names a signal, points: 15 }',
      'kind: score\n    limit: 1m',
    ]);
    expect(problemsOf(twoScores).join()).toMatch(/steps\[8\]\.kind: found a score step before the end/);
    const noPass = smallDrill.replace(/ {2}- name: knows it[\s\S]*$/, '');
    expect(problemsOf(noPass).join()).toMatch(/ci: found no case that passes/);
    const noFail = smallDrill.replace(/ {2}- \{ name: (does nothing|half way).*\n/g, '');
    expect(problemsOf(noFail).join()).toMatch(/ci: found no case that fails/);
    const noSolution = smallDrill.replace(/ {4}solutions:\n.*\n/, '').replace('    use: { fix: old-page }\n', '');
    expect(problemsOf(noSolution).join()).toMatch(/solutions: found no solution/);
  });
});
