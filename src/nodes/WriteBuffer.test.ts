import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BufferedWrite, WriteBuffer } from './WriteBuffer.ts';

const add = (buffer: WriteBuffer, key: number, version: number, nowUs = 0, logged = false) =>
  buffer.add(key, version, 0, nowUs, logged);
const versions = (batch: BufferedWrite[]) => batch.map(({ key, version }) => [key, version]);
const neverStored = () => 0;

describe('the buffer of write-behind', () => {
  it('keeps one entry a key, the newest, where the oldest stood', () => {
    const buffer = new WriteBuffer();
    expect([add(buffer, 7, 2, 10), add(buffer, 5, 2, 20), add(buffer, 7, 3, 30)]).toEqual([false, false, true]);
    expect([buffer.keys, buffer.sinceUs, buffer.version(7), buffer.version(9)]).toEqual([2, 10, 3, -1]);
    expect(versions(buffer.take(1))).toEqual([[7, 3]]);
    expect([buffer.keys, buffer.sinceUs, buffer.version(7)]).toEqual([1, 20, 3]);
  });

  it('puts a batch that failed before all others, and lets what was written meanwhile win', () => {
    const buffer = new WriteBuffer();
    add(buffer, 1, 2, 10);
    add(buffer, 2, 2, 20);
    const batch = buffer.take(10);
    add(buffer, 3, 2, 30);
    add(buffer, 2, 3, 40);
    expect(buffer.dirtyKeys).toBe(3);
    expect(buffer.putBack(batch)).toBe(1);
    const again = buffer.take(10);
    expect(versions(again)).toEqual([
      [1, 2],
      [2, 3],
      [3, 2],
    ]);
    expect(again[1]).toMatchObject({ writes: 2, sinceUs: 20 });
    buffer.confirm(again);
    expect([buffer.stored, buffer.waitingWrites, buffer.isEmpty]).toEqual([4, 0, true]);
  });

  it('loses at a crash what is in no log and not in the database', () => {
    const buffer = new WriteBuffer();
    for (const key of [1, 2]) add(buffer, key, 2);
    add(buffer, 3, 2, 0, true);
    expect(buffer.crash((key) => (key === 1 ? 2 : 1))).toEqual({ lost: 1, adrift: 0 });
    expect([buffer.stored, buffer.lost, versions(buffer.take(10))]).toEqual([1, 1, [[3, 2]]]);
  });

  it('does not know at a crash what becomes of the batch under way', () => {
    const buffer = new WriteBuffer();
    add(buffer, 1, 2);
    add(buffer, 1, 3);
    buffer.take(1);
    expect(buffer.crash(neverStored)).toEqual({ lost: 0, adrift: 2 });
    expect(buffer.waitingWrites).toBe(2);
    buffer.settle(2, false);
    expect([buffer.lost, buffer.waitingWrites, buffer.isEmpty]).toEqual([2, 0, true]);
  });

  it('accounts for every acknowledged write, whatever happens', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), key: fc.nat(4), logged: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const), count: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('confirm' as const, 'fail' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'forgetLog' as const) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const buffer = new WriteBuffer();
        let batch: BufferedWrite[] = [];
        let added = 0;
        for (const each of steps) {
          if (each.do === 'add') add(buffer, each.key, ++added, added, each.logged);
          else if (each.do === 'take' && batch.length === 0) batch = buffer.take(each.count);
          else if (each.do === 'confirm') buffer.confirm(batch);
          else if (each.do === 'fail') buffer.putBack(batch);
          else if (each.do === 'crash') buffer.settle(buffer.crash(neverStored).adrift, false);
          else if (each.do === 'forgetLog') buffer.forgetLog();
          if (each.do === 'confirm' || each.do === 'fail' || each.do === 'crash') batch = [];
          expect(buffer.stored + buffer.waitingWrites + buffer.lost).toBe(added);
          expect(buffer.dirtyKeys).toBeLessThanOrEqual(5);
        }
        expect(buffer.accepted).toBe(added);
      }),
    );
  });
});
