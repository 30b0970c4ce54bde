import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { canonicalActions } from '../scenario/canonicalActions.ts';
import { actionSchema, type ActionInput, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP } from '../spans/codes.ts';
import { rowAt } from '../spans/columns.ts';

const base: ScenarioInput = {
  scenario: 1,
  id: 'buffer',
  title: 'Buffer',
  duration: '20s',
  pattern: { read: 'none', write: 'write-around' },
  traffic: { readers: { rate: '500/s', keys: 'uniform', count: 1000 } },
  database: { shape: 'constant', read: '1ms', bufferPages: 10, pageRows: 20, disk: '7ms', slots: 100, pool: 100 },
};

function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({ ...base, ...changes, database: { ...base.database, ...changes.database } });
  const { session, batch } = simulate(scenario, canonicalActions(acts.map((act) => actionSchema.parse(act))));
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  return { total, session, reads: rows.filter((row) => row.op === OP['database.read']) };
}

describe('BufferPool', () => {
  it('finds a page with the chance that it is among those held, when all are asked for alike', () => {
    const { total } = run({});
    const reads = total('buffer.hits') + total('buffer.misses');
    const share = 10 / (1000 / 20);
    expect(reads).toBeGreaterThan(9000);
    expect(Math.abs(total('buffer.hits') - reads * share)).toBeLessThan(5 * Math.sqrt(reads * share * (1 - share)));
  });

  it('costs the way to the disk where the page is missing, and says so in the row', () => {
    const { reads, total } = run({});
    for (const row of reads) expect(row.leave - row.service).toBe((row.flags & FLAG.disk) !== 0 ? 8000 : 1000);
    expect(reads.filter((row) => (row.flags & FLAG.disk) !== 0).length).toBeGreaterThan(0);
    expect(total('buffer.misses')).toBeGreaterThanOrEqual(reads.filter((row) => (row.flags & FLAG.disk) !== 0).length);
  });

  it('reads every page from disk once when all fit, and again after a crash', () => {
    const fits = { database: { bufferPages: 50 } };
    expect(run(fits).total('buffer.misses')).toBe(50);
    expect(run(fits, [{ at: '10s', do: 'kill', node: 'database', for: '1ms' }]).total('buffer.misses')).toBe(100);
  });

  it('is out of the way without a limit, always in the way at 0, and shrinks when told to', () => {
    const none = run({ database: { bufferPages: 'none' } });
    expect([none.total('buffer.hits'), none.total('buffer.misses')]).toEqual([0, 0]);
    expect(none.reads.every((row) => row.leave - row.service === 1000 && row.flags === 0)).toBe(true);
    const zero = run({ database: { bufferPages: 0 } });
    expect(zero.total('buffer.hits')).toBe(0);
    expect(zero.total('buffer.misses')).toBe(
      zero.total('database.reads') + zero.session.world.database.node.station.busy,
    );
    const shrunk = run({}, [{ at: '10s', do: 'set', path: 'database.bufferPages', value: 3 }]);
    expect(shrunk.session.world.database.buffer.pages).toBe(3);
  });

  it('is another one at every replica', () => {
    const { total } = run({ database: { replicas: 2, bufferPages: 50 } });
    expect(total('buffer.misses')).toBe(100);
  });
});
