import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from '../../../src/index.ts';
import { runOfRows } from '../testRun.ts';
import { requestAt } from './requestAt.ts';

const read = (request: number, start: number, end: number, more = {}) => ({
  request,
  id: request,
  op: OP['request.read'],
  outcome: OUTCOME.hit,
  start,
  end,
  leave: end,
  ...more,
});
const run = runOfRows([
  read(1, 0, 500),
  read(2, 100, 900),
  read(3, 950, 1000, { outcome: OUTCOME.miss }),
  read(4, 700, 1400),
  read(5, 1000, 1500, { flags: FLAG.stale }),
  read(6, 200, 1900, { outcome: OUTCOME.timeout }),
  read(7, 1000, 2500),
]);

describe('the request that stands for a point of a chart', () => {
  it('is the slowest read that ended in the window', () => {
    expect(requestAt(run, 'slow', 0, 1000)).toEqual({ request: 2, atUs: 900 });
    expect(requestAt(run, 'slow', 1000, 2000)).toEqual({ request: 4, atUs: 1400 });
  });

  it('is the first of its kind in the window, and none where there was none', () => {
    expect(requestAt(run, 'miss', 1000, 2000)).toEqual({ request: 3, atUs: 1000 });
    expect(requestAt(run, 'stale', 0, 3000)?.request).toBe(5);
    expect(requestAt(run, 'error', 1000, 2000)?.request).toBe(6);
    expect(requestAt(run, 'error', 0, 1000)).toBeNull();
    expect(requestAt(run, 'stale', 2000, 3000)).toBeNull();
  });
});
