import type { Counter } from '../metrics/counters.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { type Findings, NEVER, rowText } from './Evidence.ts';
import { mostAtOnce } from './stationInvariants.ts';

/** Everything between a miss and the database, and between a reader and an old entry. */
export function checkProtections(findings: Findings): void {
  checkWhatIsOff(findings);
  checkCounts(findings);
  checkFlights(findings);
  checkAgain(findings);
  checkLimit(findings);
  checkLocks(findings);
  checkBreakers(findings);
  checkBloom(findings);
}

type Off = readonly [path: string, off: string | number | boolean];

/** What never happens while the setting that it belongs to is off: counters, and operations. */
const onlyWith: readonly (readonly [Off, readonly Counter[], readonly (keyof typeof OP)[]])[] = [
  [['protect.singleFlight', false], ['loads.waited'], []],
  [
    ['protect.lock', false],
    ['locks.taken', 'locks.held', 'locks.lapsed'],
    ['cache.lock', 'cache.unlock'],
  ],
  [['protect.early', 0], ['loads.early'], ['early']],
  [['protect.negative', 0], ['cache.negative'], []],
  [['protect.limit', NEVER], ['loads.refused'], []],
  [['protect.retries', 0], ['database.retries'], []],
  [['protect.hedge', NEVER], ['database.hedges'], []],
  [['protect.breaker', 'off'], ['breaker.opened', 'breaker.refused'], ['breaker']],
  [['protect.shed', NEVER], ['requests.shed'], ['shed']],
  [['protect.admit', 'all'], ['cache.skipped'], ['skip']],
  [['bloom.enabled', false], ['bloom.refused', 'bloom.passed'], ['bloom']],
  [['clients.retries', 0], ['clients.retries'], []],
  [['database.bufferPages', NEVER], ['buffer.hits', 'buffer.misses'], []],
  [['database.replicas', 0], ['replica.reads'], []],
  [['traffic.*.stock', NEVER], ['orders.accepted', 'orders.sold-out', 'orders.refused', 'orders.oversold'], []],
  [['traffic.*.readBack', NEVER], ['reads.own-stale'], []],
  [
    ['invalidation.broadcast', 'none'],
    ['bus.published', 'bus.delivered', 'bus.lost'],
    ['bus.publish', 'bus.deliver'],
  ],
  [
    ['invalidation.feed', 'none'],
    ['feed.events', 'feed.lost'],
    ['queue.publish', 'queue.work', 'log.read'],
  ],
];

/** What only one choice of a setting leads to. */
const onlyAs: readonly (readonly [Off, readonly Counter[], readonly (keyof typeof OP)[]])[] = [
  [['pattern.read', 'read-through'], [], ['cache.load']],
  [['traffic.*.batch', true], [], ['cache.get-many']],
  [
    ['pattern.write', 'write-behind'],
    ['writes.accepted', 'writes.coalesced', 'writes.flushed', 'writes.batches', 'writes.lost'],
    ['cache.write', 'database.batch', 'log.append', 'lose-writes'],
  ],
  [['invalidation.feed', 'queue'], ['feed.lost'], ['queue.publish', 'queue.work']],
  [['invalidation.feed', 'cdc'], [], ['log.read']],
];

function checkWhatIsOff(findings: Findings): void {
  const silent = (why: string, counters: readonly Counter[], ops: readonly (keyof typeof OP)[]) => {
    for (const counter of counters) findings.same(`${counter} with ${why}`, findings.total(counter), 0);
    for (const op of ops) findings.same(`rows of ${op} with ${why}`, findings.of(OP[op]).length, 0);
  };
  for (const [[path, off], counters, ops] of onlyWith)
    if (!findings.ever(path, off)) silent(`${path} off`, counters, ops);
  for (const [[path, value], counters, ops] of onlyAs)
    if (!findings.might(path, value)) silent(`${path} never ${value}`, counters, ops);
  if (!findings.did('warm')) silent('nobody warming', ['loads.warmed'], ['warm']);
  if (findings.ever('protect.stale', 0)) return;
  const overdue = findings.rows.filter((row) => (row.flags & FLAG.overdue) !== 0);
  findings.same('overdue look-ups', overdue.filter((row) => row.op > OP['request.write']).length, 0);
  // What a reader without the lock was handed in time may be past its time when it arrives.
  if (findings.ever('protect.lock', false) && findings.might('protect.lockWaiters', 'stale')) return;
  silent('protect.stale off', ['cache.overdue'], []);
}

