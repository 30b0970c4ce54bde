import { describe, expect, it } from 'vitest';
import { isInstant, OP, OUTCOME, operations, type Row, settingValue } from '../../../src/index.ts';
import type { RequestTrace } from '../requestTrace.ts';
import { requestTrace } from '../requestTrace.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { codePosition } from './model.ts';
import { sourcePart } from './sourceParts.ts';
import { partsOf } from './sources.ts';

const NEVER = Number.POSITIVE_INFINITY;
const readingOf =
  (input: Parameters<typeof scenarioOf>[0] = {}) =>
  (path: string) =>
    settingValue(scenarioOf(input), path);
const cacheAside = partsOf(readingOf(), 'read');
const near = partsOf(readingOf({ local: { enabled: true } }), 'read');
const call = (op: keyof typeof OP, id: number, start: number, end: number, more: Partial<Row> = {}): Partial<Row> => ({
  op: OP[op],
  request: 1,
  id,
  start,
  sent: start,
  arrive: start + 10,
  service: start + 10,
  leave: end - 10,
  end,
  ...more,
});
const trace = (calls: Partial<Row>[], root: Partial<Row> = {}): RequestTrace => {
  const base = { request: 1, id: 1, start: 0, sent: 0, arrive: 100, service: 150, leave: 1000, end: 1100 };
  return requestTrace(runOfRows([...calls, { ...base, ...root }]).spans, 1) as RequestTrace;
};
const standing = (parts: typeof near, of: RequestTrace, atUs: number) => {
  const { part, line, failed } = codePosition(parts, of, atUs);
  const text = parts[part]?.lines.find(({ number }) => number === line)?.text.trim();
  return text === undefined ? null : `${failed ? '! ' : ''}${text}`;
};

