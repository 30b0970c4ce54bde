import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { runOfRows, scenarioOf } from '../testRun.ts';
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
