import { describe, expect, it } from 'vitest';
import { OP, type Row, rowAt } from '../../src/index.ts';
import { requestTrace, type RequestTrace } from './requestTrace.ts';
import { runOfRows, scenarioOf, simulatedRun } from './testRun.ts';
import { requestsWaitedFor, waitedFor, waitersFor, waitWords } from './waits.ts';

const at = (start: number, end: number) => ({ start, sent: start, arrive: start, service: start, leave: end, end });
const rows = (leader: Partial<Row>) => [
  { op: OP.wait, request: 1, id: 2, parent: 1, detail: 50, ...at(10, 80) },
  { op: OP['request.read'], request: 1, id: 1, ...at(0, 90) },
  { id: 50, ...at(5, 95), ...leader },
];
const wordsOf = (leader: Partial<Row>) => {
  const { spans } = runOfRows(rows(leader));
  const trace = requestTrace(spans, 1) as RequestTrace;
  return waitWords(spans, trace, trace.calls[0]);
};

describe('a wait', () => {
  it('is for the load of the request whose row it names, or for a refresh', () => {
    expect(wordsOf({ op: OP['request.read'], request: 41 })).toEqual({ reason: 'for request 41’s load', request: 41 });
    expect(wordsOf({ op: OP['cache.load'], request: 41 })).toMatchObject({ request: 41 });
    expect(wordsOf({ op: OP.refresh, request: 41 }).reason).toBe('for a refresh that request 41 began');
    expect(wordsOf({ op: OP.refresh, request: 0 })).toEqual({ reason: 'for a refresh', request: 0 });
    expect(wordsOf({ op: OP['request.read'], request: 41, ...at(85, 95) })).toEqual({
      reason: 'for a load',
      request: 0,
    });
  });

  it('leads to the one who loads, and from there to all who waited, in a real run', async () => {
    const { spans } = await simulatedRun(
      scenarioOf({
        duration: '2s',
        traffic: { readers: { rate: '800/s', keys: 'hot', hotShare: '100%', count: 10 } },
        cache: { ttl: '500ms' },
        database: { read: '50ms' },
        protect: { singleFlight: true },
      }),
    );
    const { closed } = spans;
    let waits = 0;
    const leaders = new Map<number, number>();
    for (let index = 0; index < closed.length; index++) {
      if (closed.op[index] !== OP.wait) continue;
      waits++;
      const { request } = waitedFor(spans, rowAt(closed, index));
      leaders.set(request, (leaders.get(request) ?? 0) + 1);
      const trace = requestTrace(spans, closed.request[index]) as RequestTrace;
      expect(requestsWaitedFor(spans, trace)).toEqual([request]);
    }
    expect(waits).toBeGreaterThan(50);
    for (const [leader, count] of leaders) {
      const trace = requestTrace(spans, leader) as RequestTrace;
      expect(trace.calls.some(({ op }) => op === OP['database.read'])).toBe(true);
      expect(waitersFor(spans, trace)).toHaveLength(count);
    }
  });
});
