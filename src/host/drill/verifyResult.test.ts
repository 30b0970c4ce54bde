import { beforeAll, describe, expect, it } from 'vitest';
import type { Drill } from '../../drill/Drill.ts';
import type { DrillLog } from '../../drill/DrillLog.ts';
import type { DrillResult } from '../../drill/DrillResult.ts';
import { markdownOf } from '../../drill/markdownOf.ts';
import { readDrill, readDrillValue } from '../../drill/readDrill.ts';
import { logOf, resultOf } from '../../drill/resultOf.ts';
import { smallDrill } from '../../drill/smallDrill.ts';
import { splitDrill } from '../../drill/splitDrill.ts';
import { playedDrill } from './playedDrill.ts';
import { readResult } from './resultSchema.ts';
import { verifyResult } from './verifyResult.ts';

let drill: Drill;
let log: DrillLog;
let honest: DrillResult;

beforeAll(() => {
  ({ drill, log } = playedDrill());
  honest = JSON.parse(JSON.stringify(resultOf(drill, log, { site: 'https://course.test/' }))) as DrillResult;
}, 120_000);

/** A copy of the honest result in which something was changed. */
function faked(change: (copy: DrillResult) => void): DrillResult {
  const copy = JSON.parse(JSON.stringify(honest)) as DrillResult;
  change(copy);
  expect(copy).not.toEqual(honest);
  return copy;
}

const pathsOf = (result: DrillResult, whole?: Drill): string[] =>
  verifyResult(result, whole).differences.map(({ path }) => path);

describe('a result', () => {
  it('says what was done and what came of it', () => {
    expect(honest).toMatchObject({
      hotpathResult: 1,
      drill: { id: 'small-rush', hash: drill.hash },
      seed: 7,
      mode: 'solo',
      status: 'completed',
      real: 18 * 60,
      duration: 'PT18M',
      learner: 'opaque-1',
      totals: { auto: 44, human: 33.75, hints: -4, total: 73.75, max: 100, pass: true },
    });
    expect(honest.predictions[0]).toEqual({
      step: 'guess',
      given: 20,
      truth: 60,
      ratio: 3,
      confidence: 'fairly',
      points: 5,
      max: 10,
      real: 180,
    });
    expect(
      honest.attempts.map(({ attempt, points, best, settings }) => [attempt, points, best, Object.keys(settings)]),
    ).toEqual([
      [1, 15, false, ['protect.singleFlight']],
      [2, 25, true, ['protect.singleFlight', 'protect.stale']],
    ]);
    expect(honest.commands.map(({ t, us, attempt }) => [t, us, attempt])).toEqual([
      ['10:59:50', 0, 1],
      ['10:59:50', 0, 2],
      ['10:59:52.5', 2_500_000, 2],
    ]);
    expect(honest.checks.filter(({ attempt }) => attempt === 1).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'peak pass',
      'fast fail',
      'later fail',
      'honest pass',
    ]);
    expect(honest.checks.find(({ id }) => id === 'later')?.message).toMatch(
      /^Somebody waited [\d.]+.s at 11:00:0[\d.]+$/u,
    );
    expect(honest.faults.map(({ id, t, secret }) => [id, t, secret])).toEqual([
      ['end', '10:59:56', false],
      ['slow', '11:00:02', true],
    ]);
  });

  it('comes out of its own log again', () => {
    const again = resultOf(
      drill,
      { ...logOf(honest), truths: log.truths, attempts: log.attempts },
      { site: honest.site },
    );
    expect(JSON.parse(JSON.stringify(again))).toEqual(honest);
  });

  it('is plain text as Markdown, whatever people wrote', () => {
    const text = markdownOf(honest);
    expect(text).toContain('# A small rush');
    expect(text).toContain('**73.75 of 100 points: passed** (44 by the engine, 33.75 by a person, −4 for hints)');
    expect(text).toContain('They \\| all \\*missed\\* \\<b\\>at once\\</b\\>.');
    expect(text).not.toMatch(/<b>|undefined|NaN|null/);
    expect(text.split('\n').length).toBeLessThan(80);
  });
});

