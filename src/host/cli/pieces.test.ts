import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createColumns } from '../../spans/columns.ts';
import { EngineBroke, EXIT, Interrupted, InvalidInput } from './exit.ts';
import { explainFailure } from './explainFailure.ts';
import { RequestPrints } from './firstDifference.ts';
import type { NamedRow } from './namedRow.ts';
import { formatTable } from './table.ts';
import { drawWaterfall, phasesOf } from './waterfall.ts';

const row = (changes: Partial<NamedRow>): NamedRow => ({
  request: 7,
  id: 1,
  parent: 0,
  op: 'request.read',
  outcome: 'miss',
  cause: 'expired',
  flags: [],
  node: 'app1',
  from: 'clients',
  key: 3,
  version: 1,
  detail: 0,
  startUs: 0,
  sentUs: 0,
  arriveUs: 100,
  serviceUs: 100,
  leaveUs: 900,
  endUs: 1000,
  ...changes,
});

describe('explainFailure', () => {
  it('ends with 2 and the place of every problem for bad input', () => {
    const error = new InvalidInput([
      { file: 'a.yaml', line: 3, column: 9, path: 'cache.ttl', message: 'found "3", expected a time' },
      { file: '--set', path: 'cache.tll', message: 'found no setting', nearest: 'cache.ttl' },
    ]);
    expect(explainFailure(error, [])).toEqual({
      code: EXIT.invalid,
      text: 'a.yaml:3:9 cache.ttl: found "3", expected a time\n--set cache.tll: found no setting (did you mean cache.ttl?)',
    });
  });

  it('ends with 3 and the line that repeats it for a broken engine', () => {
    const { code, text } = explainFailure(new EngineBroke(new Error('time stands still'), 1_500_000), [
      'run',
      'x.yaml',
      '--set',
      "a=it's",
    ]);
    expect(code).toBe(3);
    expect(text).toContain('the engine broke after 1.5 s of virtual time: Error: time stands still');
    expect(text.split('\n').at(-1)).toBe("repeat: npm run --silent hotpath -- run x.yaml --set 'a=it'\\''s'");
    expect(explainFailure(new TypeError('undefined is not'), ['fuzz']).code).toBe(3);
  });

  it('tells a request for help and Ctrl-C from a mistake', () => {
    expect(explainFailure(new CommanderError(0, 'commander.helpDisplayed', ''), [])).toEqual({ code: 0, text: '' });
    expect(explainFailure(new CommanderError(1, 'commander.unknownOption', ''), [])).toEqual({ code: 2, text: '' });
    expect(explainFailure(new Interrupted(), [])).toEqual({ code: 130, text: 'stopped' });
  });
});

describe('the waterfall', () => {
  it('cuts a call into connection, wire, line, service and wire back', () => {
    const call = row({ startUs: 0, sentUs: 10, arriveUs: 30, serviceUs: 60, leaveUs: 100, endUs: 150 });
    expect(phasesOf(call).map(({ fromUs, toUs }) => toUs - fromUs)).toEqual([10, 20, 30, 40, 50]);
  });

  it('lets a refused, a lost and an abandoned call end where they ended', () => {
    const widths = (call: NamedRow) => phasesOf(call).map(({ fromUs, toUs }) => toUs - fromUs);
    expect(widths(row({ serviceUs: null, leaveUs: 100, endUs: 200 }))).toEqual([0, 100, 0, 0, 100]);
    expect(widths(row({ arriveUs: null, serviceUs: null, leaveUs: null, endUs: 500 }))).toEqual([0, 500, 0, 0, 0]);
    expect(widths(row({ arriveUs: 100, serviceUs: 300, leaveUs: 900, endUs: 400 }))).toEqual([0, 100, 200, 600, 0]);
    expect(widths(row({ sentUs: null, arriveUs: null, serviceUs: null, leaveUs: null, endUs: 70 }))).toEqual([
      70, 0, 0, 0, 0,
    ]);
  });

  it('draws every row to one scale under its parent', () => {
    const query = row({
      id: 2,
      parent: 1,
      op: 'database.read',
      node: 'database',
      sentUs: 300,
      startUs: 200,
      arriveUs: 400,
      serviceUs: 500,
      leaveUs: 700,
      endUs: 800,
    });
    const lines = drawWaterfall([query, row({})], 10).split('\n');
    expect(lines[0]).toBe('request 7, key 3');
    expect(lines[2]).toMatch(/^request\.read +app1 +─████████─ +100 µs +800 µs +100 µs +miss \(expired\)$/);
    expect(lines[3]).toMatch(/^ {2}database\.read +database +·─░██─ +100 µs +100 µs +100 µs +200 µs +100 µs/);
  });

  it('marks where the caller gave up, instants, and work too short to see', () => {
    expect(drawWaterfall([row({ leaveUs: 1000, endUs: 500 })], 10)).toContain('─████×████');
    const instant = row({
      id: 2,
      startUs: 500,
      sentUs: 500,
      arriveUs: 500,
      serviceUs: 500,
      leaveUs: 500,
      endUs: 500,
      op: 'evict',
    });
    expect(drawWaterfall([row({}), instant], 10).split('\n')[3]).toContain('◆');
    const quick = row({ id: 2, startUs: 0, sentUs: 0, arriveUs: 490, serviceUs: 490, leaveUs: 491, endUs: 1000 });
    expect(drawWaterfall([row({}), quick], 10).split('\n')[3]).toContain('────█─────');
  });
});

describe('RequestPrints', () => {
  const rowsOf = (requests: readonly number[], endOf: (request: number) => number, firstId = 1) => {
    const table = createColumns(requests.length);
    for (const request of requests) {
      const index = table.length++;
      table.request[index] = request;
      table.id[index] = firstId + index;
      table.end[index] = endOf(request);
    }
    return table;
  };
  const printsOf = (...tables: ReturnType<typeof rowsOf>[]) => {
    const prints = new RequestPrints();
    for (const table of tables) prints.add(table);
    return prints;
  };

  it('finds the first request that lived otherwise, whatever the order and the numbers of the rows', () => {
    const a = printsOf(
      rowsOf([1, 2, 3], () => 10),
      rowsOf([4], () => 10),
    );
    expect(a.firstDifference(printsOf(rowsOf([2, 1, 4, 3], () => 10, 50)))).toBe(0);
    expect(a.firstDifference(printsOf(rowsOf([1, 2, 3, 4], (request) => (request === 3 ? 11 : 10))))).toBe(3);
    expect(a.firstDifference(printsOf(rowsOf([1, 2, 3, 4, 5], () => 10)))).toBe(5);
    expect(a.firstDifference(printsOf(rowsOf([0, 1, 2, 3, 4], () => 10)))).toBe(0);
  });
});

describe('formatTable', () => {
  it('aligns without lines, colour or trailing spaces when nobody watches', () => {
    expect(
      formatTable(
        ['a', 'bb'],
        [
          ['long', '1'],
          ['x', '22'],
        ],
        ['l', 'r'],
      ),
    ).toBe('a     bb\nlong   1\nx     22');
  });
});
