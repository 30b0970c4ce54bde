import { describe, expect, it } from 'vitest';
import { OP, type ScenarioInput } from '../../../src/index.ts';
import { scenarioOf, simulatedRun } from '../testRun.ts';
import { bloomSize } from '../../../src/reading.ts';
import { FilterBits, FilterReader, placesOf } from './filterBits.ts';

const base: Partial<ScenarioInput> = {
  seed: 77,
  duration: '2s',
  window: '100ms',
  traffic: {
    readers: { rate: '300/s', count: 500, missing: '40%' },
    writers: { rate: '100/s', count: 100, writes: '100%' },
  },
};
/** Writers give rows to ids that had none: the only way in which a filter grows. */
const inserts = Array.from({ length: 30 }, (_, number) => ({
  at: `${200 + 50 * number}ms`,
  do: 'ask' as const,
  key: 600 + 37 * number,
  write: true,
  traffic: 'writers',
}));
const worlds: [string, Partial<ScenarioInput>][] = [
  ['as it is', { bloom: { enabled: true, expected: 300, falsePositives: '10%' }, faults: inserts }],
  [
    'sized anew from time to time',
    { bloom: { enabled: true, expected: 100, falsePositives: '5%', rebuild: '300ms' }, faults: inserts },
  ],
  [
    'switched and turned on the way',
    {
      bloom: { enabled: false, expected: 200, falsePositives: '2%', rebuild: '450ms' },
      faults: [
        ...inserts,
        { at: '250ms', do: 'set', path: 'bloom.enabled', value: true },
        { at: '800ms', do: 'set', path: 'bloom.expected', value: 900 },
        { at: '1100ms', do: 'set', path: 'bloom.enabled', value: false },
        { at: '1350ms', do: 'set', path: 'bloom.enabled', value: true },
        { at: '1500ms', do: 'set', path: 'bloom.falsePositives', value: 0.2 },
      ],
    },
  ],
];

describe('the Bloom filter of a run, made anew', () => {
  it.each(worlds)('has exactly the share of bits set that the engine counted: %s', async (_, more) => {
    const run = await simulatedRun(scenarioOf({ ...base, ...more }), [], undefined, 3);
    const reader = new FilterReader(run, 192);
    const column = run.windows.column('bloom.fill');
    const seen = new Set<number>();
    for (let window = 0; window < run.windows.count - 1; window++) {
      const filter = reader.read((window + 1) * 100_000 - 1);
      const fill = filter === null || filter.size.bits === 0 ? 0 : filter.ones / filter.size.bits;
      expect([window, fill]).toEqual([window, run.windows.at(window, column)]);
      seen.add(fill);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('turns away whom the engine turned away, and nobody who was let pass', async () => {
    const run = await simulatedRun(scenarioOf({ ...base, ...worlds[0][1] }));
    const reader = new FilterReader(run, 192);
    const { closed } = run.spans;
    const refused = new Map<number, number>();
    for (let index = 0; index < closed.length; index++)
      if (closed.op[index] === OP.bloom) refused.set(closed.request[index], closed.start[index]);
    let passed = 0;
    const rows = Array.from({ length: closed.length }, (_, index) => index)
      .filter((index) => closed.op[index] === OP['request.read'])
      .sort((a, b) => closed.service[a] - closed.service[b]);
    for (const index of rows) {
      const turned = refused.get(closed.request[index]);
      // Whoever was let pass asked within the worker's service: it passed with the bits of either end of it.
      const filter = reader.read(turned ?? closed.leave[index]);
      if (filter === null) throw new Error('the filter is off');
      const places = placesOf(closed.key[index], filter.size, filter.seed);
      const mayExist = places.every((place) => filter.has(place));
      if (turned === undefined) passed++;
      expect([closed.key[index], mayExist]).toEqual([closed.key[index], turned === undefined]);
    }
    expect(passed).toBeGreaterThan(100);
    expect(refused.size).toBeGreaterThan(50);
  });

  it('is the same going forwards and coming back', async () => {
    const run = await simulatedRun(scenarioOf({ ...base, ...worlds[1][1] }));
    const reader = new FilterReader(run, 192);
    const picture = (atUs: number) => structuredClone(reader.picture(atUs, 3));
    const before = picture(700_000);
    picture(1_900_000);
    expect(picture(700_000)).toEqual(before);
    expect(new FilterReader(run, 192).picture(700_000, 3)).toEqual(before);
  });
});

describe('the cells', () => {
  it('share the bits out, each bit to one cell', () => {
    for (const bits of [1, 5, 191, 192, 193, 1000, 95_851]) {
      const filter = new FilterBits({ bits, hashes: 3 }, 1, 192);
      expect(filter.bitsIn.length).toBe(Math.min(192, bits));
      const counted = new Int32Array(filter.bitsIn.length);
      for (let place = 0; place < bits; place++) counted[filter.cellOf(place)]++;
      expect([...filter.bitsIn]).toEqual([...counted]);
    }
  });

  it('hold all that is set', () => {
    const filter = new FilterBits(bloomSize(400, 0.03), 9, 192);
    for (let key = 0; key < 400; key++) filter.add(key);
    expect(filter.setIn.reduce((sum, ones) => sum + ones, 0)).toBe(filter.ones);
    expect(filter.setIn.every((ones, cell) => ones <= filter.bitsIn[cell])).toBe(true);
    expect(bloomSize(0, 0.01)).toEqual({ bits: 0, hashes: 0 });
    expect(placesOf(5, { bits: 0, hashes: 0 }, 1)).toEqual([]);
  });
});
