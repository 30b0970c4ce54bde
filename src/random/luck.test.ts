import { describe, expect, it } from 'vitest';
import { luck } from './luck.ts';

const COUNT = 100000;

/** Kolmogorov's distance between the sample and the uniform law on (0, 1]. */
function distance(sample: Float64Array): number {
  sample.sort();
  let most = 0;
  for (let i = 0; i < sample.length; i++) {
    most = Math.max(most, (i + 1) / sample.length - sample[i], sample[i] - i / sample.length);
  }
  return most;
}

/** One axis of keys at a time: neighbours along it are what a run really asks for. */
const axes: [string, (i: number) => number][] = [
  ['request', (i) => luck(1, 2, i, 0, 0)],
  ['node', (i) => luck(1, i, 5, 0, 0)],
  ['attempt', (i) => luck(1, 2, 5, i, 0)],
  ['salt', (i) => luck(1, 2, 5, 0, i)],
  ['seed', (i) => luck(i, 2, 5, 0, 0)],
];

describe('luck', () => {
  it('is the same for the same key and has the same values as ever', () => {
    expect(luck(1, 2, 3, 4, 5)).toBe(luck(1, 2, 3, 4, 5));
    expect([luck(1, 2, 3, 4, 5), luck(0, 0, 0, 0, 0)]).toEqual([0.4479715974018086, 0.5047119793112185]);
  });

  it.each(axes)('is uniform along neighbouring keys: %s', (_, draw) => {
    const sample = Float64Array.from({ length: COUNT }, (__, i) => draw(i));
    expect(sample.every((u) => u > 0 && u <= 1 && Number.isInteger(u * 2 ** 53))).toBe(true);
    // P(√n · D > 2.7) = 2 e^(−2 · 2.7²) < 1e-6.
    expect(distance(sample) * Math.sqrt(COUNT)).toBeLessThan(2.7);
  });

  it.each(axes)('is independent between neighbouring keys: %s', (_, draw) => {
    const cells = new Float64Array(400);
    let previous = draw(-1);
    let product = 0;
    for (let i = 0; i < COUNT; i++) {
      const u = draw(i);
      cells[Math.ceil(previous * 20) * 20 + Math.ceil(u * 20) - 21]++;
      product += (previous - 0.5) * (u - 0.5);
      previous = u;
    }
    let chi = 0;
    for (const count of cells) chi += ((count - COUNT / 400) * (count - COUNT / 400)) / (COUNT / 400);
    expect(Math.abs(chi - 399)).toBeLessThan(5 * Math.sqrt(2 * 399));
    expect(Math.abs(product)).toBeLessThan((5 * Math.sqrt(COUNT)) / 12);
  });

  it('is independent between the salts and nodes of one request', () => {
    for (const other of [(i: number) => luck(9, 2, i, 0, 1), (i: number) => luck(9, 3, i, 0, 0)]) {
      let product = 0;
      for (let i = 0; i < COUNT; i++) product += (luck(9, 2, i, 0, 0) - 0.5) * (other(i) - 0.5);
      expect(Math.abs(product)).toBeLessThan((5 * Math.sqrt(COUNT)) / 12);
    }
  });

  it('tells every key of a box of keys apart', () => {
    const seen = new Set<number>();
    for (let node = 0; node < 10; node++) {
      for (let request = 0; request < 5000; request++) {
        for (let attempt = 0; attempt < 3; attempt++) seen.add(luck(7, node, request, attempt, 0));
      }
    }
    expect(seen.size).toBe(150000);
  });

  it('sets each of the 53 bits half the time', () => {
    const ones = new Float64Array(53);
    for (let i = 0; i < COUNT; i++) {
      const u = luck(4, 1, i, 0, 0);
      for (let bit = 0; bit < 53; bit++) ones[bit] += Math.floor(u * 2 ** (53 - bit)) % 2;
    }
    for (const count of ones) expect(Math.abs(count - COUNT / 2)).toBeLessThan(5 * Math.sqrt(COUNT / 4));
  });
});