/** Counters that have rows to be held against. */
function checkCounts(findings: Findings): void {
  const { rows, total } = { rows: findings.rows, total: (id: Counter) => findings.total(id) };
  const flagged = (flag: number) => rows.filter((row) => (row.flags & flag) !== 0);
  const rowsOf = (name: keyof typeof OP) => findings.of(OP[name]).length;
  findings.same('reads that waited for a load', total('loads.waited'), waitsForLoads(findings).length);
  findings.same('early loads', total('loads.early'), rowsOf('early'));
  findings.same('requests shed', total('requests.shed'), rowsOf('shed'));
  findings.same('values not admitted', total('cache.skipped'), rowsOf('skip'));
  findings.same('reads that the filter turned away', total('bloom.refused'), rowsOf('bloom'));
  findings.same(
    'breakers opened',
    total('breaker.opened'),
    findings.of(OP.breaker).filter(({ detail }) => detail === 1).length,
  );
  findings.same('hedges', total('database.hedges'), flagged(FLAG.hedge).length);
  const own = flagged(FLAG.ownStale).filter((row) => row.end < NEVER);
  findings.same('reads that did not show what their author wrote', total('reads.own-stale'), own.length);
  const overdue = findings.roots.filter((row) => (row.flags & FLAG.overdue) !== 0).length;
  // Of a request for several keys each may be past its time.
  if (!findings.ever('traffic.*.pageKeys', 1))
    findings.same('answers past their time', total('cache.overdue'), overdue);
  findings.holds(total('cache.overdue') >= overdue, () => `${overdue} answers past their time, not all counted`);
  const negative = [...findings.of(OP['local.get']), ...findings.of(OP['cache.get'])].filter(
    (row) => row.end < NEVER && row.outcome === OUTCOME.hit && row.version === 0,
  );
  findings.same('hits on rows that do not exist', total('cache.negative'), negative.length);
  for (const row of findings.of(OP.shed)) {
    const shed = findings.rows.find(({ id }) => id === row.parent);
    // Its client may give up before it hears of that.
    const right = shed?.outcome === OUTCOME.rejected || shed?.outcome === OUTCOME.timeout;
    findings.holds(right, () => `shed and not refused: ${rowText(row)}`);
  }
}

const waitsForLoads = (findings: Findings): Row[] => findings.of(OP.wait).filter((row) => row.detail !== 0);

/** Whoever waits, waits for a load of this key at this server which is under way; and there is only one such. */
function checkFlights(findings: Findings): void {
  const byId = new Map(findings.rows.map((row) => [row.id, row]));
  const paged = findings.ever('traffic.*.pageKeys', 1);
  for (const wait of waitsForLoads(findings)) {
    const leader = byId.get(wait.detail);
    const there = leader !== undefined && (paged || leader.key === wait.key) && leader.node === wait.node;
    const atWork = leader !== undefined && leader.service <= wait.start && wait.start <= leader.leave;
    findings.holds(there && atWork, () => `waits for nobody at work: ${rowText(wait)}`);
  }
  const { pattern } = findings.scenario;
  const plain = !findings.wasSet('pattern') && (pattern.read === 'cache-aside' || pattern.read === 'refresh-ahead');
  if (!plain || !findings.always('protect.singleFlight', true) || findings.ever('protect.hedge', NEVER)) return;
  if (findings.ever('traffic.*.reader', 'pattern') || findings.ever('invalidation.pin', 0)) return;
  if (findings.ever('traffic.*.pageKeys', 1) || findings.did('warm')) return;
  const lastEnd = new Map<string, Row>();
  for (const row of findings.of(OP['database.read']).sort((a, b) => a.id - b.id)) {
    const place = `${row.from}/${row.key}`;
    const before = lastEnd.get(place);
    findings.holds(before === undefined || before.end <= row.start, () => `two loads at once: ${rowText(row)}`);
    lastEnd.set(place, row);
  }
}

/** Whoever asks again had failed before, and whoever hedges has waited for so long. */
function checkAgain(findings: Findings): void {
  const failed = (rows: Row[]) => rows.filter((row) => row.end < NEVER && row.outcome >= OUTCOME.timeout).length;
  const asked = findings.total('clients.retries');
  findings.holds(
    asked <= failed(findings.roots),
    () => `${asked} requests sent again, ${failed(findings.roots)} failed`,
  );
  const reads = findings.of(OP['database.read']);
  const failures = failed(reads) + findings.total('breaker.refused');
  const retried = findings.total('database.retries');
  findings.holds(retried <= failures, () => `${retried} queries asked again, ${failures} failed`);
  const { hedge } = findings.scenario.protect;
  if (findings.moved('protect.hedge')) return;
  for (const row of reads.filter(({ flags }) => (flags & FLAG.hedge) !== 0)) {
    const family = findings.families.get(row.parent) ?? [];
    const first = family.some((other) => other.op === row.op && other.id < row.id && other.start === row.start - hedge);
    findings.holds(first, () => `a hedge of nothing: ${rowText(row)}`);
  }
}