describe('the parts of the source', () => {
  it('are whole functions of the files that run', () => {
    expect(cacheAside.map(({ file, name }) => [file, name])).toEqual([
      ['cacheAside.ts', 'cacheAsideRead'],
      ['cacheAside.ts', 'queryAndFill'],
    ]);
    const [{ lines, before }] = cacheAside;
    expect(lines[0].text).toMatch(/^export function\* cacheAsideRead\(/);
    expect(lines.at(-1)?.text).toBe('}');
    expect(before.map(({ text }) => text).join('\n')).toMatch(/^import[\s\S]*\/\*\*[\s\S]*\*\/$/);
    expect(lines.every(({ tokens, text }) => tokens.map((token) => token.text).join('') === text)).toBe(true);
  });

  it('put the wrapper of the server’s own memory around the pattern', () => {
    expect(near.map(({ name }) => name)).toEqual(['nearCacheRead', 'cacheAsideRead', 'queryAndFill']);
    expect(near[0].lines.at(-1)?.text).toBe('  };');
    expect(near[0].lines.filter(({ text }) => text.includes('yield*'))).toHaveLength(3);
    const around = readingOf({ pattern: { read: 'none', write: 'write-around' }, local: { enabled: true } });
    expect(partsOf(around, 'write').map(({ name }) => name)).toEqual(['nearCacheWrite', 'writeAround']);
  });

  it('are found by name only', () => {
    expect(sourcePart('a.ts', { source: 'export const other = 1;', lines: [] }, 'cacheAsideRead')).toBeNull();
  });
});

describe('codePosition', () => {
  const miss = trace([
    call('cache.get', 2, 200, 300, { outcome: OUTCOME.miss }),
    call('database.read', 3, 300, 800),
    call('cache.set', 4, 800, 1000),
  ]);

  it('stands on the line of the call under way, and on the return after the last', () => {
    const at = (us: number) => standing(cacheAside, miss, us);
    expect([50, 120].map(at)).toEqual([null, null]);
    expect(at(160)).toMatch(/^export function\* cacheAsideRead/);
    expect(at(200)).toBe('const cached = yield* cache.get(request.key);');
    expect(at(299)).toBe('const cached = yield* cache.get(request.key);');
    expect(at(300)).toBe('const row = yield* database.read(key);');
    expect(at(900)).toMatch(/yield\* cache\.set\(key, row\);$/);
    expect([1000, 1050, 5000].map(at)).toEqual(['return row;', 'return row;', 'return row;']);
  });

  it('is the same backwards as forwards', () => {
    const moments = [0, 150, 199, 200, 299, 300, 799, 800, 999, 1000, 1100];
    const forth = moments.map((us) => codePosition(cacheAside, miss, us));
    const back = [...moments].reverse().map((us) => codePosition(cacheAside, miss, us));
    expect(back.reverse()).toEqual(forth);
  });

  it('returns early after a hit', () => {
    const hit = trace([call('cache.get', 2, 200, 1000, { outcome: OUTCOME.hit })]);
    expect(standing(cacheAside, hit, 1000)).toBe('if (cached !== undefined) return cached;');
  });

  it('marks the outer line that waits for the inner part', () => {
    const through = trace([
      call('local.get', 2, 200, 201),
      call('cache.get', 3, 201, 500),
      call('local.set', 4, 500, 501),
    ]);
    expect(standing(near, through, 200)).toBe('const near = yield* handles.local.get(request.key);');
    const inner = codePosition(near, through, 300);
    expect(inner.part).toBe(1);
    expect(near[0].lines.find(({ number }) => number === inner.outer?.line)?.text).toContain('yield* next(');
    expect(standing(near, through, 500)).toMatch(/yield\* handles\.local\.set\(request\.key, value\);$/);
    expect(standing(near, through, 1000)).toBe('return value;');
  });

  it('stays where a query threw', () => {
    const failing = trace([
      call('cache.get', 2, 200, 300),
      call('database.read', 3, 300, 1000, { outcome: OUTCOME.timeout }),
    ]);
    expect(standing(cacheAside, failing, 1050)).toBe('! const row = yield* database.read(key);');
  });

  it('says why no line is marked', () => {
    const status = (us: number, root: Partial<Row> = {}) => codePosition(cacheAside, trace([], root), us).status;
    expect([-1, 50, 120].map((us) => status(us))).toEqual([
      'not sent yet',
      'on its way to the server',
      'waiting for a worker',
    ]);
    expect(status(5000, { service: NEVER })).toBe('waiting for a worker');
    expect(codePosition(cacheAside, miss, 400).status).toContain('being served');
  });

  const features: Record<string, Parameters<typeof scenarioOf>[0]> = {
    'near cache': { local: { enabled: true, capacity: 10, ttl: '100ms' } },
    'flight, lock and stale': { protect: { singleFlight: true, lock: true, stale: '100ms', early: 1 } },
    guards: {
      protect: { negative: '1s', limit: 3, retries: 2, hedge: '5ms', admit: 'second-request', breaker: 'both' },
      bloom: { enabled: true, expected: 100 },
    },
    'refresh-ahead': { pattern: { read: 'refresh-ahead', refreshAfter: '50ms' } },
    'compare and set': { invalidation: { onWrite: 'compare-and-set' } },
    'versioned keys': { invalidation: { onWrite: 'versioned-keys' } },
    'double delete': { invalidation: { onWrite: 'double-delete', secondDelete: '20ms' } },
    broadcast: { local: { enabled: true }, invalidation: { broadcast: 'pubsub' } },
    queue: { invalidation: { feed: 'queue' } },
    pinned: { invalidation: { pin: '1s' } },
    'read-through': { pattern: { read: 'read-through', write: 'write-through' } },
    'write-behind': { pattern: { write: 'write-behind' } },
  };

  it.each(Object.keys(features))('finds a line for every call of a real run: %s', async (name) => {
    const scenario = scenarioOf({
      duration: '1s',
      traffic: { readers: { rate: '500/s', count: 100, writes: '20%', missing: '5%', readBack: '10ms' } },
      cache: { capacity: 40, ttl: '200ms' },
      ...features[name],
    });
    const run = await simulatedRun(scenario);
    let calls = 0;
    for (let request = 1; request < 400; request++) {
      const some = requestTrace(run.spans, request);
      if (some === null) continue;
      const parts = partsOf(
        (path) => settingValue(scenario, path),
        some.root.op === OP['request.write'] ? 'write' : 'read',
      );
      for (const { start, op, parent } of some.calls) {
        if (isInstant(op) || parent !== some.root.id) continue;
        calls++;
        expect([operations[op], codePosition(parts, some, start).line > 0]).toEqual([operations[op], true]);
      }
    }
    expect(calls).toBeGreaterThan(300);
  });
});
