import { describe, expect, it } from 'vitest';
import { lruCurve } from '../../curves/lruCurve.ts';
import { finish } from '../../curves/Sliced.ts';
import { allPolicies } from '../../policies/allPolicies.ts';
import { generateTrace } from '../../replay/generators.ts';
import { replayTrace } from '../../replay/replay.ts';
import type { Trace } from '../../replay/Trace.ts';
import { curvesCommand, type CurvesInput, type CurvesOutput, type CurvesPart } from './curvesCommand.ts';
import { differenceCommand } from './differenceCommand.ts';
import { traceCommands } from './index.ts';
import { statisticsCommand } from './statisticsCommand.ts';

const trace = generateTrace('mixed', 60_000, 4);

function drive(of: Trace, input: CurvesInput): { parts: CurvesPart[]; shares: number[]; output: CurvesOutput } {
  const work = curvesCommand(of, input);
  const [parts, shares]: [CurvesPart[], number[]] = [[], []];
  for (;;) {
    const step = work.next();
    if (step.done) return { parts, shares, output: step.value };
    if (typeof step.value !== 'number') parts.push(step.value.part);
    shares.push(typeof step.value === 'number' ? step.value : step.value.share);
  }
}

describe('the command for curves', () => {
  const input = { policies: ['fifo', 'random', 'lru'], points: 6, scale: 'log' } as const;
  const { parts, shares, output } = drive(trace, input);

  it('is in the table, with the others', () => {
    expect(traceCommands).toMatchObject({
      curves: curvesCommand,
      statistics: statisticsCommand,
      difference: differenceCommand,
    });
  });

  it('brings LRU first, whole, then each point of the others when it is known', () => {
    const { sizes } = output;
    expect(parts[0]).toEqual({ kind: 'sizes', sizes, requests: 60_000, distinct: trace.distinct });
    const [, fine] = parts;
    if (fine.kind !== 'fine') throw new Error(fine.kind);
    const { hits } = finish(lruCurve(trace));
    expect(fine.points.length).toBeGreaterThan(500);
    expect(fine.points.every((point) => point.hits === hits[point.sizeEntries])).toBe(true);
    const told = parts.flatMap((part) => (part.kind === 'point' ? [part] : []));
    for (const id of ['fifo', 'random']) {
      const curve = output.curves.find(({ policy }) => policy === id);
      if (curve?.kind !== 'exact') throw new Error(id);
      expect(curve.points.map(({ sizeEntries }) => sizeEntries)).toEqual(sizes);
      const mine = told.filter(({ policy }) => policy === id).map(({ point }) => point);
      expect(mine.toSorted((a, b) => a.sizeEntries - b.sizeEntries)).toEqual(curve.points);
      expect(curve.points[3].hits).toBe(replayTrace(trace, id, sizes[3], { requestIntervalUs: 500 }).hits);
    }
    expect(output.curves.map(({ policy }) => policy)).toEqual(input.policies);
    expect(structuredClone(parts)).toEqual(parts);
  });

  it('never goes back, and ends at 1', () => {
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('refuses one policy or size without keeping the others from coming', () => {
    const many = drive(trace, { ...input, sizes: [10, trace.distinct + 1] }).output;
    for (const curve of many.curves)
      expect(curve).toMatchObject({ kind: 'refused', reason: expect.stringContaining('keys') });
    const known = allPolicies.some(({ id }) => id === 'w-tinylfu-climbing');
    const policies = known ? ['w-tinylfu-climbing', 'lru'] : ['lru'];
    const { curves } = drive(trace, { policies, points: 4, scale: 'linear', sampleRate: 0.1 }).output;
    expect(curves.at(-1)).toMatchObject({ policy: 'lru', kind: 'sampled', rate: 0.1, samples: 4 });
    if (known)
      expect(curves[0]).toMatchObject({ kind: 'refused', reason: expect.stringContaining('cannot be sampled') });
    expect(() => drive(trace, { ...input, policies: ['lru', 'lrv'] })).toThrow("did you mean 'lru'");
    expect(() => drive(trace, { ...input, points: 1001 })).toThrow('at most 1000');
  });
});

describe('the command for statistics', () => {
  it('tells popularity by name and rank, and the bound of every cache', () => {
    const output = finish(statisticsCommand(trace, {}));
    expect(output.mostHitRatio).toBe((60_000 - trace.distinct) / 60_000);
    const [first] = output.hottest;
    expect(first.name).toBe(trace.keyName(first.id));
    expect(output.ranks[0]).toEqual({ rank: 1, requests: first.requests, reached: first.requests });
    expect(output.ranks.at(-1)).toMatchObject({ rank: trace.distinct, reached: 60_000 });
    expect(output.ranks.length).toBeLessThanOrEqual(300);
    expect(output.reuse.firstRequests).toBe(trace.distinct);
    expect(output.workingSet.windowRequests).toBe(600);
    expect(finish(statisticsCommand(trace, { windowRequests: 7 })).workingSet.most).toBeLessThanOrEqual(7);
    expect(JSON.stringify(output).length).toBeLessThan(60_000);
  });
});

describe('the command for differences', () => {
  it('names the keys of the short trace', () => {
    const output = finish(differenceCommand(trace, { policies: ['lru', 'fifo'], sizeEntries: 300 }));
    if (output === null || 'refused' in output.small) throw new Error('nothing found');
    expect(output.names).toEqual(output.small.ids.map((id) => trace.keyName(id)));
    expect(output.names.length).toBeGreaterThan(1);
    const [a, b] = ['lru', 'fifo'].map((id) => replayTrace(trace, id, 300).hits);
    expect(output.totalHits).toEqual([a, b]);
    expect(finish(differenceCommand(trace, { policies: ['lru', 'lru'], sizeEntries: 300 }))).toBeNull();
  });
});
