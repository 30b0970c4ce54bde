import { expect, it } from 'vitest';
import { virtualUs } from './virtualTime.ts';

it.each([
  [12, undefined, 12],
  ['12.5s', undefined, 12_500_000],
  ['250ms', '10:58:00', 250_000],
  ['10:59:00', '10:58:00', 60_000_000],
  ['00:00:30', '23:59:50', 40_000_000],
  ['90', undefined, undefined],
  [-1, undefined, undefined],
])('%s on a clock of %s', (moment, clock, us) => {
  expect(virtualUs(moment, clock)).toBe(us);
});