/** No server has more queries of loads under way than it may have loads. */
function checkLimit(findings: Findings): void {
  const { pattern, protect } = findings.scenario;
  if (findings.moved('protect.limit') || protect.limit === NEVER || findings.ever('protect.hedge', NEVER)) return;
  if (findings.wasSet('pattern') || (pattern.read !== 'cache-aside' && pattern.read !== 'refresh-ahead')) return;
  if (findings.ever('traffic.*.reader', 'pattern') || findings.ever('invalidation.pin', 0)) return;
  if (findings.ever('traffic.*.pageKeys', 1) || findings.did('warm')) return;
  for (const { node } of findings.session.world.servers) {
    const queries = findings.of(OP['database.read']).filter((row) => row.from === node.nodeIndex);
    const most = mostAtOnce(queries.map((row) => ({ fromUs: row.start, toUs: row.end })));
    findings.holds(most <= protect.limit, () => `${most} loads at once of ${protect.limit}`);
  }
}

/** A lock has one holder: nobody is told yes between another's yes and the end of that lock. */
function checkLocks(findings: Findings): void {
  const locks = findings.of(OP['cache.lock']).filter((row) => row.service < NEVER && row.leave < NEVER);
  const [taken, held] = [findings.total('locks.taken'), findings.total('locks.held')];
  const known = (outcome: number) => locks.filter((row) => row.outcome === outcome).length;
  findings.holds(taken >= known(OUTCOME.ok), () => `${taken} locks taken, ${known(OUTCOME.ok)} by rows`);
  findings.holds(held >= known(OUTCOME.miss), () => `${held} locks held by others, ${known(OUTCOME.miss)} by rows`);
  findings.holds(taken + held <= locks.length, () => `${taken} + ${held} locks, ${locks.length} rows`);
  if (findings.moved('protect.lockTtl')) return;
  const { lockTtl } = findings.scenario.protect;
  const redis = findings.session.world.redis.node.nodeIndex;
  const frees = findings.of(OP['cache.unlock']).filter((row) => row.service < NEVER && row.leave < NEVER);
  const flushes = findings.of(OP.flush).filter((row) => row.node === redis);
  const holders = new Map<number, { atUs: number; untilUs: number }>();
  for (const row of locks
    .filter(({ outcome }) => outcome === OUTCOME.ok)
    .sort((a, b) => a.leave - b.leave || a.id - b.id)) {
    const before = holders.get(row.key);
    const alone = before === undefined || before.atUs === row.leave || before.untilUs <= row.leave;
    findings.holds(alone, () => `a lock of two at once: ${rowText(row)}`);
    const ends = [
      row.leave + lockTtl,
      ...frees
        .filter((free) => free.parent === row.parent && free.key === row.key && free.leave >= row.leave)
        .map(({ leave }) => leave),
      ...flushes.filter(({ start }) => start >= row.leave).map(({ start }) => start),
    ];
    holders.set(row.key, { atUs: row.leave, untilUs: Math.min(...ends) });
  }
}

/** 0 closed, 1 open, 2 half-open: what each state may become. A crash closes a breaker from any. */
const mayBecome: Record<number, readonly number[]> = { 0: [1], 1: [2, 0], 2: [0, 1] };

function checkBreakers(findings: Findings): void {
  const states = new Map<string, Row>();
  for (const row of findings.of(OP.breaker)) {
    const place = `${row.from}/${row.node}`;
    const before = states.get(place);
    const right = mayBecome[before?.detail ?? 0].includes(row.detail);
    const crashed = row.detail === 0 && findings.wasKilled('app');
    const closesOpen = before?.detail === 1 && row.detail === 0 && !crashed;
    findings.holds(right && !closesOpen, () => `a breaker went from ${before?.detail ?? 0} to ${row.detail}`);
    const cooled = !findings.moved('protect.breakerCooldown') && row.detail === 2 && before !== undefined;
    const cooldown = findings.scenario.protect.breakerCooldown;
    findings.holds(!cooled || row.start - before.start >= cooldown, () => `half-open too early: ${rowText(row)}`);
    states.set(place, row);
  }
}

/** The filter never turns away a key that has a row. */
function checkBloom(findings: Findings): void {
  const refused = findings.of(OP.bloom);
  if (refused.length === 0) return;
  const rows = Object.values(findings.scenario.traffic).reduce((most, { count }) => Math.max(most, count), 0);
  const written = new Map<number, number>();
  for (const row of findings.rows) {
    if (row.version <= 0 || row.leave === NEVER) continue;
    if (row.op === OP['database.write'] || row.op === OP['cache.write'])
      written.set(row.key, Math.min(row.leave, written.get(row.key) ?? NEVER));
  }
  for (const row of refused) {
    const exists = row.key < rows || (written.get(row.key) ?? NEVER) < row.start;
    findings.holds(!exists, () => `turned away although it exists: ${rowText(row)}`);
  }
}
