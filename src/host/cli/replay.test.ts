import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allPolicies } from '../../policies/allPolicies.ts';
import { runProgram } from './program.ts';

let folder = '';
const file = (name: string) => join(folder, name);

interface Ended {
  code: number;
  out: string;
  err: string;
}

async function hotpath(...args: string[]): Promise<Ended> {
  const ended: Ended = { code: 0, out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((ended.out += text))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((ended.err += text))),
  ];
  try {
    ended.code = await runProgram(['replay', ...args]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return ended;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpath-replay-'));
  writeFileSync(file('plain.txt'), 'a\nb\na\nc\na\n');
  writeFileSync(file('packed.gz'), gzipSync('a\nb\na\nc\na\n'));
  writeFileSync(file('bad.lirs'), '1\nx\n1\n');
  writeFileSync(file('broken.gz'), gzipSync('a\nb\n').subarray(0, 15));
  writeFileSync(file('table.csv'), 'id,page\n1,p\n2,p\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('hotpath replay', () => {
  it('writes one JSON document, in order of traces, policies and sizes', async () => {
    const { code, out, err } = await hotpath(
      file('plain.txt'),
      file('packed.gz'),
      '--policy',
      'lru,fifo',
      '--size',
      '1,2',
      '--json',
    );
    const row = (trace: string, policy: string, size: number, hits: number): object => ({
      trace: file(trace),
      policy,
      size,
      requests: 5,
      distinct: 3,
      hits,
      misses: 5 - hits,
      hitRatio: hits / 5,
    });
    const of = (trace: string): object[] => [
      row(trace, 'lru', 1, 0),
      row(trace, 'lru', 2, 2),
      row(trace, 'fifo', 1, 0),
      row(trace, 'fifo', 2, 1),
    ];
    expect([code, err, JSON.parse(out)]).toEqual([0, '', [...of('plain.txt'), ...of('packed.gz')]]);
  });

  it('draws a table for people, with all policies and sensible sizes', async () => {
    const { code, out } = await hotpath('loop:4000:1', '--policy', 'lru');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'trace        policy  size  requests  distinct  hits  misses  hit ratio',
      'loop:4000:1  lru        1      4000       200     0    4000     0.00 %',
    ]);
    const all = await hotpath(file('plain.txt'), '--size', '2', '--json');
    expect((JSON.parse(all.out) as { policy: string }[]).map(({ policy }) => policy)).toEqual(
      allPolicies.map(({ id }) => id),
    );
  });

  it('tells of bad lines on stderr, or ends at them', async () => {
    const skipped = await hotpath(file('bad.lirs'), '--format', 'lirs', '--policy', 'lru', '--size', '1');
    expect([skipped.code, skipped.err.split('\n')]).toEqual([
      0,
      [
        `${file('bad.lirs')}:2: found "x", expected the number of a block, or *`,
        `${file('bad.lirs')}: 1 bad lines passed over`,
        '',
      ],
    ]);
    const strict = await hotpath(file('bad.lirs'), '--format', 'lirs', '--policy', 'lru', '--strict');
    expect([strict.code, strict.out, strict.err]).toEqual([
      2,
      '',
      `${file('bad.lirs')}:2: found "x", expected the number of a block, or *\n`,
    ]);
  });

  it('takes the column that is asked for', async () => {
    const { out } = await hotpath(file('table.csv'), '--column', 'page', '--policy', 'lru', '--size', '1', '--json');
    expect(JSON.parse(out)).toMatchObject([{ requests: 2, distinct: 1, hits: 1 }]);
  });

  it.each([
    [['absent.txt'], 'found no such file'],
    [['.'], 'found a folder'],
    [['plain.txt', '--policy', 'lrru'], 'did you mean lru?'],
    [['plain.txt', '--policy', ','], 'found nothing'],
    [['plain.txt', '--size', '0'], '--size: found "0"'],
    [['plain.txt', '--size', '5,9999999999'], 'at most 1073741824'],
    [['plain.txt', '--format', 'cvs'], 'did you mean csv?'],
    [['plain.txt', '--commands', 'all'], 'expected reads, writes or both'],
    [['table.csv', '--column', 'pages'], 'found no column "pages"'],
    [['broken.gz'], 'cut off'],
    [['zipf:0'], 'found "0", expected a whole number from 1'],
    [['zipf:99999999'], 'from 1 to 10000000'],
    [['zipf:5:1:1'], 'too many parts'],
  ])('ends with 2 and a sentence on %j', async ([name, ...options], sentence) => {
    const path = name.includes(':') ? name : file(name);
    const { code, out, err } = await hotpath(path, ...options);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(sentence)]);
  });
});

/** What two other simulators agree on; the traces are not shipped, so these counts are checked where they lie beside the project. */
const traces = fileURLToPath(new URL('../../../../shared/traces/', import.meta.url));
const columns = [
  ['lirs-multi1.txt.gz', '1000'],
  ['cache2k-web12.txt.gz', '1200'],
  ['arc-oltp.txt.gz', '1000,5000'],
] as const;
const hits: Record<string, readonly number[]> = {
  belady: [11_322, 75_642, 490_093, 624_076],
  fifo: [7103, 60_192, 260_805, 454_180],
  lru: [7648, 63_917, 300_122, 490_443],
  clock: [7704, 64_638, 304_172, 492_078],
  lfu: [7888, 55_278, 126_458, 255_926],
  slru: [7888, 66_547, 342_990, 479_765],
  '2q': [7666, 66_963, 370_463, 509_438],
  arc: [7889, 66_350, 356_015, 505_080],
  lirs: [10_847, 65_718, 318_287, 482_672],
  sieve: [7888, 67_096, 297_626, 474_305],
  's3-fifo': [9169, 67_777, 373_337, 510_834],
};

describe.skipIf(!existsSync(traces))('on real traces', () => {
  const there = Object.keys(hits).filter((policy) => allPolicies.some(({ id }) => id === policy));

  it('has exactly the hits that are known', { timeout: 120_000 }, async () => {
    const found: Record<string, number[]> = Object.fromEntries(there.map((policy) => [policy, []]));
    for (const [trace, sizes] of columns) {
      const { out } = await hotpath(join(traces, trace), '--policy', there.join(','), '--size', sizes, '--json');
      for (const { policy, hits: count } of JSON.parse(out) as { policy: string; hits: number }[])
        found[policy].push(count);
    }
    expect(found).toEqual(Object.fromEntries(there.map((policy) => [policy, hits[policy]])));
  });

  it('stays in the band of what draws by chance', { timeout: 120_000 }, async () => {
    const { out } = await hotpath(
      join(traces, 'cache2k-web12.txt.gz'),
      '--policy',
      'random',
      '--size',
      '1200',
      '--json',
    );
    const [{ hitRatio }] = JSON.parse(out) as { hitRatio: number }[];
    expect(Math.abs(hitRatio - 0.6215)).toBeLessThan(0.005);
  });
});
