import type { LatencySummary } from '../metrics/columns.ts';
import { tiers } from '../metrics/columns.ts';
import { CAUSE, FLAG, missCauses, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { type Evidence, Findings, rowText, tierOps } from './Evidence.ts';
import { checkFamilies, checkFreshness, checkRows } from './rowInvariants.ts';
import { checkDatabase, checkStations } from './stationInvariants.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Holds a run against everything that must be true of every run, whatever the scenario: nothing is lost, nothing counted
 * twice, rows and counters tell the same story.
 * @returns what is wrong, in words; empty when all is well.
 */
export function checkInvariants(evidence: Evidence): string[] {
  const findings = new Findings(evidence);
  checkRequests(findings);
  tiers.forEach((tier, index) => checkTier(findings, tier, index));
  checkRows(findings);
  checkFamilies(findings);
  checkFreshness(findings);
  checkStations(findings);
  checkDatabase(findings);
  checkDatabaseFailures(findings);
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

function checkTier(findings: Findings, tier: string, index: number): void {
  const { world } = findings.session;
  const total = (name: string) => findings.total(`cache.${name}{tier=${tier}}`);
  const gets = findings.of(tierOps[index].get).filter(isSettled);
  findings.same(`look-ups in ${tier}`, total('gets'), gets.length);
  findings.same(`hits in ${tier}`, total('hits'), gets.filter((row) => row.outcome === OUTCOME.hit).length);
  for (let cause = CAUSE.first; cause < missCauses.length; cause++) {
    const counted = findings.total(`cache.misses{tier=${tier},cause=${missCauses[cause]}}`);
    findings.same(`misses in ${tier}, ${missCauses[cause]}`, counted, gets.filter((row) => row.cause === cause).length);
  }
  const contents = index === 0 ? world.servers.map((server) => server.local.contents) : [world.redis.contents];
  const held = contents.reduce((sum, { store }) => sum + store.entries, 0);
  const gone = ['evictions', 'expirations', 'invalidations', 'overwrites', 'flushed'].reduce(
    (sum, name) => sum + total(name),
    0,
  );
  findings.same(`fills of ${tier}`, total('fills'), held + gone);
  const nodes = new Set(findings.session.meta.nodes.flatMap(({ kind }, node) => (kind === tier ? [node] : [])));
  const instants = (op: number) => findings.of(op).filter((row) => nodes.has(row.node)).length;
  findings.same(`evictions of ${tier}`, total('evictions'), instants(OP.evict));
  findings.same(`expirations of ${tier}`, total('expirations'), instants(OP.expire));
  const { capacity, ttl, jitter } = index === 0 ? findings.scenario.local : findings.scenario.cache;
  const path = index === 0 ? 'local.' : 'cache.';
  // A store that never evicts cannot shrink either, and a limit moves under it only by an act.
  if (!findings.wasSet(`${path}capacity`, `${path}memory`, `${path}eviction`)) {
    const bytesLimit = index === 0 ? NEVER : findings.scenario.cache.memory;
    for (const { store } of contents) {
      findings.holds(store.entries <= capacity, () => `${tier} holds ${store.entries} entries of ${capacity}`);
      findings.holds(
        store.bytes <= bytesLimit && store.bytes >= 0,
        () => `${tier} holds ${store.bytes} bytes of ${bytesLimit}`,
      );
    }
  }
  for (const { store } of contents)
    findings.holds(store.entries > 0 || store.bytes === 0, () => `${tier} is empty and holds ${store.bytes} bytes`);
  checkHits(findings, index, findings.wasSet(`${path}ttl`, `${path}jitter`) || jitter > 0 ? undefined : ttl);
}

/** For every hit there was a store of that version at that cache, and its time to live had not ended. */
function checkHits(findings: Findings, tier: number, exactTtlUs: number | undefined): void {
  const sets = new Map<string, { atUs: number; untilUs: number }[]>();
  for (const row of findings.of(tierOps[tier].set)) {
    if (row.service === NEVER || row.leave === NEVER || row.outcome === OUTCOME.rejected) continue;
    const name = `${row.node}/${row.key}/${row.version}`;
    const lifeUs = exactTtlUs ?? (row.detail < 0 ? NEVER : row.detail * 1000 + 500);
    const entry = { atUs: row.leave, untilUs: row.leave + lifeUs };
    const list = sets.get(name);
    if (list === undefined) sets.set(name, [entry]);
    else list.push(entry);
  }
  for (const row of findings.of(tierOps[tier].get)) {
    if (row.outcome !== OUTCOME.hit || row.leave === NEVER) continue;
    const list = sets.get(`${row.node}/${row.key}/${row.version}`) ?? [];
    const alive = list.some(({ atUs, untilUs }) => atUs <= row.leave && row.leave < untilUs);
    findings.holds(alive, () => `a hit on nothing alive: ${rowText(row)}`);
  }
}

function checkDatabaseFailures(findings: Findings): void {
  const calls = [...findings.of(OP['database.read']), ...findings.of(OP['database.write'])].filter(isSettled);
  const late = calls.filter((row) => row.outcome === OUTCOME.timeout || row.outcome === OUTCOME.lost).length;
  findings.same('database calls given up', findings.total('database.timeouts'), late);
  const rejected = calls.filter((row) => row.outcome === OUTCOME.rejected).length;
  findings.same('database calls rejected', findings.total('database.rejected'), rejected);
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
