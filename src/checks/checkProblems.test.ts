import { describe, expect, it } from 'vitest';
import { readScenario } from '../scenario/readScenario.ts';
import type { MetricUnit } from '../metrics/catalogue.ts';
import type { CheckScope } from './CheckScope.ts';
import { checkProblems } from './checkProblems.ts';
import { parseCheck } from './parseCheck.ts';
import { vocabularyOf } from './vocabulary.ts';

const read = readScenario({
  scenario: 1,
  id: 'x',
  title: 'X',
  keyName: 'menu',
  traffic: { readers: {} },
  app: { servers: 2 },
});
if ('problems' in read) throw new Error('refused');
const unit = (of: MetricUnit) => ({ unit: of });
const scope: CheckScope = {
  runs: new Map([
    ['plain', vocabularyOf(read.scenario)],
    ['cached', vocabularyOf({ ...read.scenario, clock: '11:00:00' })],
  ]),
  values: new Map([
    ['expected', unit('per second')],
    ['wait', unit('us')],
    ['size', unit('bytes')],
  ]),
  moments: new Map([['expire', 0]]),
};

function problemsOf(text: string) {
  const parsed = parseCheck(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  return checkProblems(parsed.check, scope);
}

describe('names that do not exist', () => {
  it.each([
    ['database.qsp < 3', 'unknown metric database.qsp, did you mean database.qps?', 'database.qps', 'database.qsp'],
    [
      '1 < max(databse.qps)',
      'unknown metric databse.qps, did you mean database.qps?',
      'database.qps',
      'max(databse.qps)',
    ],
    [
      'database.qsp.peak < 3',
      'unknown metric database.qsp.peak, did you mean database.qps.peak?',
      'database.qps.peak',
      'database.qsp.peak',
    ],
    ['row{op=evict} == 0', 'unknown metric row, did you mean rows?', 'rows', 'row{op=evict}'],
    [
      'rows{op=databse.read} == 0',
      'unknown op databse.read, did you mean database.read?',
      'database.read',
      'op=databse.read',
    ],
    ['rows{opp=evict} == 0', 'unknown label opp, did you mean op?', 'op', 'opp=evict'],
    ['rows{outcome=mis} == 0', 'unknown outcome mis, did you mean miss?', 'miss', 'outcome=mis'],
    ['rows{cause=expird} == 0', 'unknown cause expird, did you mean expired?', 'expired', 'cause=expird'],
    ['rows{flag=stael} == 0', 'unknown flag stael, did you mean stale?', 'stale', 'flag=stael'],
    ['rows{node=ap1} == 0', 'unknown node ap1, did you mean app1?', 'app1', 'node=ap1'],
    ['rows{from=app3} == 0', 'unknown from app3, did you mean app1?', 'app1', 'from=app3'],
    ['rows{key=meun:3} == 0', 'unknown key meun:3, did you mean menu?', 'menu', 'key=meun:3'],
    ['hit.ratio{teir=redis} > 0', 'unknown label teir, did you mean tier?', 'tier', 'teir=redis'],
    ['hit.ratio{tier=reddis} > 0', 'unknown tier reddis, did you mean redis?', 'redis', 'tier=reddis'],
    ['errors of cachd == 0', 'unknown run cachd, did you mean cached?', 'cached', 'errors of cachd'],
    ['database.qps < $expectd', 'unknown value expectd, did you mean expected?', 'expected', '$expectd'],
    ['errors == 0 over expired..', 'unknown moment expired, did you mean expire?', 'expire', 'expired..'],
  ])('%s', (text, message, nearest, place) => {
    const [problem, ...rest] = problemsOf(text);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ message, nearest });
    expect(text.slice(problem.offset, problem.offset + problem.length)).toBe(place);
  });

  it('are told all at once, from left to right', () => {
    expect(problemsOf('errosr of plian + $x < rows{op=nothing-like-it}').map(({ offset }) => offset)).toEqual([
      0, 18, 28,
    ]);
  });

  it.each([
    ['rows{key=first} == 0', 'expected a whole number'],
    ['rows{version=1.5} == 0', 'expected a whole number'],
    ['errors{tier=redis} == 0', 'errors has no labels'],
    ['cache.misses{tier=redis,cause=none} == 0', 'unknown cause none'],
    ['errors == 0 over 11:00:00..', 'no clock'],
    ['errors == 0 over 2s..1s', 'ends before it begins'],
    ['rows{op=constructor} == 0', 'unknown op constructor'],
    ['rows{__proto__=evict} == 0', 'unknown label __proto__'],
    ['constructor == 0', 'unknown metric constructor'],
    ['errors.constructor == 0', 'unknown metric errors.constructor'],
  ])('%s: %s', (text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });
});

