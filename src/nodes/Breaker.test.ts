import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAKER, Breaker } from './Breaker.ts';

const rules = (breakerCalls = 4, breakerShare = 0.5, breakerCooldown = 100) => ({
  breakerCalls,
  breakerShare,
  breakerCooldown,
});

/** A breaker, and every state that it told of. */
function watched(settings = rules()) {
  const states: number[] = [];
  const breaker = new Breaker(settings, (state) => states.push(state));
  const call = (failed: boolean, atUs: number) => breaker.leave(breaker.enter(atUs), failed, atUs);
  return { breaker, states, call };
}

describe('Breaker', () => {
  it('opens when enough of the last calls have failed, and not before there are as many', () => {
    const { breaker, states, call } = watched();
    for (const failed of [true, true, true]) call(failed, 0);
    expect(breaker.state).toBe(BREAKER.closed);
    call(false, 0);
    expect(states).toEqual([BREAKER.open]);
    expect(breaker.enter(99)).toBe(-1);
  });

  it('looks at the last calls only', () => {
    const { breaker, call } = watched();
    for (const failed of [true, false, false, false, true, false, false, false, true]) call(failed, 0);
    expect(breaker.state).toBe(BREAKER.closed);
    call(true, 0);
    expect(breaker.state).toBe(BREAKER.open);
  });

  it('tries one call after its rest: a good end closes it, a bad one opens it for as long again', () => {
    const { breaker, states, call } = watched();
    for (let number = 0; number < 4; number++) call(true, 0);
    const trial = breaker.enter(100);
    expect(trial).toBeGreaterThanOrEqual(0);
    expect([breaker.state, breaker.enter(100), breaker.enter(5000)]).toEqual([BREAKER.halfOpen, -1, -1]);
    breaker.leave(trial, true, 150);
    expect([breaker.state, breaker.enter(249)]).toEqual([BREAKER.open, -1]);
    call(false, 250);
    expect(states).toEqual([BREAKER.open, BREAKER.halfOpen, BREAKER.open, BREAKER.halfOpen, BREAKER.closed]);
    // What failed before is forgotten.
    for (const failed of [true, true, true]) call(failed, 260);
    expect(breaker.state).toBe(BREAKER.closed);
  });

  it('does not take a call from before for its trial', () => {
    const { breaker, call } = watched();
    const early = [breaker.enter(0), breaker.enter(0)];
    for (let number = 0; number < 4; number++) call(true, 0);
    breaker.leave(early[0], false, 50);
    expect(breaker.state).toBe(BREAKER.open);
    const trial = breaker.enter(100);
    breaker.leave(early[1], false, 101);
    expect(breaker.state).toBe(BREAKER.halfOpen);
    breaker.leave(trial, false, 102);
    expect(breaker.state).toBe(BREAKER.closed);
  });

  it('takes shares that no double holds at their word', () => {
    const { breaker, call } = watched(rules(100, 0.07));
    for (let number = 0; number < 100; number++) call(number < 7, 0);
    expect(breaker.state).toBe(BREAKER.open);
  });

  it('begins anew when it is told to judge by another number of calls, and after a crash', () => {
    const settings = rules(4);
    const { breaker, states, call } = watched(settings);
    for (const failed of [true, true, true]) call(failed, 0);
    settings.breakerCalls = 2;
    call(true, 0);
    expect(breaker.state).toBe(BREAKER.closed);
    call(true, 0);
    expect(breaker.state).toBe(BREAKER.open);
    breaker.forget();
    expect([breaker.state, states.at(-1)]).toEqual([BREAKER.closed, BREAKER.closed]);
    call(true, 1);
    breaker.forget();
    call(true, 2);
    expect(breaker.state).toBe(BREAKER.closed);
  });

  it('keeps its rules under any order of calls and ends', () => {
    const steps = fc.array(
      fc.record({ begins: fc.boolean(), which: fc.nat(5), failed: fc.boolean(), waitUs: fc.nat(60) }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 6 }), fc.constantFrom(0.2, 0.5, 1), (list, calls, share) => {
        const { breaker, states } = watched(rules(calls, share, 100));
        const underWay: number[] = [];
        let nowUs = 0;
        let openedUs = Number.NEGATIVE_INFINITY;
        let [changes, trial] = [0, -1];
        for (const { begins, which, failed, waitUs } of list) {
          nowUs += waitUs;
          const before = breaker.state;
          if (begins || underWay.length === 0) {
            const entered = breaker.enter(nowUs);
            const rested = nowUs - openedUs >= 100;
            expect(entered >= 0).toBe(before === BREAKER.closed || (before === BREAKER.open && rested));
            if (entered >= 0) underWay.push(entered);
            if (before === BREAKER.open && entered >= 0) trial = entered;
          } else {
            const [entered] = underWay.splice(which % underWay.length, 1);
            breaker.leave(entered, failed, nowUs);
            if (before === BREAKER.halfOpen) {
              const after = entered !== trial ? BREAKER.halfOpen : failed ? BREAKER.open : BREAKER.closed;
              expect(breaker.state).toBe(after);
            } else if (before === BREAKER.open) expect(breaker.state).toBe(BREAKER.open);
          }
          if (states.length > changes && breaker.state === BREAKER.open) openedUs = nowUs;
          changes = states.length;
        }
        // Every change is one of the four that there are.
        const legal = new Set(['0>1', '1>2', '2>1', '2>0']);
        [BREAKER.closed, ...states].reduce((from, to) => {
          expect(legal.has(`${from}>${to}`)).toBe(true);
          return to;
        });
      }),
    );
  });
});
