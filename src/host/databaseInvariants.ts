import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { type Findings, isServed, NEVER, rowText } from './Evidence.ts';

/** The database, its replicas and its memory against the rows; and look-ups that missed against the reads that they cause. */
export function checkDatabase(findings: Findings): void {
  checkCalls(findings);
  checkLoads(findings);
  checkReplicas(findings);
  checkBuffer(findings);
}

function checkCalls(findings: Findings): void {
  const reads = findings.of(OP['database.read']);
  const calls = [...reads, ...findings.of(OP['database.write']), ...findings.of(OP['database.batch'])];
  const ended = calls.filter((row) => row.end < NEVER);
  const late = ended.filter((row) => row.outcome === OUTCOME.timeout || row.outcome === OUTCOME.lost).length;
  findings.same('database calls given up', findings.total('database.timeouts'), late);
  const rejected = ended.filter((row) => row.outcome === OUTCOME.rejected).length;
  findings.same('database calls rejected', findings.total('database.rejected'), rejected);
  for (const row of reads) findings.holds(row.key >= 0, () => `no key: ${rowText(row)}`);
  if (findings.wasKilled('database') || findings.wasKilled('replica')) return;
  findings.same('reads that the database finished', findings.total('database.reads'), reads.filter(isServed).length);
}

/** Off, these leave every miss of the last tier to its own query; others are in the balance below. */
const loadChanging: readonly [string, unknown][] = [
  ['protect.lock', false],
  ['protect.early', 0],
  ['protect.stale', 0],
  ['protect.breaker', 'off'],
  ['invalidation.pin', 0],
  ['invalidation.onWrite', 'delete'],
  ['traffic.*.reader', 'pattern'],
  ['traffic.*.pageKeys', 1],
  ['cache.guarded', true],
];

/** Every miss of the last tier is one query, but for those who waited or were refused; and queries asked twice are two. */
function checkLoads(findings: Findings): void {
  const { scenario } = findings;
  if (findings.wasKilled('app') || findings.wasSet('pattern', 'local.enabled') || findings.did('warm')) return;
  // Of onWrite only versioned keys take two look-ups for one answer.
  const touched = loadChanging.some(([path, off]) =>
    path === 'invalidation.onWrite' ? findings.might(path, 'versioned-keys') : findings.ever(path, off as never),
  );
  if (touched) return;
  const { read } = scenario.pattern;
  const last =
    read === 'cache-aside' ? OP['cache.get'] : read === 'none' && scenario.local.enabled ? OP['local.get'] : -1;
  if (last < 0) return;
  const misses = findings.of(last).filter((row) => row.end < NEVER && row.cause > 0).length;
  const reads = findings.of(OP['database.read']).length;
  const [waited, refused] = [findings.total('loads.waited'), findings.total('loads.refused')];
  const again = findings.total('database.retries') + findings.total('database.hedges');
  findings.same('database reads for misses that left the last tier', reads, misses - waited - refused + again);
}

/** What a replica shows was at the primary, never goes back, and is as old as the lag says, to the microsecond. */
function checkReplicas(findings: Findings): void {
  const { meta } = findings.session;
  const replicas = new Set(meta.nodes.flatMap(({ kind }, node) => (kind === 'replica' ? [node] : [])));
  const isThere = (row: Row) => replicas.has(row.node);
  for (const row of findings.rows)
    findings.holds(
      !isThere(row) || row.op === OP['database.read'] || row.op === OP.fault,
      () => `a replica did ${rowText(row)}`,
    );
  const reads = findings.of(OP['database.read']).filter((row) => isThere(row) && row.service < NEVER);
  if (!findings.wasKilled('replica'))
    findings.same('reads that replicas finished', findings.total('replica.reads'), reads.filter(isServed).length);
  if (findings.might('pattern.write', 'write-behind')) return;
  const commits = commitsOf(findings);
  const exact = !findings.moved('database.replicaLag');
  const lagUs = findings.scenario.database.replicaLag;
  const shown = new Map<string, Row>();
  for (const row of reads.filter(isServed).sort((a, b) => a.service - b.service || a.id - b.id)) {
    const times = commits.get(row.key) ?? [];
    const base = baseVersion(findings, row.key);
    const upTo = (us: number) => base + times.filter((time) => time <= us).length;
    findings.holds(row.version <= upTo(row.service), () => `ahead of the primary: ${rowText(row)}`);
    if (exact) {
      const least = base + times.filter((time) => time < row.service - lagUs).length;
      findings.holds(
        row.version >= least && row.version <= upTo(row.service - lagUs),
        () => `not at its lag: ${rowText(row)}`,
      );
    }
    const name = `${row.node}/${row.key}`;
    const before = shown.get(name);
    const back = before !== undefined && before.service < row.service && before.version > row.version;
    findings.holds(!back, () => `a replica went back: ${rowText(row)}`);
    shown.set(name, row);
  }
}

/** When each version of a key was committed, µs, by the writes' rows in order of time. */
export function commitsOf(findings: Findings): Map<number, number[]> {
  const commits = new Map<number, number[]>();
  for (const row of findings.of(OP['database.write'])) {
    if (!isServed(row) || row.version < 0) continue;
    const times = commits.get(row.key);
    if (times === undefined) commits.set(row.key, [row.leave]);
    else times.push(row.leave);
  }
  for (const times of commits.values()) times.sort((a, b) => a - b);
  return commits;
}

/** The version of a key that nobody has written. */
export function baseVersion({ scenario }: Findings, key: number): number {
  return Object.values(scenario.traffic).some(({ count }) => key < count) ? 1 : 0;
}

/** Every query that has begun has looked for its page, and those that went to the disk say so. */
function checkBuffer(findings: Findings): void {
  const [hits, misses] = [findings.total('buffer.hits'), findings.total('buffer.misses')];
  const begun = findings.of(OP['database.read']).filter((row) => row.service < NEVER);
  const fromDisk = begun.filter((row) => (row.flags & FLAG.disk) !== 0).length;
  const many = begun.some((row) => row.detail > 1);
  if (!many) findings.same('queries that read from disk', misses, fromDisk);
  findings.holds(misses >= fromDisk, () => `${misses} pages from disk, ${fromDisk} queries that read from it`);
  if (findings.moved('database.bufferPages')) return;
  const { bufferPages, disk, shape } = findings.scenario.database;
  const rows = begun.reduce((sum, row) => sum + Math.max(1, row.detail), 0);
  findings.same('queries that looked for their page', hits + misses, bufferPages === NEVER ? 0 : rows);
  if (shape !== 'constant' || findings.did('slow') || findings.wasSet('database')) return;
  if (findings.wasKilled('database') || findings.wasKilled('replica')) return;
  for (const row of begun.filter((query) => isServed(query) && query.detail <= 1)) {
    const expected = findings.scenario.database.read + ((row.flags & FLAG.disk) === 0 ? 0 : disk);
    findings.holds(
      row.leave - row.service === expected,
      () => `a query took ${row.leave - row.service}: ${rowText(row)}`,
    );
  }
}
