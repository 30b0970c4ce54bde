import { describe, expect, it } from 'vitest';
import { readScenario } from '../scenario/readScenario.ts';
import { OP } from '../spans/codes.ts';
import { evaluateCheck } from './evaluateCheck.ts';
import { explainCheck } from './explain.ts';
import { handMadeRun } from './handMadeRun.ts';
import { parseCheck } from './parseCheck.ts';

const read = readScenario({ scenario: 1, id: 'x', title: 'X', clock: '11:00:00', traffic: { readers: {} } });
if ('problems' in read) throw new Error('refused');
const { scenario } = read;
const windows: Record<string, number>[] = [
  { 'database.reads': 120 },
  { 'database.reads': 948, 'cache.hits{tier=redis}': 8996, 'cache.gets{tier=redis}': 10000 },
];
const row = { op: OP['database.read'], start: 1_250_000, end: 1_262_500 };
const reader = handMadeRun(scenario, { windows, rows: [row] });
const clockless = handMadeRun({ ...scenario, clock: undefined }, { windows, rows: [row] });

/** Spaces that do not break are a matter of print. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

function checkOf(text: string) {
  const parsed = parseCheck(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.check;
}

describe('a result in words', () => {
  it.each([
    ['max(database.qps) < 300', 'database queries peaked at 948 a second at 11:00:01; expected under 300'],
    ['max(database.qps) < 300/s', 'database queries peaked at 948 a second at 11:00:01; expected under 300 a second'],
    ['min(database.qps) >= 100', 'database queries came down to 120 a second at 11:00:00; expected at least 100'],
    ['database.reads between 1 and 2', 'database reads came to 1 068; expected between 1 and 2'],
    [
      'database.reads == 1068 over 1s..2s',
      'database reads came to 948 from 11:00:01 to 11:00:02; expected exactly 1 068',
    ],
    // Rounded to three digits both would be 90 %.
    ['hit.ratio >= 90%', 'the hit ratio averaged 89.96 %; expected at least 90 %'],
    ['hit.ratio == 90% +- 2%', 'the hit ratio averaged 89.96 %; expected 90 % ± 2 %'],
    [
      'p99(took{op=database.read,key=0}) <= 20ms',
      'p99 of the time taken by database.read rows (key 0) came to 12.5 ms; expected at most 20 ms',
    ],
    ['first(rows{op=database.read}) > 5s', 'the first of database.read rows came at 11:00:01.250; expected above 5 s'],
    [
      'peak.rows{op=database.read} != 2',
      'database.read rows under way at once peaked at 1 at 11:00:01.250; expected anything but 2',
    ],
    ['database.reads / 2 < 10', 'database.reads / 2 came to 534; expected under 10'],
    ['database.reads < 2 * errors', 'database reads came to 1 068; expected under 0'],
    [
      'database.qps > 900/s within 2s',
      'database queries averaged 948 a second, for the first time; expected above 900 a second within 2 s',
    ],
    [
      'database.qps > 900/s for 2s',
      'database queries averaged 534 a second, and it held for 1 s at most; expected above 900 a second for 2 s in a row',
    ],
  ])('%s: %s', (text, message) => {
    const result = evaluateCheck(checkOf(text), { runs: new Map([['only', reader]]) });
    expect(plain(result.message)).toBe(message);
    expect(plain(result.message).endsWith(`expected ${plain(result.expected)}`)).toBe(true);
  });

  it('tells time from the start without a clock, and names the run where there are several', () => {
    const result = evaluateCheck(checkOf('max(database.qps) < 300'), {
      runs: new Map([
        ['plain', clockless],
        ['cached', reader],
      ]),
    });
    expect(plain(result.message)).toBe('database queries in plain peaked at 948 a second at 1 s; expected under 300');
  });
});

describe('a check in words', () => {
  it.each([
    ['max(database.qps) < 300 over 10s..20s', 'The peak of database queries must be under 300 over 10s..20s.'],
    ['database.qps.peak of cached < 2 * $x', 'The peak of database queries in cached must be under 2 * $x.'],
    ['reads.stale == 0', 'Stale reads must be exactly 0.'],
    [
      'p99(read.latency) == 150ms +- 5% for 5s within 1m',
      'P99 of read latency must be 150 ms ± 5 % for 5 s in a row within 60 s.',
    ],
    ['hit.ratio{tier=redis} == 90% +- 5% of it', 'The hit ratio (tier redis) must be 90 % ± 5 % of it.'],
    ['something.unheard-of > 1', 'Something.unheard-of must be above 1.'],
  ])('%s: %s', (text, sentence) => {
    expect(plain(explainCheck(checkOf(text)))).toBe(sentence);
  });
});