describe('statements', () => {
  it('have what xAPI requires of them', () => {
    const { statements } = honest;
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    const duration = /^PT(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,3})?S)?$/;
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length);
    for (const { id, verb, object, result, context, timestamp } of statements) {
      expect(id).toMatch(uuid);
      expect(verb.id).toMatch(/^http:\/\/adlnet\.gov\/expapi\/verbs\/(answered|passed|failed|completed|terminated)$/);
      expect(verb.display.en).toBe(verb.id.split('/').at(-1));
      expect(object.objectType).toBe('Activity');
      expect(object.id).toMatch(/^https:\/\/course\.test\/drill\/small-rush/);
      expect(object.definition.type).toMatch(/^http:/);
      expect(timestamp).toMatch(time);
      const { score, duration: took, success, completion } = result as Record<string, unknown>;
      if (took !== undefined) expect(took).toMatch(duration);
      for (const flag of [success, completion]) expect(['boolean', 'undefined']).toContain(typeof flag);
      if (score !== undefined) {
        const { scaled, raw, min, max } = score as Record<string, number>;
        expect(scaled >= -1 && scaled <= 1 && min <= raw && raw <= max).toBe(true);
      }
      for (const name of Object.keys(context.extensions as object)) expect(() => new URL(name)).not.toThrow();
    }
  });

  it('are one for each question and each check of the attempt that counts, then the end', () => {
    const kinds = honest.statements.map(
      ({ verb, object }) => `${verb.display.en} ${JSON.stringify(object.definition.interactionType ?? 'whole')}`,
    );
    expect(kinds.map((kind) => kind.replaceAll('"', ''))).toEqual([
      'answered numeric',
      'answered sequencing',
      'answered choice',
      'answered choice',
      'answered numeric',
      'answered long-fill-in',
      'answered performance',
      'answered performance',
      'answered performance',
      'answered performance',
      'passed whole',
      'completed whole',
    ]);
    const [, , which] = honest.statements;
    expect(which.object.definition.correctResponsesPattern).toEqual(['yes']);
    expect(which.result).toMatchObject({ response: 'no', success: false, duration: 'PT1M' });
    expect(honest.statements.at(-1)?.timestamp).toBe('2026-03-01T00:08:00.000Z');
  });

  it('neither pass nor fail what is incomplete', () => {
    const open = resultOf(drill, { ...log, rubric: [] });
    expect(open.totals).toMatchObject({ human: 0, pass: null });
    expect(open.incomplete).toEqual(['mechanism', 'watching']);
    expect(open.statements.map(({ verb }) => verb.display.en)).not.toContain('passed');
    expect(resultOf(drill, { ...log, status: 'running' }).statements.at(-1)?.verb.display.en).toBe('terminated');
  });
});

