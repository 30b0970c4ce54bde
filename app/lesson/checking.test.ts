import { describe, expect, it } from 'vitest';
import { scenarioOf, simulatedRun } from '../views/testRun.ts';
import { judge } from './checking.ts';

const scenario = scenarioOf({
  window: '100ms',
  duration: '8s',
  traffic: { readers: { rate: '120/s', count: 40, writes: '10%' } },
  cache: { ttl: '1s' },
  database: { read: '40ms', slots: 6 },
});
const runs = Promise.all([simulatedRun(scenario, [], 6e6), simulatedRun(scenario, [], 3e6)]);

describe('a run that is known further than it has been played', () => {
  it.each([
    'count(rows{op=database.read})',
    'count(rows{op=cache.get,outcome=miss})',
    'max(peak.rows{op=database.read})',
    'p99(read.latency)',
    'avg(took{op=database.read})',
    'cache.hits{tier=redis}',
    'hit.ratio{tier=redis}',
    'max(database.qps)',
    'p99(read.latency) over 1s..2s',
    'database.reads over 500ms..2500ms',
    'stale.share',
  ])('gives the same %s as one that stops there', async (text) => {
    const [further, here] = await runs;
    const found = judge.figure(text, further, 3e6);
    expect(found).toEqual(judge.figure(text, here, 3e6));
    expect(found).toHaveProperty('value');
  });

  it.each(['count(rows{op=cache.get})', 'cache.hits{tier=redis}', 'avg(read.latency)'])(
    'gives another %s later on',
    async (text) => {
      const [further] = await runs;
      expect(judge.figure(text, further, 6e6)).not.toEqual(judge.figure(text, further, 3e6));
    },
  );

  it('has nothing of a range that is not over', async () => {
    const [further] = await runs;
    const text = 'max(database.qps) < 100000 over 0s..4s';
    expect(judge.checkAll([text], further, 3.9e6)[0].status).toBe('nodata');
    expect(judge.checkAll([text], further, 4e6)[0].status).toBe('pass');
  });
});

describe('checks', () => {
  it('let settings stand for their values, and tell a wrong name', async () => {
    const [run] = await runs;
    const texts = ['max(read.latency) > database.read', 'max(database.qsp) < 3', 'errors ==', 'errors == 0'];
    expect(judge.checkAll(texts, run, 3e6).map(({ status }) => status)).toEqual(['pass', 'error', 'error', 'pass']);
    expect(judge.checkAll(texts, run, 3e6)[1].message).toContain('did you mean database.qps?');
    expect(judge.checkAll(['errors == 0'], run, 0)[0].status).toBe('nodata');
  });
});

describe('a setting in a check', () => {
  it('is what is in force at that moment', async () => {
    const turned = await simulatedRun(scenario, [{ at: 2e6, do: 'set', path: 'cache.ttl', value: 5e6 }], 3e6);
    const status = (atUs: number) => judge.checkAll(['cache.ttl > 2s'], turned, atUs)[0].status;
    expect([status(1.9e6), status(2.1e6)]).toEqual(['fail', 'pass']);
    expect(judge.figure('cache.ttl', turned, 2.1e6)).toMatchObject({ value: 1e6 });
  });
});

describe('closed forms', () => {
  it('take their arguments from the scenario, and need no run', async () => {
    const [run] = await runs;
    const given = { readsPerS: 'traffic.readers.rate', rebuildS: 'database.read + 10ms' };
    // One query, and all that come in 50 ms: 1 + 120 · 0.05.
    expect(judge.form('stampedeFetches', given, run, 0)).toMatchObject({ value: 7 });
  });

  it('say what is wrong', async () => {
    const [run] = await runs;
    expect(judge.form('nothing', {}, run, 0)).toMatchObject({ problem: 'there is no closed form nothing' });
    expect(judge.form('stampedeFetches', { readsPerS: '3/s' }, run, 0)).toMatchObject({
      problem: 'stampedeFetches needs rebuildS',
    });
    const wrongUnit = judge.form('stampedeFetches', { readsPerS: '3s', rebuildS: '1s' }, run, 0);
    expect(wrongUnit).toHaveProperty('problem', expect.stringContaining('readsPerS'));
  });
});
