import type { LatencySummary } from '../metrics/columns.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { checkDatabase } from './databaseInvariants.ts';
import { type Evidence, Findings, NEVER } from './Evidence.ts';
import { checkInvalidation } from './invalidationInvariants.ts';
import { checkProtections } from './protectionInvariants.ts';
import { checkFamilies, checkFreshness, checkRows } from './rowInvariants.ts';
import { checkStations } from './stationInvariants.ts';
import { checkTiers } from './tierInvariants.ts';
import { checkWrites } from './writeInvariants.ts';

/**
 * Holds a run against everything that must be true of every run, whatever the scenario: nothing is lost, nothing counted
 * twice, rows and counters tell the same story.
 * @returns what is wrong, in words; empty when all is well.
 */
export function checkInvariants(evidence: Evidence): string[] {
  const findings = new Findings(evidence);
  checkRequests(findings);
  checkTiers(findings);
  checkRows(findings);
  checkFamilies(findings);
  checkFreshness(findings);
  checkStations(findings);
  checkDatabase(findings);
  checkWrites(findings);
  checkProtections(findings);
  checkInvalidation(findings);
  checkWindows(findings);
  const reads = findings.roots.filter((row) => row.op === OP['request.read'] && isAnswered(row));
  checkLatency(findings, 'reads', evidence.batch.latency.read, reads);
  const writes = findings.roots.filter((row) => row.op === OP['request.write'] && isAnswered(row));
  checkLatency(findings, 'writes', evidence.batch.latency.write, writes);
  return findings.problems;
}

const isSettled = (row: Row): boolean => row.end < NEVER;
const isAnswered = (row: Row): boolean => isSettled(row) && row.outcome < OUTCOME.timeout;

function checkRequests(findings: Findings): void {
  const { roots, session } = findings;
  const settled = roots.filter(isSettled);
  const outcome = (code: number) => settled.filter((row) => row.outcome === code).length;
  const arrived = findings.total('requests.arrived');
  const ended = ['completed', 'failed', 'rejected', 'timed-out'].map((name) => findings.total(`requests.${name}`));
  findings.same(
    'requests ended and under way',
    ended[0] + ended[1] + ended[2] + ended[3] + session.world.metrics.inFlight,
    arrived,
  );
  findings.same('rows of requests', roots.length, arrived);
  findings.same('numbers of requests', new Set(roots.map((row) => row.request)).size, arrived);
  findings.same('requests answered', ended[0], settled.filter(isAnswered).length);
  findings.same('requests rejected', ended[2], outcome(OUTCOME.rejected));
  findings.same('requests timed out', ended[3], outcome(OUTCOME.timeout));
  const reads = settled.filter((row) => row.op === OP['request.read']);
  const kinds = ['fresh', 'stale', 'lost'].map((name) => findings.total(`reads.${name}`));
  findings.same('fresh, stale and lost reads', kinds[0] + kinds[1] + kinds[2], reads.length);
  findings.same('stale reads', kinds[1], reads.filter((row) => (row.flags & FLAG.stale) !== 0).length);
  findings.same(
    'reads and writes answered',
    findings.total('reads.completed') + findings.total('writes.completed'),
    ended[0],
  );
}

/** Windows are finite and not negative, and add up to the totals where they cover the run. */
function checkWindows(findings: Findings): void {
  const { batch, session } = findings;
  const { windows, totals } = batch;
  const { columns } = session.world.metrics;
  const { windowUs } = session.meta;
  findings.same('windows', windows.count, Math.floor(batch.horizonUs / windowUs));
  const covered = batch.horizonUs % windowUs === 0;
  columns.forEach(({ id, fold }, column) => {
    let sum = 0;
    let max = 0;
    let last = 0;
    for (let row = 0; row < windows.count; row++) {
      last = windows.values[row * columns.length + column];
      findings.holds(last >= 0 && last < NEVER, () => `${id} in window ${row}: ${last}`);
      sum += last;
      max = Math.max(max, last);
    }
    const total = totals[column];
    findings.holds(total >= 0 && total < NEVER, () => `${id}: ${total}`);
    if (fold === 'sum')
      findings.holds(covered ? sum === total : sum <= total, () => `${id}: ${sum} in windows, ${total} in all`);
    else if (fold === 'max') findings.same(`${id} over windows`, total, max);
    else if (fold === 'last') findings.same(`${id} at the end`, total, last);
    else if (windows.count > 0) {
      const mean = sum / windows.count;
      findings.holds(Math.abs(total - mean) <= 1e-9 * (1 + mean), () => `${id}: ${total}, mean of windows ${mean}`);
    }
  });
}

/** Quantiles are nearest ranks of the rows' own latencies, to the three digits that the histogram keeps. */
function checkLatency(findings: Findings, name: string, summary: LatencySummary, rows: Row[]): void {
  const sorted = Float64Array.from(rows, (row) => row.end - row.start).sort();
  const count = sorted.length;
  findings.same(`latencies of ${name}`, summary.count, count);
  if (count === 0) return;
  findings.same(`slowest of ${name}`, summary.max, sorted[count - 1]);
  findings.same(`mean of ${name}`, summary.mean, sorted.reduce((sum, value) => sum + value, 0) / count);
  const ranks = [
    [summary.p50, 50],
    [summary.p90, 90],
    [summary.p95, 95],
    [summary.p99, 99],
  ];
  for (const [found, percent] of ranks) {
    const exact = sorted[Math.max(0, Math.ceil((percent * count) / 100) - 1)];
    const close = found >= Math.min(exact, summary.max) && found <= Math.max(1, exact * 1.001);
    findings.holds(close || exact > 2_147_483_647, () => `p${percent} of ${name}: ${found}, exactly ${exact}`);
  }
}