describe('figures that a metric does not have', () => {
  it.each([
    ['read.latency < 5ms', 'say which figure, like p99(read.latency)'],
    ['took{op=evict} < 5ms', 'say which figure, like p99(took)'],
    ['age < 5ms', 'say which figure, like p99(age)'],
    ['sum(hit.ratio) < 5', 'sum is no figure of hit.ratio; use avg, max'],
    ['rate(hit.ratio) < 5/s', 'rate is no figure of hit.ratio'],
    ['count(node.busy{node=redis}) < 5', 'count is no figure of node.busy'],
    ['sum(stale.age) < 5s', 'sum is no figure of stale.age'],
    ['min(peak.rows) < 5', 'min is no figure of peak.rows'],
    ['max(database.qps.peak) < 5', 'max and .peak are two figures; write max(database.qps)'],
    ['node.queue.max < 5', 'stands for several'],
  ])('%s: %s', (text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });
});

describe('units', () => {
  it.each([
    [
      'avg(read.latency) < 50',
      'this compares a time against a plain number: write 50 with ms, s or another unit of time',
      '50',
    ],
    ['50 > avg(read.latency)', 'write 50 with ms, s', '50'],
    [
      'max(cache.bytes{tier=redis}) < 1000',
      'this compares a size against a plain number: write 1000 with kb, mb',
      '1000',
    ],
    ['avg(read.latency) < 0', 'write 0 with ms', '0'],
    ['avg(read.latency) < errors', 'this compares a time against a count', 'errors'],
    ['errors < 5ms', 'a count against a time', '5ms'],
    ['errors < 5%', 'a count against a share', '5%'],
    ['hit.ratio > 5/s', 'a share against a rate', '5/s'],
    ['database.qps < database.reads', 'a rate against a count', 'database.reads'],
    ['$wait < $size', 'a time against a size', '$size'],
    ['$wait < errors / errors', 'a time against a plain number, which needs ms', 'errors / errors'],
    ['avg(read.latency) between 1ms and 5', 'write 5 with ms', '5'],
    ['avg(read.latency) == 5ms +- 2', 'this gives a tolerance of a plain number against a time: write 2 with ms', '2'],
    ['errors == 5 +- 1ms', 'a tolerance of a time against a count', '5'],
    ['errors == 5 +- 1ms of it', 'of it needs a share', '1ms'],
    ['errors + 5ms < 3', 'this adds a count against a time', '5ms'],
    ['$wait - 5 < 3ms', 'write 5 with ms', '5'],
    ['$wait * $wait < 3ms', 'a time multiplied by a time is no unit', '$wait * $wait'],
    ['$size / $wait < 3', 'a size divided by a time is no unit', '$size / $wait'],
    ['5 < 6 for 3s', 'need something measured', '5'],
    ['errors < 6 for 0s', 'expected some time', '0s'],
  ])('%s: %s', (text, message, place) => {
    const [problem, ...rest] = problemsOf(text);
    expect(rest).toEqual([]);
    expect(problem.message).toContain(message);
    expect(text.slice(problem.offset, problem.offset + problem.length)).toBe(place);
  });

  it.each([
    'database.qps < 300',
    'database.qps < 300/s',
    'database.qps < $expected * 2',
    'hit.ratio > 0.9',
    'hit.ratio > 90%',
    'errors < 1% * requests.completed',
    'errors / requests.completed < 1%',
    'database.reads / 10s < 100/s',
    'database.qps * 10s < requests.completed',
    'avg(read.latency) * 3 < 2 * $wait',
    'node.queue{node=database} / node.rate{node=database} < 5ms',
    'cache.bytes{tier=redis} / cache.entries{tier=redis} < 2kb',
    'cache.entries{tier=redis} < requests.completed',
    'avg(read.latency) == $wait +- 5%',
    'avg(read.latency) == $wait +- 0.05 of it',
    'first(rows{op=fault}) > 5s',
    'errors of cached == 0 over 11:00:00..',
    'errors == 0 over expire+1s..expire+2s within 5s',
  ])('%s is fine', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('what is counted in two ways', () => {
  it('does not add up: by server and by writer are the same answers', () => {
    expect(problemsOf('stale.reads == 0')[0].message).toContain('stands for several');
    expect(problemsOf('stale.reads{node=app1|app2} == 0')).toEqual([]);
    expect(problemsOf('reads.stale == 0')).toEqual([]);
  });
});
