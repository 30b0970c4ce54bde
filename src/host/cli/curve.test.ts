import { describe, expect, it, vi } from 'vitest';
import { generateTrace } from '../../replay/generators.ts';
import { replayTrace } from '../../replay/replay.ts';
import { runProgram } from './program.ts';

/** The command in this process. */
async function curve(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const ended = { out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((ended.out += text))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((ended.err += text))),
  ];
  try {
    const code = await runProgram(['curve', ...args]);
    return { code, ...ended };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** What it prints when all is well. */
async function textOf(...args: string[]): Promise<string> {
  const { code, out } = await curve(...args);
  expect(code).toBe(0);
  return out;
}

describe('hotpath curve', () => {
  it('prints one JSON document whose hits are those of replays', async () => {
    const text = await textOf('zipf:20000:3', '--policy', 'lru,fifo', '--size', '100,7', '--json');
    const document = JSON.parse(text) as { curves: { policy: string; exact: boolean; points: unknown[] }[] };
    const trace = generateTrace('zipf', 20_000, 3);
    expect(document).toMatchObject({ trace: 'zipf:20000:3', requests: 20_000, distinct: trace.distinct });
    for (const { policy, exact, points } of document.curves) {
      expect(exact).toBe(true);
      const rows = [7, 100].map((size) => ({ size, hits: replayTrace(trace, policy, size).hits }));
      expect(points).toEqual(
        rows.map(({ size, hits }) => ({ size, hits, misses: 20_000 - hits, hitRatio: hits / 20_000 })),
      );
    }
  });

  it('says that a sampled curve is one, and how far off it may be', async () => {
    const text = await textOf('zipf:300000', '--sample', '10%', '--points', '3', '--json');
    const { curves } = JSON.parse(text) as { curves: { exact: boolean; rate: number; points: { error: number }[] }[] };
    expect(curves[0]).toMatchObject({ exact: false, rate: 0.1, samples: 4 });
    for (const { error } of curves[0].points) {
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.2);
    }
  });

  it('shows people a table with the knee', async () => {
    const text = await textOf('zipf:20000:3', '--points', '4', '--scale', 'linear', '--policy', 'fifo,lru');
    expect(text).toMatch(/^ *size +fifo +lru$/m);
    expect(text).toMatch(/^ *\d+ +\d+\.\d\d % +\d+\.\d\d %$/m);
    expect(text).toMatch(/^ *knee +at \d+ +at \d+$/m);
  });

  it.each([
    [['--policy', 'lrv'], 'did you mean lru?'],
    [['--sample', '0.5'], 'up to 0.25'],
    [['--sample', 'all'], 'up to 0.25'],
    [['--points', '0'], 'whole number from 1'],
    [['--points', '1001'], 'at most 1000'],
    [['--scale', 'cubic'], 'log or linear'],
    [['--size', '7,0'], 'whole number from 1'],
    [['--size', '9000000'], 'can change nothing'],
    [['--sample', '0.01'], 'would mislead'],
  ])('refuses %j with the reason, as bad input', async (args, reason) => {
    expect(await curve('zipf:20000:3', ...args)).toMatchObject({ code: 2, err: expect.stringContaining(reason) });
  });
});
