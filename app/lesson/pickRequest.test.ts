import { describe, expect, it } from 'vitest';
import { OP, OUTCOME } from '../../src/index.ts';
import { runOfRows, scenarioOf } from '../views/testRun.ts';
import { isToCome, latestRequest, pickRequest } from './pickRequest.ts';

const read = OP['request.read'];
const call = { sent: 0, arrive: 0, service: 0, leave: 0 };
const run = runOfRows(
  [
    { ...call, request: 1, id: 2, op: OP['cache.get'], outcome: OUTCOME.miss, start: 10, end: 20 },
    { ...call, request: 2, id: 5, op: OP['cache.get'], outcome: OUTCOME.hit, start: 30, end: 40 },
    { ...call, request: 2, id: 4, op: read, outcome: OUTCOME.hit, start: 25, end: 45 },
    { ...call, request: 1, id: 1, op: read, outcome: OUTCOME.miss, start: 5, end: 90 },
    { ...call, request: 4, id: 9, op: read, outcome: OUTCOME.timeout, start: 50, end: 500 },
  ],
  [{ request: 3, id: 7, op: OP['request.write'], start: 60 }],
);

describe('pickRequest', () => {
  it('knows the first miss when the look-up comes back, not when the answer does', () => {
    expect(pickRequest(run, 'first-miss', 19)).toBeNull();
    expect(pickRequest(run, 'first-miss', 20)).toBe(1);
  });

  it('finds the first hit, and the first write while it is under way', () => {
    expect(pickRequest(run, 'first-hit', 100)).toBe(2);
    expect(pickRequest(run, 'first-write', 59)).toBeNull();
    expect(pickRequest(run, 'first-write', 60)).toBe(3);
  });

  it('calls slowest what took longest of the answers so far, and no timeout', () => {
    expect(pickRequest(run, 'slowest', 45)).toBe(2);
    expect(pickRequest(run, 'slowest', 1000)).toBe(1);
  });

  it('does not take the look-up in a server for a miss where a cache stands behind it', () => {
    const local = { ...call, request: 1, op: OP['local.get'], outcome: OUTCOME.miss, start: 1, end: 2 };
    const later = { ...call, request: 1, op: OP['cache.get'], outcome: OUTCOME.hit, start: 3, end: 4 };
    const tiers = runOfRows([local, later], [], scenarioOf({ local: { enabled: true } }));
    expect(pickRequest(tiers, 'first-miss', 10)).toBeNull();
    expect(pickRequest(tiers, 'first-hit', 10)).toBe(1);
  });
});

describe('latestRequest', () => {
  it('is the one that began last', () => {
    expect(latestRequest(run, 4)).toBeNull();
    expect(latestRequest(run, 30)).toBe(2);
    expect(latestRequest(run, 1000)).toBe(3);
  });
});

describe('isToCome', () => {
  it('is what has a number that no request has yet; what was dropped is past', () => {
    expect([1, 3, 4].map((request) => isToCome(run, request))).toEqual([false, false, true]);
    expect(isToCome(runOfRows([], [], scenarioOf()), 1)).toBe(true);
  });
});
