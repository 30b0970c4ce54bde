import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { resultOf } from '../../drill/resultOf.ts';
import { smallDrill } from '../../drill/smallDrill.ts';
import { runProgram } from '../cli/program.ts';
import { playedDrill } from './playedDrill.ts';

let folder = '';
const file = (name: string): string => join(folder, name);

async function hotpath(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += text))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += text))),
  ];
  try {
    return { code: await runProgram(args), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpath-'));
  writeFileSync(file('good.drill.yaml'), smallDrill);
  // Passes for whoever does nothing, needs what no solution gives, and expects the wrong points.
  const fails = smallDrill
    .replace('max(took{op=request.read,key=page:0}) < 50ms', 'max(took{op=request.read,key=page:0}) < 1us')
    .replace('- errors == 0\n', '- errors > 0\n');
  writeFileSync(file('fails.drill.yaml'), fails);
  writeFileSync(file('wrong.drill.yaml'), smallDrill.replace('database.qps', 'database.qsp'));
  const { drill, log } = playedDrill();
  const result = resultOf(drill, log);
  writeFileSync(file('honest.json'), JSON.stringify(result));
  writeFileSync(file('faked.json'), JSON.stringify({ ...result, totals: { ...result.totals, total: 100 } }));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('hotpath drill', () => {
  it('run: ends with 0 where a drill keeps its word, as text, JSON and JUnit', async () => {
    const { code, out, err } = await hotpath(
      'drill',
      'run',
      file('good.drill.yaml'),
      '--case',
      'all',
      '--json',
      '--junit',
      file('out.xml'),
    );
    expect([code, err]).toEqual([0, '']);
    const [report] = JSON.parse(out) as {
      id: string;
      passed: boolean;
      cases: { name: string; passed: boolean; total: number }[];
    }[];
    expect(report).toMatchObject({ id: 'small-rush', passed: true });
    expect(report.cases).toHaveLength(9);
    expect(report.cases.at(-1)).toMatchObject({ name: 'case: knows it', total: 91.25, passed: true });
    expect(readFileSync(file('out.xml'), 'utf8')).toContain(
      '<testsuite name="small-rush" tests="9" failures="0" errors="0">',
    );
    const one = await hotpath('drill', 'run', file('good.drill.yaml'), '--case', 'does nothing');
    expect([one.code, one.out]).toEqual([0, expect.stringMatching(/1 drill, 1 case: all pass/)]);
  });

  it('run: ends with 1 where it does not, and says what and on which seed', async () => {
    const { code, out } = await hotpath('drill', 'run', file('fails.drill.yaml'), '--junit', file('fails.xml'));
    expect(code).toBe(1);
    expect(out).toMatch(
      /untouched: steady, and has its truths, seed 7: script error, not steady before the first fault: errors > 0/,
    );
    expect(out).toMatch(/solution passes: fix\/old-page, seed 8: later fail on seed 8: Somebody waited/);
    expect(out).toMatch(/case: knows it, seed 7: fix: expected == 31, found 21 of 35 points/);
    expect(readFileSync(file('fails.xml'), 'utf8')).toMatch(/failures="5"/);
  });

  it('run: ends with 2 at a drill that is wrong, and runs nothing', async () => {
    const { code, out, err } = await hotpath('drill', 'run', file('good.drill.yaml'), file('wrong.drill.yaml'));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /wrong\.drill\.yaml:\d+:\d+ steady\[0\]: unknown metric "database\.qsp" \(did you mean database\.qps\?\)/,
    );
    expect((await hotpath('drill', 'run', 'no-such-drill')).code).toBe(2);
    expect((await hotpath('drill', 'run', file('good.drill.yaml'), '--case', 'knows')).err).toMatch(
      /found no case "knows"/,
    );
    expect((await hotpath('validate', file('good.drill.yaml'), file('wrong.drill.yaml'))).code).toBe(2);
    expect((await hotpath('validate', file('good.drill.yaml'))).out).toMatch(/valid/);
  });

  it('verify: ends with 0 for an honest result, 1 for a faked one, 2 for none', async () => {
    const honest = await hotpath('drill', 'verify', file('honest.json'), '--script', file('good.drill.yaml'));
    expect([honest.code, honest.out]).toEqual([0, expect.stringMatching(/verified, 73\.75 of 100 points/)]);
    const faked = await hotpath('drill', 'verify', file('faked.json'), '--json');
    expect(faked.code).toBe(1);
    expect(JSON.parse(faked.out)).toMatchObject({
      verified: false,
      differences: [{ path: 'totals.total', claimed: '100', found: '73.75' }],
    });
    expect((await hotpath('drill', 'verify', file('good.drill.yaml'))).code).toBe(2);
  });

  it('split: writes script and key, which run and validate as such', async () => {
    const { code, out } = await hotpath('drill', 'split', file('good.drill.yaml'), '--out', file('parts'));
    expect([code, out.trim().split('\n').length]).toEqual([0, 2]);
    const script = join(folder, 'parts', 'small-rush.script.json');
    expect((JSON.parse(readFileSync(script, 'utf8')) as { part: string }).part).toBe('script');
    expect((await hotpath('drill', 'run', script)).err).toMatch(/found a script, expected a whole drill/);
    expect((await hotpath('validate', script)).code).toBe(0);
  });

  it('schema drill: is a JSON Schema', async () => {
    const { code, out } = await hotpath('schema', 'drill');
    expect(code).toBe(0);
    expect((JSON.parse(out) as { title: string }).title).toBe('Hotpath drill');
  });
});
