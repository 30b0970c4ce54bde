import { OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { baseVersion } from './databaseInvariants.ts';
import { type Findings, isServed, NEVER, rowText } from './Evidence.ts';
import { mostAtOnce } from './stationInvariants.ts';

/** What was promised, what the database holds, and what was sold. */
export function checkWrites(findings: Findings): void {
  checkVersions(findings);
  checkBuffer(findings);
  checkOrders(findings);
}

/** Keys that anybody may have written. */
function keysOf(findings: Findings): number[] {
  const written = findings.rows.filter((row) => row.key >= 0 && row.version > 0).map((row) => row.key);
  return [...new Set(written)].sort((a, b) => a - b);
}

/** Writes that were promised to their authors: by the database, or by a write-behind cache. */
function promisesOf(findings: Findings): Row[] {
  return [...findings.of(OP['database.write']), ...findings.of(OP['cache.write'])].filter(isPromise);
}

const isPromise = (row: Row): boolean => isServed(row) && row.version > 0;

/** Versions of a key follow each other without a gap, one for every promise; the database holds them, or will, or they are lost. */
function checkVersions(findings: Findings): void {
  const { truth } = findings.session.world;
  const behind = findings.might('pattern.write', 'write-behind');
  const promises = promisesOf(findings);
  let promised = 0;
  for (const key of keysOf(findings)) {
    promised += truth.version(key) - baseVersion(findings, key);
    const ahead = truth.version(key) - truth.storedVersion(key);
    findings.holds(behind ? ahead >= 0 : ahead === 0, () => `key ${key} is promised ${ahead} versions ahead`);
  }
  findings.same('versions that were promised', promised, promises.length);
  const statements = findings.total('writes.accepted') - findings.total('writes.batches');
  findings.same('writes that the database finished', findings.total('database.writes'), promised - statements);
  const last = new Map<number, number>();
  for (const row of promises.sort((a, b) => a.leave - b.leave || a.version - b.version)) {
    const before = last.get(row.key) ?? baseVersion(findings, row.key);
    findings.holds(row.version === before + 1, () => `version ${row.version} after ${before}: ${rowText(row)}`);
    last.set(row.key, row.version);
  }
}

/** Write-behind: every write that was acknowledged is stored, waits, or is lost; every batch has a row. */
function checkBuffer(findings: Findings): void {
  const buffer = findings.session.world.redis.services?.writes.buffer;
  if (buffer === undefined) throw new Error('a session with everything has a buffer');
  const total = (name: string) => findings.total(`writes.${name}`);
  findings.same('writes acknowledged', total('accepted'), findings.of(OP['cache.write']).filter(isPromise).length);
  findings.same('writes acknowledged and buffered', total('accepted'), buffer.accepted);
  findings.same('writes stored, waiting and lost', buffer.stored + buffer.waitingWrites + buffer.lost, buffer.accepted);
  findings.same('writes lost', total('lost'), buffer.lost);
  const lostByRows = findings.of(OP['lose-writes']).reduce((sum, row) => sum + row.detail, 0);
  findings.same('writes lost by rows', total('lost'), lostByRows);
  findings.holds(
    total('coalesced') <= total('accepted'),
    () => `${total('coalesced')} coalesced of ${total('accepted')}`,
  );
  const sent = findings.of(OP['database.batch']);
  if (!findings.moved('writeBehind.count')) {
    const { count } = findings.scenario.writeBehind;
    for (const row of sent) findings.holds(row.detail <= count, () => `a batch of ${row.detail}: ${rowText(row)}`);
  }
  const atOnce = mostAtOnce(sent.map((row) => ({ fromUs: row.start, toUs: row.end })));
  findings.holds(atOnce <= 1, () => `${atOnce} batches at once`);
  if (findings.wasKilled('database')) return;
  const batches = sent.filter(isServed);
  findings.same('batches', total('batches'), batches.length);
  findings.same(
    'rows of batches',
    total('flushed'),
    batches.reduce((sum, row) => sum + row.detail, 0),
  );
}

/** Orders: nothing is sold twice where the database checks; else what was sold beyond the stock is what the versions say. */
function checkOrders(findings: Findings): void {
  const { scenario, session, roots } = findings;
  const total = (name: string) => findings.total(`orders.${name}`);
  const [accepted, soldOut] = [total('accepted'), total('sold-out')];
  const [refused, oversold] = [total('refused'), total('oversold')];
  findings.holds(oversold <= accepted, () => `${oversold} oversold of ${accepted}`);
  const turnedAway = roots.filter(
    (row) => row.op === OP['request.write'] && row.outcome === OUTCOME.absent && row.end < NEVER,
  );
  findings.holds(
    turnedAway.length <= soldOut + refused,
    () => `${turnedAway.length} turned away, ${soldOut} sold out, ${refused} refused`,
  );
  if (findings.always('database.guard', false)) findings.same('orders refused without a check', refused, 0);
  const workloads = Object.values(scenario.traffic);
  const { stock, pageKeys } = workloads[0];
  if (workloads.length > 1 || stock === NEVER || pageKeys > 1 || findings.moved('traffic.*.stock')) return;
  if (findings.moved('traffic.*.pageKeys')) return;
  findings.same('orders accepted', accepted, promisesOf(findings).length);
  let beyond = 0;
  for (const key of keysOf(findings)) beyond += Math.max(0, session.world.truth.version(key) - 1 - stock);
  findings.same('orders beyond the stock', oversold, beyond);
  if (findings.might('pattern.write', 'write-behind')) return;
  if (findings.always('database.guard', true)) findings.same('orders oversold in spite of the check', oversold, 0);
}
