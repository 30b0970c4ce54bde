import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgram } from './program.ts';
import { libraryFolder, libraryIds } from './scenarioSource.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const scenario = `scenario: 1
id: little
title: A little scenario
duration: 4s
traffic:
  readers: { rate: 100/s, writes: 5% }
`;

const trial = `experiment: 1
id: trial
title: A trial
topic: failure
claim: Something goes wrong.
claims: [F99]
source: 001
scenario: hot-key
seeds: [1, 2, 3]
expect: [{ check: erors == 0, why: Counted and not measured. }]
figures: { ours: requests.rate }
`;

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

let folder = '';
const file = (name: string) => join(folder, name);

/** The command as a process of its own; `whileRunning` gets it once it has been started. */
function hotpath(args: readonly string[], input = '', whileRunning?: (child: ChildProcess) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/host/cli/main.ts', ...args], { cwd: root });
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout.on('data', (text) => (ended.out += text));
    child.stderr.on('data', (text) => (ended.err += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ended, code }));
    child.stdin.end(input);
    whileRunning?.(child);
  });
}

/** The command in this process. */
async function here(...args: string[]): Promise<Ended> {
  const ended: Ended = { code: null, out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((ended.out += text))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((ended.err += text))),
  ];
  try {
    ended.code = await runProgram(args);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return ended;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpath-'));
  writeFileSync(file('little.yaml'), scenario);
  writeFileSync(file('broken.yaml'), scenario.replace('rate: 100/s', 'rte: 100/s').replace('4s', 'four'));
  writeFileSync(file('trial.yaml'), trial);
  writeFileSync(file('torn.yaml'), 'experiment: 1\nid: [\n');
  writeFileSync(file('acts.yaml'), "- { at: '2s', do: flush }\n- { at: 3s, do: set, path: cache.ttl, value: 1s }\n");
  writeFileSync(file('badActs.json'), '[\n  { "at": "2s", "do": "flsh" }\n]');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('hotpath', () => {
  it('runs a file or standard input to the same JSON, and writes its rows', {
    timeout: 60_000,
  }, async () => {
    const [fromFile, fromStdin] = await Promise.all([
      hotpath(['run', file('little.yaml'), '--json', '--spans', file('rows.ndjson'), '--request', '2']),
      hotpath(['run', '-', '--json'], scenario),
    ]);
    expect([fromFile.code, fromFile.err]).toEqual([0, '']);
    const { request, ...report } = JSON.parse(fromFile.out);
    expect(report).toEqual(JSON.parse(fromStdin.out));
    expect(Object.keys(report)).toEqual(['engine', 'scenario', 'seed', 'untilUs', 'hash', 'requests', 'metrics']);
    expect(report).toMatchObject({
      scenario: 'little',
      seed: 1,
      untilUs: 4_000_000,
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(report.metrics['requests.arrived']).toBe(report.requests);
    expect(report.metrics['hit.ratio{tier=redis}']).toBeGreaterThan(0.1);

    const rows = readFileSync(file('rows.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.filter(({ request: number }) => number === 2).sort((a, b) => a.id - b.id)).toEqual(request);
    const hits = rows.filter(({ op, outcome, open }) => op === 'cache.get' && outcome === 'hit' && !open);
    expect(hits).toHaveLength(report.metrics['cache.hits{tier=redis}']);
  });

  it('takes a seed, settings, an end and acts, and finds the library from anywhere', async () => {
    const little = file('little.yaml');
    const plain = JSON.parse((await here('run', little, '--json')).out);
    const options = ['--json', '--seed', '2', '--until', '3s', '--set', 'cache.ttl=1s', '--set', 'app.servers=1'];
    const other = JSON.parse((await here('run', little, ...options)).out);
    expect(other).toMatchObject({ seed: 2, untilUs: 3_000_000 });
    expect(other.metrics['cache.misses{tier=redis,cause=expired}']).toBeGreaterThan(0);
    expect(other.metrics['node.arrivals{node=app2}']).toBeUndefined();
    const flushed = JSON.parse((await here('run', little, '--json', '--actions', file('acts.yaml'))).out);
    expect(plain.metrics['cache.flushed{tier=redis}']).toBe(0);
    expect(flushed.metrics['cache.flushed{tier=redis}']).toBeGreaterThan(0);
    const [id] = libraryIds(libraryFolder() as string);
    expect((await here('run', id, '--until', '100ms', '--json')).out).toContain(`"scenario": "${id}"`);
  });

  it('prints tables for people, and what it can', async () => {
    const run = await here('run', file('little.yaml'));
    const drawn = await here('run', file('little.yaml'), '--request', '1');
    const compared = await here(
      'compare',
      file('little.yaml'),
      '--a',
      'cache.ttl=1s',
      '--b',
      'cache.ttl=100ms',
      'cache.jitter=0s',
      '--json',
    );
    const metrics = await here('metrics', '--json');
    const valid = await here('validate', file('little.yaml'));
    expect(run.out).toMatch(/^A little scenario\nseed 1 · 4 s · \d+ requests/);
    expect(run.out).toMatch(/^hit\.ratio\{tier=redis\} +[\d.]+ %$/m);
    expect(run.out).not.toContain('\u001b');
    expect(drawn.out).toMatch(/^ {2}cache\.get +redis .*█/m);
    const comparison = JSON.parse(compared.out);
    const hits = comparison.metrics['hit.ratio{tier=redis}'];
    expect(hits.ratio).toBe(hits.b / hits.a);
    expect(hits.ratio).toBeLessThan(1);
    expect(comparison.a.requests).toBe(comparison.b.requests);
    expect(comparison.firstDifference.a).not.toEqual(comparison.firstDifference.b);
    const names = JSON.parse(metrics.out).map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['hit.ratio', 'database.qps', 'node.utilisation', 'read.latency']));
    expect([valid.code, valid.out]).toEqual([0, `${file('little.yaml')}: valid\n`]);
  });

  it('ends with 2 and the place for what is invalid, and says nothing on standard output', {
    timeout: 60_000,
  }, async () => {
    const little = file('little.yaml');
    const cases: [string[], RegExp][] = [
      [
        ['run', file('broken.yaml')],
        /broken\.yaml:4:11 duration: found "four", expected a time[^\n]*\n[^\n]*broken\.yaml:6:14 traffic\.readers\.rte: [^\n]*did you mean rate\?/,
      ],
      [['run', little, '--set', 'cache.tll=3s'], /^--set cache\.tll: found no setting .*did you mean cache\.ttl\?/],
      [
        ['run', little, '--set', 'traffic.reader.rate=3/s'],
        /^--set traffic\.reader\.rate: .*did you mean traffic\.readers\.rate\?/,
      ],
      [['run', little, '--until', '5s'], /^--until: found "5s", expected at most the scenario's 4s/],
      [
        ['run', little, '--actions', file('badActs.json')],
        /badActs\.json:2:\d+ actions\[0\]\.do: .*did you mean flush\?/,
      ],
      [['run', little, '--request', '100000'], /^--request: found 100000, expected a request from 1 to \d+/],
      [['run', file('missing.yaml')], /missing\.yaml: found no such file/],
      [['compare', little], /^--b: found nothing to compare/],
      [['runn'], /unknown command 'runn'/],
    ];
    for (const [args, expected] of cases) {
      const { code, out, err } = await here(...args);
      expect({ code, out }, args.join(' ')).toEqual({ code: 2, out: '' });
      expect(err).toMatch(expected);
    }
    const [[args, expected]] = cases;
    const { code, out, err } = await hotpath(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(expected);
  });

  it('checks experiments as it checks scenarios, and prints the schema of either', async () => {
    const good = await here('validate', join(root, 'content/experiments/stampede.yaml'), file('little.yaml'));
    expect([good.code, good.out.split('\n').filter((line) => line.endsWith(': valid')).length]).toEqual([0, 2]);
    const bad = await here('validate', file('little.yaml'), file('trial.yaml'), file('torn.yaml'));
    expect([bad.code, bad.out]).toEqual([2, `${file('little.yaml')}: valid\n`]);
    expect(bad.err).toMatch(/trial\.yaml:6:10 claims\[0\]: found no claim F99/);
    expect(bad.err).toMatch(/trial\.yaml:10:19 expect\[0\]\.check: unknown metric erors, did you mean errors\?/);
    expect(bad.err).toMatch(/torn\.yaml:3:1: found broken YAML/);
    const json = JSON.parse((await here('validate', '--json', file('trial.yaml'))).out);
    expect(json).toMatchObject([{ valid: false, problems: [{ line: 6 }, { line: 10 }] }]);
    for (const [kind, title] of [
      [[], 'Hotpath scenario'],
      [['scenario'], 'Hotpath scenario'],
      [['experiment'], 'Hotpath experiment'],
    ] as const)
      expect(JSON.parse((await here('schema', ...kind)).out).title).toBe(title);
    expect((await here('schema', 'lesson')).code).toBe(2);
  });

  it('stops at Ctrl-C without half a document, and leaves whole lines', { timeout: 60_000 }, async () => {
    const spans = file('stopped.ndjson');
    const args = ['run', file('little.yaml'), '--set', 'duration=30d', '--json', '--spans', spans];
    const { code, out, err } = await hotpath(args, '', (child) => {
      const timer = setInterval(() => {
        if (!existsSync(spans) || statSync(spans).size === 0) return;
        clearInterval(timer);
        child.kill('SIGINT');
      }, 20);
    });
    expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'stopped\n' });
    expect(() =>
      readFileSync(spans, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).not.toThrow();
  });
});
