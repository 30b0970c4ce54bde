import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { LogCounterRises } from './LogCounterRises.ts';

const first = 5;

/** Whether each of so many uses at one value of a counter raises it. */
function risesAt(counter: number, logFactor: number, uses: number): boolean[] {
  const stream = new Stream(3, `rises.${counter}`);
  const rises = new LogCounterRises({ below: (n) => stream.below(n) }, first, logFactor);
  return Array.from({ length: uses }, () => rises.next(counter));
}

describe('LogCounterRises', () => {
  // LFULogIncr: p = 1 / ((counter − LFU_INIT_VAL) × lfu_log_factor + 1), each use on its own.
  it.each([
    [6, 10],
    [7, 10],
    [20, 10],
    [254, 10],
    [30, 1],
    [9, 100],
  ])('at %i, factor %i, each use raises it as likely, whatever the one before did', (counter, logFactor) => {
    const uses = 400_000;
    const p = 1 / ((counter - first) * logFactor + 1);
    const rose = risesAt(counter, logFactor, uses);
    const share = (count: number, of: number, expected: number) =>
      expect(Math.abs(count - of * expected)).toBeLessThan(5 * Math.sqrt(of * expected * (1 - expected)) + 1);
    share(rose.filter(Boolean).length, uses, p);
    const afterRise = rose.filter((_, use) => use > 0 && rose[use - 1]);
    share(afterRise.filter(Boolean).length, afterRise.length, p);
    // Ten uses later, where nothing may be left of it either.
    const later = rose.filter((_, use) => use >= 10 && rose[use - 10]);
    share(later.filter(Boolean).length, later.length, p);
  });

  it('is certain up to the first value and with factor 0, and never raises 255', () => {
    for (const counter of [0, 4, 5]) expect(risesAt(counter, 10, 100)).not.toContain(false);
    expect(risesAt(200, 0, 100)).not.toContain(false);
    expect(risesAt(255, 10, 100_000)).not.toContain(true);
    expect(risesAt(255, 0, 100)).not.toContain(true);
  });
});
