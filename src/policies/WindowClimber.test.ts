import { describe, expect, it } from 'vitest';
import { WindowClimber } from './WindowClimber.ts';

/** What the climber says at the end of a sample of which `hits` of 1000 requests hit; it says 0 until then. */
function sample(climber: WindowClimber, hits: number): number {
  let early = 0;
  for (let i = 0; i < 999; i++) early += Math.abs(climber.hear(i < hits ? 1 : 0));
  expect(early).toBe(0);
  return climber.hear(hits === 1000 ? 1 : 0);
}

describe('WindowClimber', () => {
  it('begins with a smaller window, keeps its direction while the ratio does not fall, and turns when it does', () => {
    const climber = new WindowClimber(100);
    expect(sample(climber, 500)).toBe(-7);
    expect(sample(climber, 510)).toBe(-7);
    // 6.25 × 0.98, 0.98 of that, and of that.
    expect(sample(climber, 500)).toBe(7);
    expect(sample(climber, 500)).toBe(7);
    expect(sample(climber, 499)).toBe(-6);
  });

  it('takes steps of 98 % of the one before, and of one entry at least', () => {
    const climber = new WindowClimber(100);
    const steps = Array.from({ length: 400 }, () => Math.abs(sample(climber, 500)));
    // The jump from nothing to 50 % started anew, so two steps are whole.
    for (const [i, step] of steps.entries()) expect(step).toBe(Math.ceil(6.25 * 0.98 ** Math.max(0, i - 1) - 1e-9));
    expect(steps[399]).toBe(1);
  });

  it('starts anew when the ratio jumps by five points', () => {
    const climber = new WindowClimber(100);
    for (let i = 0; i < 100; i++) sample(climber, 500);
    expect(Math.abs(sample(climber, 501))).toBeLessThan(3);
    sample(climber, 560);
    expect(sample(climber, 561)).toBe(-7);
    expect(sample(climber, 500)).toBe(7);
    expect(sample(climber, 501)).toBe(7);
  });
});
