import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../cli/program.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const good = `experiment: 1
id: little
title: A little one
topic: latency
claims: [L5, L6]
claim: A cache takes load off the database.
source: 003
scenario: { duration: 4s, traffic: { readers: { rate: 200/s, count: 50 } } }
variants: { without: { set: { pattern.read: none } }, with: {} }
seeds: [1, 2, 3]
expect:
  - { check: database.qps of with over 2s.. < 0.3 * traffic.readers.rate, why: a fifth is what fifty keys leave }
figures: { document: a fifth, ours: database.qps of with over 2s.., theory: 10/s }
`;

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

let folder = '';
const file = (name: string) => join(folder, name);

async function check(...args: string[]): Promise<Ended> {
  const ended: Ended = { code: null, out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((ended.out += text))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((ended.err += text))),
  ];
  try {
    ended.code = await runProgram(['check', '--workers', '1', ...args]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return ended;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpath-'));
  writeFileSync(file('good.yaml'), good);
  writeFileSync(file('fails.yaml'), good.replace('id: little', 'id: planted').replace('< 0.3 *', '> 0.9 *'));
  writeFileSync(
    file('empty.yaml'),
    good.replace('database.qps of with over 2s.. < 0.3 * traffic.readers.rate', '"max(took{op=database.write}) < 1s"'),
  );
  writeFileSync(file('unknown.yaml'), good.replace('check: database.qps', 'check: database.qsp'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('hotpath check', () => {
  it('says what holds, and ends with 0', async () => {
    const { code, out, err } = await check(file('good.yaml'));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^L5 L6 +little +a fifth +[\d.]+ \/s +10 \/s +holds$/m);
    expect(out).toMatch(/1 experiment, 3 runs: all hold/);
  });

  it('ends with 1 when a check fails or finds nothing, and says which, where and on which seed', async () => {
    const { code, out } = await check(file('good.yaml'), file('fails.yaml'), '--seeds', '1');
    expect(code).toBe(1);
    expect(out).toMatch(/^planted, seed 1, fail: database\.qps of with/m);
    expect(out).toMatch(/1 of 2 do not hold/);
    const empty = await check(file('empty.yaml'), '--seeds', '1');
    expect([empty.code, empty.out]).toEqual([1, expect.stringMatching(/ nodata$/m)]);
  });

  it('ends with 2 at a file that is wrong, with its place, and runs nothing', async () => {
    const { code, out, err } = await check(file('good.yaml'), file('unknown.yaml'));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/unknown\.yaml:12:14 expect\[0\]\.check: unknown metric database\.qsp/);
    expect((await check('no-such-experiment')).code).toBe(2);
    expect((await check(file('good.yaml'), '--claim', 'L4')).err).toMatch(/--claim: .*L4/);
    expect((await check(file('good.yaml'), '--topic', 'latencey')).err).toMatch(/did you mean latency\?/);
  });

  it('has one entry a claim as JSON, and every check on every seed as JUnit', async () => {
    const { out } = await check(file('fails.yaml'), '--json', '--seeds', '5', '--junit', file('out.xml'));
    const report = JSON.parse(out) as Record<string, unknown>[];
    expect(report.map(({ id, claim, status, scenario, seed }) => ({ id, claim, status, scenario, seed }))).toEqual(
      ['L5', 'L6'].map((claim) => ({ id: 'planted', claim, status: 'fails', scenario: 'planted', seed: 1 })),
    );
    expect(report[0]).toMatchObject({
      seeds: [1, 2, 3, 4, 5],
      expected: expect.any(String),
      observed: expect.any(Number),
    });
    expect(report[0].checks).toHaveLength(5);
    const xml = readFileSync(file('out.xml'), 'utf8');
    expect(xml).toContain('<testsuite name="planted" tests="5" failures="5" errors="0">');
    expect(xml.match(/<failure type="fail" message="[^"]+">/g)).toHaveLength(5);
    expect(xml).toContain('&gt; 0.9 * traffic.readers.rate (seed 5)');
  });

  it('comes to the same in several processes', { timeout: 60_000 }, async () => {
    const args = ['check', file('good.yaml'), file('fails.yaml'), '--json', '--workers', '2'];
    const apart = await new Promise<Ended>((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/host/cli/main.ts', ...args], { cwd: root });
      const ended: Ended = { code: null, out: '', err: '' };
      child.stdout.on('data', (text) => (ended.out += text));
      child.stderr.on('data', (text) => (ended.err += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ ...ended, code }));
    });
    expect([apart.code, apart.err]).toEqual([1, '']);
    const { out } = await check(file('good.yaml'), file('fails.yaml'), '--json');
    expect(JSON.parse(apart.out)).toEqual(JSON.parse(out));
  });
});
