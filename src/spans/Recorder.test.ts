import { describe, expect, it } from 'vitest';
import { rowAt } from './columns.ts';
import { type OpenRow, Recorder } from './Recorder.ts';

function row(key: number): OpenRow {
  return {
    request: 1,
    id: 0,
    parent: 0,
    key,
    version: -1,
    detail: 0,
    op: 0,
    outcome: 0,
    cause: 0,
    flags: 0,
    node: 0,
    from: 0,
    startUs: key,
    sentUs: key,
    arriveUs: key,
    serviceUs: key,
    leaveUs: key,
    endUs: key,
    openIndex: 0,
  };
}

describe('Recorder', () => {
  it('numbers rows in order of opening and gives them in order of closing', () => {
    const recorder = new Recorder<OpenRow>();
    const rows = [0, 1, 2, 3, 4].map(row);
    for (const each of rows) recorder.begin(each);
    for (const index of [2, 0, 4]) recorder.close(rows[index]);
    const closed = recorder.takeClosed();
    expect([...closed.key]).toEqual([2, 0, 4]);
    expect([...closed.id]).toEqual([3, 1, 5]);
    expect(closed.key.length).toBe(3);
    expect(recorder.open.map(({ key }) => key).sort((a, b) => a - b)).toEqual([1, 3]);
    recorder.open.forEach((each, index) => expect(each.openIndex).toBe(index));
  });

  it('gives each closed row once and the open ones as often as asked', () => {
    const recorder = new Recorder<OpenRow>();
    const rows = [0, 1, 2].map(row);
    for (const each of rows) recorder.begin(each);
    recorder.close(rows[1]);
    expect([recorder.takeClosed().length, recorder.takeClosed().length]).toEqual([1, 0]);
    expect([recorder.copyOpen().length, recorder.copyOpen().length]).toEqual([2, 2]);
    recorder.close(rows[2]);
    const open = recorder.copyOpen();
    expect([open.length, rowAt(open, 0).key, recorder.takeClosed().length]).toEqual([1, 0, 1]);
  });

  it('lets go of the rows that it has handed over: later ones do not change them', () => {
    const recorder = new Recorder<OpenRow>();
    recorder.record(row(1));
    const first = recorder.takeClosed();
    for (let key = 100; key < 3000; key++) recorder.record(row(key));
    expect([first.key[0], recorder.takeClosed().length]).toEqual([1, 2900]);
  });

  it('hashes the same rows to the same digest however often it is asked and taken from', () => {
    const hurried = new Recorder<OpenRow>();
    const calm = new Recorder<OpenRow>();
    for (let key = 0; key < 500; key++) {
      for (const recorder of [hurried, calm]) recorder.record({ ...row(key), id: recorder.nextId() });
      if (key % 3 === 0) hurried.digest();
      if (key % 7 === 0) hurried.takeClosed();
    }
    expect(hurried.digest()).toBe(calm.digest());
  });
});
