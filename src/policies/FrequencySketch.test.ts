import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { FrequencySketch } from './FrequencySketch.ts';

const ids = fc.array(fc.nat(60), { maxLength: 400, size: 'max' });

describe('FrequencySketch', () => {
  it('never counts too few before the first halving, up to 15', () => {
    const run = fc.property(ids, fc.integer({ min: 64, max: 300 }), (requests, capacity) => {
      const sketch = new FrequencySketch(capacity);
      const counts = new Map<number, number>();
      for (const id of requests) {
        sketch.add(id);
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      expect(sketch.additions).toBeLessThan(sketch.period);
      for (const [id, count] of counts) expect(sketch.frequency(id)).toBeGreaterThanOrEqual(Math.min(15, count));
    });
    fc.assert(run, { numRuns: 300 });
  });

  it('halves all counters after ten additions a word, rounding down', () => {
    const sketch = new FrequencySketch(4);
    expect(sketch.period).toBe(40);
    for (let i = 0; i < 9; i++) sketch.add(1);
    for (let i = 0; i < 15; i++) sketch.add(2);
    const before = sketch.rows();
    expect([sketch.frequency(1) >= 9, sketch.frequency(2)]).toEqual([true, 15]);
    // 24 additions so far; those that find everything full are not counted.
    for (let i = 0; i < 1000; i++) sketch.add(2);
    expect(sketch.additions).toBe(24);
    expect(sketch.rows()).toEqual(before);
    for (let id = 100; sketch.additions >= 24; id++) sketch.add(id);
    expect(sketch.frequency(2)).toBe(7);
    expect(sketch.additions).toBeLessThanOrEqual(20);
  });

  it('takes a quarter of the odd counters off the additions before it halves them', () => {
    const sketch = new FrequencySketch(16);
    let row: number[] = [];
    for (let id = 0; ; id++) {
      row = sketch.rows().flat();
      const before = sketch.additions;
      sketch.add(id % 50);
      if (sketch.additions < before) break;
    }
    // The row before the last addition, in which four counters went up: their parity is the only thing not known from it.
    const odd = row.filter((count) => count % 2 === 1).length;
    expect(Math.abs(sketch.additions - (160 - odd / 4) / 2)).toBeLessThanOrEqual(1.5);
  });

  it.each([
    [1, 2],
    [2, 2],
    [3, 4],
    [1000, 1024],
    [1024, 1024],
    [1025, 2048],
  ])('has for %i entries %i words: four rows of four counters a word', (capacity, words) => {
    const rows = new FrequencySketch(capacity).rows();
    expect(rows.map((row) => row.length)).toEqual([4 * words, 4 * words, 4 * words, 4 * words]);
  });

  it('spreads ids evenly over each row, also ids that lie close or far apart', () => {
    for (const stride of [1, 64, 4096, 65536]) {
      const sketch = new FrequencySketch(256);
      for (let id = 0; id < 1024; id++) sketch.add(id * stride);
      for (const row of sketch.rows()) {
        // 1024 balls in 1024 urns: about 1024/e stay empty, standard deviation 16.
        const empty = row.filter((count) => count === 0).length;
        expect(Math.abs(empty - 1024 / Math.E)).toBeLessThan(5 * 16);
      }
    }
  });

  it('overestimates little: on Zipf 1 over ten times the entries, seldom by more than one', () => {
    const sketch = new FrequencySketch(1000);
    const keys = new AliasTable(zipfWeights(10_000, 1));
    const stream = new Stream(3, 'sketch');
    const counts = new Map<number, number>();
    for (let i = 0; i < 9000; i++) {
      const id = keys.sample(stream);
      sketch.add(id);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    let far = 0;
    for (const [id, count] of counts) if (sketch.frequency(id) > Math.min(15, count + 1)) far++;
    expect(far).toBeLessThan(0.01 * counts.size);
  });

  it('forgets all when told to', () => {
    const sketch = new FrequencySketch(8);
    for (let id = 0; id < 20; id++) sketch.add(id);
    sketch.clear();
    expect(sketch.rows().flat()).toEqual(Array.from({ length: 128 }, () => 0));
    expect(sketch.additions).toBe(0);
  });
});
