import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { runOfRows } from '../../views/testRun.ts';
import { eventStep } from './eventStep.ts';

const row = (start: number, ...rest: [sent: number, arrive: number, service: number, leave: number, end: number]) => {
  const [sent, arrive, service, leave, end] = rest;
  return { start, sent, arrive, service, leave, end, op: 1 };
};

/** A run known up to 100 s, in which two requests overlap and a third follows much later. */
const run = runOfRows([
  row(1000, 1000, 1400, 1400, 2000, 2600),
  row(1200, 1200, 1500, 1600, 2100, 2600),
  row(9_000_000, 9_000_000, 9_000_100, 9_000_100, 9_000_200, 9_000_300),
]);
run.horizonUs = 100_000_000;
const know = () => Promise.resolve(run);
const moments = [1000, 1200, 1400, 1500, 1600, 2000, 2100, 2600, 9_000_000, 9_000_100, 9_000_200, 9_000_300];

it('goes from one moment at which something happens to the next, across a long silence', async () => {
  let atUs = 0;
  const found: number[] = [];
  for (let step = await eventStep(atUs, 1, know); step !== null; step = await eventStep(atUs, 1, know))
    found.push((atUs = step));
  expect(found).toEqual(moments);
});

it('n steps are n times one, back as well as forth, and there is nothing beyond', () =>
  fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0, max: 10_000_000, noNaN: true }),
      fc.integer({ min: -14, max: 14 }),
      async (from, n) => {
        const after = moments.filter((moment) => moment > from);
        const before = moments.filter((moment) => moment < from);
        const expected = n === 0 ? from : ((n > 0 ? after[n - 1] : before.at(n)) ?? null);
        expect(await eventStep(from, n, know)).toBe(expected);
      },
    ),
  ));

it('says nothing of what is not known yet', async () => {
  const early = runOfRows([row(5000, 5000, 5000, 5000, 6000, 7000)]);
  early.horizonUs = 6500;
  expect(await eventStep(5500, 1, () => Promise.resolve(early))).toBe(6000);
  expect(await eventStep(6000, 1, () => Promise.resolve(early))).toBeNull();
});