describe('verify', () => {
  it('finds nothing in an honest result, with the drill or without', () => {
    expect(verifyResult(honest)).toMatchObject({ differences: [], replayed: { totals: honest.totals } });
    expect(verifyResult(honest, drill).remarks).toEqual([]);
  });

  it.each<[what: string, change: (copy: DrillResult) => void, path: RegExp]>([
    ['a total', (copy) => (copy.totals.total = 100), /^totals\.total$/],
    ['a pass', (copy) => (copy.totals.pass = false), /^totals\.pass$/],
    ['what hints cost', (copy) => (copy.totals.hints = 0), /^totals\.hints$/],
    ['the points of a step', (copy) => (copy.steps[1].points = 10), /^steps\[1\]\.points$/],
    ['the points of an answer', (copy) => (copy.predictions[0].points = 10), /^predictions\[0\]\.points$/],
    ['a truth', (copy) => (copy.predictions[0].truth = 20), /^predictions\[0\]\.truth$/],
    ['a ratio', (copy) => (copy.predictions[0].ratio = 1), /^predictions\[0\]\.ratio$/],
    ['a status', (copy) => (copy.checks[1].status = 'pass'), /^checks\[1\]\.status$/],
    ['a figure', (copy) => (copy.checks[0].observed = 0), /^checks\[0\]\.observed$/],
    ['a time', (copy) => (copy.checks[2].at = '11:00:00'), /^checks\[2\]\.at$/],
    ['what was expected', (copy) => (copy.checks[0].expect = 'errors == 0'), /^checks\[0\]\.expect$/],
    ['a check that is left out', (copy) => copy.checks.splice(1, 1), /^checks/],
    ['which attempt counts', (copy) => (copy.attempts[0].best = true), /^attempts\[0\]\.best$/],
    ['the hash of a run', (copy) => (copy.attempts[0].hash = '0'), /^attempts\[0\]\.hash$/],
    ['the points of a level', (copy) => (copy.rubric[0].points = 25), /^rubric\[0\]\.points$/],
    ['the cost of a hint', (copy) => (copy.hints[1].cost = 0), /^hints\[1\]\.cost$/],
    ['a floor', (copy) => (copy.floors[0].needed = 0.1), /^floors\[0\]\.needed$/],
    ['a statement', (copy) => (copy.statements[0].result = { success: true }), /^statements\[0\]\.result/],
    ['a fault', (copy) => copy.faults.pop(), /^faults\[1\]$/],
    ['an answer given later', (copy) => (copy.predictions[0].given = 60), /^predictions\[0\]\.(points|ratio)$/],
    ['a command', (copy) => copy.commands.pop(), /^(checks|attempts|totals)/],
    ['the time of a command', (copy) => (copy.commands[2].us = 9_000_000), /^(commands|checks|attempts)/],
    ['the seed', (copy) => (copy.seed = 8), /^(predictions|checks|attempts)/],
    ['the hash of the drill', (copy) => (copy.drill.hash = `sha256:${'0'.repeat(64)}`), /^drill\.hash$/],
    [
      'a locked setting',
      (copy) => Object.assign(copy.commands[0], { set: { 'database.slots': 400 } }),
      /^commands\[0\]\.set$/,
    ],
    [
      'a value that no setting has',
      (copy) => Object.assign(copy.commands[2], { set: { 'protect.stale': 'soon' } }),
      /^attempts\[1\]$/,
    ],
    ['an attempt too many', (copy) => (copy.attempts[1].attempt = 3), /^attempts\[1\]\.attempt$/],
    ['the same attempt twice', (copy) => (copy.attempts[1].attempt = 1), /^attempts\[1\]$/],
    [
      'a fault let in alone',
      (copy) => copy.commands.push({ t: '', us: 0, step: 'fix', attempt: 1, inject: { do: 'flush', at: '0s' } }),
      /inject$/,
    ],
    ['a hint that there is not', (copy) => (copy.hints[1].n = 9), /^hints\[1\]$/],
    ['something added', (copy) => Object.assign(copy.totals, { bonus: 5 }), /^totals\.bonus$/],
  ])('catches %s', (_what, change, path) => {
    const paths = pathsOf(faked(change));
    expect(paths.length).toBeGreaterThan(0);
    expect(
      paths.some((one) => path.test(one)),
      paths.join(' '),
    ).toBe(true);
  });

  it('catches an easier script, under its old hash and, with the drill, under its own', () => {
    const text = smallDrill.replace('< 50ms over 0s..2s', '< 50s over 0s..2s');
    const read = readDrill(text, 'x');
    if ('problems' in read) throw new Error('the easier drill is broken');
    const easier = faked((copy) => (copy.script = read.drill.input));
    expect(pathsOf(easier)).toContain('drill.hash');
    const rehashed = { ...easier, drill: { ...easier.drill, hash: read.drill.hash } };
    expect(pathsOf(rehashed, drill)).toContain('script');
  });

  it('scores the log of a candidate with the whole drill', () => {
    const { script } = splitDrill(drill);
    const read = readDrillValue(script);
    if ('problems' in read) throw new Error('the script is broken');
    const shown = new Set(['peak', 'fast', 'honest']);
    const blind = logOf(honest);
    // The interviewer's window told what came of the first attempt; the second one was never judged.
    const [first, second] = log.attempts;
    const checks = first.outcome?.checks.filter(({ id }) => shown.has(id)) ?? [];
    const told = { ...first, outcome: { hash: first.outcome?.hash ?? '', checks } };
    const attempts = [told, { ...second, outcome: undefined }];
    const own = JSON.parse(
      JSON.stringify(resultOf(read.drill, { ...blind, mode: 'candidate', attempts })),
    ) as DrillResult;
    const verification = verifyResult(own, drill);
    expect(verification.differences).toEqual([]);
    expect(own.predictions[0]).toMatchObject({ given: 20, truth: null, points: 0 });
    expect(verification.replayed?.predictions[0]).toMatchObject({ given: 20, truth: 60, points: 5 });
    expect(verification.replayed?.attempts.map(({ points }) => points)).toEqual([15, 25]);
    const better = faked((copy) =>
      Object.assign(copy, own, { checks: own.checks.map((one) => ({ ...one, status: 'pass' })) }),
    );
    expect(pathsOf(better, drill)).toContain('checks[1].status');
    const changed = { ...own, script: { ...own.script, title: 'Another' } };
    expect(pathsOf(changed, drill)).toContain('script');
  });
});

describe('the text of a result', () => {
  it('is read, or refused in words', () => {
    expect('result' in readResult(JSON.stringify(honest), 'r.json')).toBe(true);
    const bad: [string, RegExp][] = [
      ['', /no JSON/],
      ['[]', /expected a map/],
      ['{"hotpathResult":2}', /hotpathResult/],
      [JSON.stringify({ ...honest, seed: 'x' }), /seed/],
      [JSON.stringify({ ...honest, commands: [{ us: -1 }] }), /commands/],
      [JSON.stringify({ ...honest, rubric: [{ ...honest.rubric[0], level: 9 }] }), /level/],
      [JSON.stringify(honest).replace('"learner"', '"__proto__":{"a":1},"learner"'), /no document may use/],
      ['['.repeat(5000), /no JSON/],
      [`{"a":${'['.repeat(60)}${']'.repeat(60)}}`, /levels/],
    ];
    for (const [text, message] of bad) {
      const read = readResult(text, 'r.json');
      expect('problems' in read ? read.problems.map((one) => `${one.path} ${one.message}`).join() : 'read').toMatch(
        message,
      );
    }
  });
});
