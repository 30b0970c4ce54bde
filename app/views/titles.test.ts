import { describe, expect, it } from 'vitest';
import { FLAG, OP, operations, OUTCOME, type Row } from '../../src/index.ts';
import { runOfRows, scenarioOf } from './testRun.ts';
import { callOutcomeTitle, instantTitle, operationTitle, outcomeChip } from './titles.ts';

const row = (op: keyof typeof OP, more: Partial<Row> = {}): Row =>
  ({ op: OP[op], outcome: 0, flags: 0, cause: 0, detail: 0, end: 10, node: 8, from: 2, key: 7, ...more }) as Row;

describe('titles', () => {
  it('has words for every operation', () => {
    const titles = operations.map((op) => operationTitle(OP[op]));
    expect(titles.every((title) => title.length > 2)).toBe(true);
    expect(operationTitle(operations.length)).toBe('work');
  });

  it('says of a call how it ended for what it does', () => {
    const { miss, absent, hit, timeout } = OUTCOME;
    expect(callOutcomeTitle(row('cache.lock', { outcome: miss }))).toBe('held by another');
    expect(callOutcomeTitle(row('cache.unlock', { outcome: absent }))).toBe('had lapsed');
    expect(callOutcomeTitle(row('cache.update', { outcome: absent }))).toBe('kept the newer');
    expect(callOutcomeTitle(row('bus.deliver', { outcome: absent }))).toBe('was not there');
    expect(callOutcomeTitle(row('cache.get', { outcome: hit, flags: FLAG.overdue }))).toBe('hit, past its time');
    expect(callOutcomeTitle(row('database.read', { outcome: absent }))).toBe('no such row');
    expect(callOutcomeTitle(row('cache.load', { outcome: timeout }))).toBe('timed out');
  });

  it('does not call an order that found nothing left a written one', () => {
    expect(outcomeChip(row('request.write', { outcome: OUTCOME.absent }))).toEqual({
      meaning: 'miss',
      text: 'nothing left',
    });
    expect(outcomeChip(row('request.write')).text).toBe('written');
  });

  it('tells an answer past its time, and one without its reader’s own write', () => {
    const hit = { outcome: OUTCOME.hit };
    expect(outcomeChip(row('request.read', { ...hit, flags: FLAG.overdue })).text).toBe('hit, past its time');
    expect(outcomeChip(row('request.read', { ...hit, flags: FLAG.ownStale })).meaning).toBe('stale');
  });

  it('tells what happened at one moment', () => {
    const run = runOfRows([], [], scenarioOf({ keyName: 'menu' }));
    const told = (op: keyof typeof OP, more: Partial<Row> = {}) => instantTitle(run, row(op, more));
    expect(told('early')).toBe('menu:7 is loaded early');
    expect(told('shed', { node: 2 })).toBe('App 1 turns it away: it waited too long');
    expect(told('skip')).toBe('menu:7 is not admitted');
    expect(told('breaker', { detail: 2 })).toBe('App 1’s circuit breaker before Redis lets one call try');
    expect(told('lose-writes', { detail: 1 })).toBe('Redis loses 1 acknowledged write');
  });
});
