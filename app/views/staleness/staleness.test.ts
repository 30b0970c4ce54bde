import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { keyWorthALook, stalenessModel } from './model.ts';

const read = (request: number, node: number, atUs: number, version: number, more: Partial<Row> = {}): Partial<Row> => ({
  op: OP['request.read'],
  outcome: OUTCOME.hit,
  request,
  id: request,
  key: 3,
  node,
  version,
  start: atUs - 1000,
  sent: atUs - 1000,
  arrive: atUs - 900,
  service: atUs - 900,
  leave: atUs,
  end: atUs + 100,
  ...more,
});
const commit = (version: number, atUs: number): Partial<Row> => ({
  op: OP['database.write'],
  request: 90 + version,
  id: 90 + version,
  key: 3,
  version,
  start: atUs - 500,
  sent: atUs - 500,
  arrive: atUs - 400,
  service: atUs - 400,
  leave: atUs,
  end: atUs + 50,
});
const stale = { flags: FLAG.stale, detail: 2 };
const rows = [
  read(1, 2, 10_000, 1),
  commit(2, 20_000),
  read(2, 2, 22_000, 1, stale),
  read(3, 3, 23_000, 2),
  read(4, 3, 24_000, 2, { key: 5 }),
  read(5, 2, 25_000, 1, { outcome: OUTCOME.error }),
  commit(3, 40_000),
].sort((a, b) => (a.end as number) - (b.end as number));
const run = runOfRows(rows, [], scenarioOf({ app: { servers: 2 } }));

describe('truth and what readers saw', () => {
  it('cuts the truth where versions were committed, from what was true before', () => {
    const { truth } = stalenessModel(run, 3, 5_000, 50_000);
    expect(truth).toEqual([
      { version: 1, fromUs: 5_000, toUs: 20_000 },
      { version: 2, fromUs: 20_000, toUs: 40_000 },
      { version: 3, fromUs: 40_000, toUs: 50_000 },
    ]);
  });

  it('gives each server its own answers, failures and other keys left out', () => {
    const { lines, sentence } = stalenessModel(run, 3, 0, 50_000);
    expect(lines.map(({ title, seen, stale: count }) => [title, seen.map(({ version }) => version), count])).toEqual([
      ['App 1', [1, 1], 1],
      ['App 2', [2], 0],
    ]);
    expect(sentence).toMatch(/^1 of 3 answers for item:3 were stale, at 1 of 2 servers; the oldest by 2\sms\.$/);
  });

  it('knows nothing of what comes after the moment', () => {
    const { truth, lines } = stalenessModel(run, 3, 0, 21_000);
    expect(truth.at(-1)).toEqual({ version: 2, fromUs: 20_000, toUs: 21_000 });
    expect(lines[0].seen).toHaveLength(1);
  });

  it('prefers the key with stale answers', () => {
    expect(keyWorthALook(run, 0, 50_000)).toBe(3);
    expect(keyWorthALook(run, 23_500, 24_050)).toBe(5);
    expect(keyWorthALook(run, 45_000, 50_000)).toBe(-1);
  });
});

/** The same by looking at every row: what the reader that keeps its place must agree with. */
function scanned(view: RunView, key: number, fromUs: number, toUs: number) {
  const seen: { node: number; atUs: number; version: number; stale: boolean; request: number }[] = [];
  const commits: { version: number; atUs: number }[] = [];
  const weights = new Map<number, number>();
  for (const table of [view.spans.closed, view.spans.open]) {
    for (let index = 0; index < table.length; index++) {
      const atUs = table.leave[index];
      const op = table.op[index];
      if (atUs > toUs) continue;
      const isCommit = op === OP['database.write'] || op === OP['cache.write'];
      if (isCommit && table.key[index] === key && table.version[index] > 0)
        commits.push({ version: table.version[index], atUs });
      if (op !== OP['request.read'] || table.outcome[index] >= OUTCOME.timeout || atUs < fromUs) continue;
      const stale = (table.flags[index] & FLAG.stale) !== 0;
      weights.set(table.key[index], (weights.get(table.key[index]) ?? 0) + (stale ? 1_000_000 : 1));
      if (table.key[index] !== key) continue;
      seen.push({ node: table.node[index], atUs, version: table.version[index], stale, request: table.request[index] });
    }
  }
  seen.sort((a, b) => a.atUs - b.atUs || a.request - b.request);
  commits.sort((a, b) => a.version - b.version);
  return { seen, commits, heaviest: Math.max(0, ...weights.values()), weights };
}

describe('the reader that keeps its place', () => {
  it('agrees with a look at all rows, going forwards, coming back, and while rows come in', async () => {
    const world = scenarioOf({
      duration: '3s',
      app: { servers: 3 },
      traffic: { readers: { rate: '400/s', count: 12, writes: '6%' } },
      local: { enabled: true, capacity: 20, ttl: '300ms' },
      database: { read: '10ms' },
      clients: { timeout: '60ms' },
    });
    const view = await simulatedRun(world, [], undefined, 5);
    let stale = 0;
    for (const toUs of [200_000, 450_000, 451_000, 1_400_000, 2_999_000, 900_000, 2_000_000]) {
      const fromUs = Math.max(0, toUs - 700_000);
      const best = keyWorthALook(view, fromUs, toUs);
      const found = scanned(view, best, fromUs, toUs);
      expect(found.weights.get(best)).toBe(found.heaviest);
      const model = stalenessModel(view, best, fromUs, toUs);
      const lines = model.lines.flatMap(({ node, seen }) =>
        seen.map(({ atUs, version, stale: old, request }) => ({ node, atUs, version, stale: old, request })),
      );
      lines.sort((a, b) => a.atUs - b.atUs || a.request - b.request);
      expect(lines).toEqual(found.seen);
      expect(model.truth.filter((span) => span.fromUs > fromUs).map((span) => [span.version, span.fromUs])).toEqual(
        found.commits.filter(({ atUs }) => atUs > fromUs && atUs < toUs).map(({ version, atUs }) => [version, atUs]),
      );
      stale += model.lines.reduce((sum, line) => sum + line.stale, 0);
    }
    expect(stale).toBeGreaterThan(0);
  });
});
