import { expect, it } from 'vitest';
import { pathOf } from './BetLine.tsx';
import { chartOfMetric, hasLine } from './betCharts.ts';

it('never draws a bet on a mean into a chart of quantiles', () => {
  expect(chartOfMetric('p99(read.latency)')).toBe('read-latency');
  expect(chartOfMetric('read.latency')).toBeUndefined();
  expect(hasLine({ metric: 'read.latency', kind: 'duration' })).toBe(true);
});

it('draws no line for what a second has only a part of', () => {
  expect(hasLine({ metric: 'database.reads', kind: 'count' })).toBe(false);
  expect(hasLine({ metric: 'p50(read.latency)', kind: 'duration' })).toBe(false);
});

it('breaks a line where nothing is known', () => {
  const path = pathOf(
    [1, 2, undefined, 3],
    (place) => place,
    (value) => value,
  );
  expect(path).toBe('M0.0 1.0L1.0 2.0M3.0 3.0');
  expect(pathOf([], Number, Number)).toBe('');
});
