import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { actionSchema, type ActionInput, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { canonicalActions } from '../scenario/canonicalActions.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** Every read is a query; a metronome reads one key while others write it. */
const base: ScenarioInput = {
  scenario: 1,
  id: 'replicas',
  title: 'Replicas',
  duration: '10s',
  pattern: { read: 'none', write: 'write-around' },
  traffic: {
    readers: { arrivals: 'constant', rate: '10/s', count: 1 },
    writers: { rate: '50/s', count: 1, writes: '100%' },
  },
  database: { shape: 'constant', read: '2ms', write: '2ms', replicas: 2, replicaLag: '30ms' },
};

function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({ ...base, ...changes, database: { ...base.database, ...changes.database } });
  const { session, batch, meta } = simulate(scenario, canonicalActions(acts.map((act) => actionSchema.parse(act))));
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  const nodeOf = (row: Row) => meta.nodes[row.node].id;
  return { rows, total, nodeOf, reads: rows.filter((row) => row.op === OP['database.read']) };
}

describe('Replica', () => {
  it('shows an old row as often as a write falls into its lag', () => {
    const { rows } = run({ duration: '300s' });
    const reads = rows.filter((row) => row.op === OP['request.read'] && row.outcome < OUTCOME.timeout);
    // From the client's wish to the statement's snapshot: two ways, the server's own work, the way to the database.
    const onTheWayS = (5000 + 200 + 300 + 250) / 1e6;
    const share = 1 - Math.exp(-50 * (0.03 - onTheWayS));
    const found = reads.filter((row) => (row.flags & FLAG.stale) !== 0).length;
    // Reads are 100 ms apart and look at 24 ms each: independent.
    const deviation = Math.sqrt(reads.length * share * (1 - share));
    expect(reads.length).toBeGreaterThan(2900);
    expect(Math.abs(found - reads.length * share)).toBeLessThan(5 * deviation);
  });

  it('takes the reads by equal chance, and no write', () => {
    const { reads, rows, total, nodeOf } = run({ duration: '100s' });
    const [first, second] = ['replica1', 'replica2'].map((id) => reads.filter((row) => nodeOf(row) === id).length);
    expect(first + second).toBe(reads.length);
    expect(Math.abs(first - second)).toBeLessThan(5 * Math.sqrt(reads.length));
    expect(total('replica.reads')).toBe(reads.length);
    expect(total('node.done{node=replica1}')).toBe(first);
    expect(rows.filter((row) => row.op === OP['database.write']).every((row) => nodeOf(row) === 'database')).toBe(true);
  });

  it('never goes back when the lag grows, and holds no more than the primary', () => {
    const { rows, reads, nodeOf } = run({ traffic: { ...base.traffic, readers: { rate: '200/s', count: 1 } } }, [
      { at: '3s', do: 'set', path: 'database.replicaLag', value: '2s' },
      { at: '7s', do: 'set', path: 'database.replicaLag', value: '0s' },
    ]);
    const writes = rows.filter((row) => row.op === OP['database.write']);
    let lastOf: Record<string, number> = {};
    for (const read of reads.sort((a, b) => a.service - b.service)) {
      const node = nodeOf(read);
      expect(read.version).toBeGreaterThanOrEqual(lastOf[node] ?? 1);
      lastOf = { ...lastOf, [node]: read.version };
      const committed = writes.filter((write) => write.leave <= read.service).length;
      expect(read.version).toBeLessThanOrEqual(1 + committed);
    }
    // It stood still for the two seconds by which the lag grew.
    const still = reads.filter((read) => read.service > 3_100_000 && read.service < 4_900_000);
    expect(new Set(still.map((read) => read.version)).size).toBe(1);
    expect(reads.filter((read) => read.service > 5_100_000 && read.version > still[0].version).length).toBeGreaterThan(
      0,
    );
  });

  it('hands over to the living, and to the primary when none is left', () => {
    const { rows, reads, nodeOf } = run({}, [
      { at: '2s', do: 'kill', node: 'replica1', for: '6s' },
      { at: '4s', do: 'kill', node: 'replica2', for: '2s' },
    ]);
    const served = (fromUs: number, toUs: number) =>
      new Set(reads.filter((row) => row.sent > fromUs && row.sent < toUs).map(nodeOf));
    expect([...served(0, 2e6)].sort()).toEqual(['replica1', 'replica2']);
    expect([...served(2e6, 4e6)]).toEqual(['replica2']);
    expect([...served(4e6, 6e6)]).toEqual(['database']);
    expect([...served(8e6, 10e6)].sort()).toEqual(['replica1', 'replica2']);
    const failed = rows.filter((row) => row.op === OP['request.read'] && row.outcome >= OUTCOME.timeout);
    expect(failed.every((row) => Math.abs(row.start - 2e6) < 10_000 || Math.abs(row.start - 4e6) < 10_000)).toBe(true);
  });

  it('can be slowed by itself', () => {
    const { reads, nodeOf } = run({}, [{ at: '0s', do: 'slow', node: 'replica2', factor: 5 }]);
    for (const row of reads.filter(({ leave }) => leave < NEVER))
      expect(row.leave - row.service).toBe(nodeOf(row) === 'replica2' ? 10_000 : 2000);
  });
});
