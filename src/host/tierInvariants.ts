import { tiers } from '../metrics/columns.ts';
import { CAUSE, FLAG, missCauses, OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { type Findings, isServed, NEVER, rowText } from './Evidence.ts';

/** An operation of a cache, by tier (index into `tiers`). */
const getOps: readonly (readonly number[])[] = [[OP['local.get']], [OP['cache.get'], OP['cache.load']]];
/** What brings an entry in. */
const storeOps: readonly (readonly number[])[] = [
  [OP['local.set']],
  [OP['cache.set'], OP['cache.update'], OP['cache.write']],
];
const names = ['local', 'cache'] as const;

/** Both tiers: look-ups add up, what came in is there or has left, and no hit without an entry that lives. */
export function checkTiers(findings: Findings): void {
  for (const tier of tiers.keys()) {
    checkLookUps(findings, tier);
    checkContents(findings, tier);
    checkHits(findings, tier);
  }
}

function checkLookUps(findings: Findings, tier: number): void {
  const name = tiers[tier];
  const total = (what: string) => findings.total(`cache.${what}{tier=${name}}`);
  const gets = findings.rows.filter((row) => getOps[tier].includes(row.op) && row.end < NEVER);
  const hits = gets.filter((row) => row.outcome === OUTCOME.hit).length;
  // Look-ups that shared a round trip have one row: all of them hit, or who knows how many.
  const many = tier === 0 ? [] : findings.of(OP['cache.get-many']).filter((row) => row.end < NEVER);
  const sharing = (rows: Row[]) => rows.reduce((sum, row) => sum + row.detail, 0);
  const allHit = sharing(many.filter((row) => row.outcome === OUTCOME.hit));
  const someHit = many.reduce((sum, row) => sum + (row.outcome === OUTCOME.miss ? row.detail - 1 : 0), 0);
  findings.same(`look-ups in ${name}`, total('gets'), gets.length + sharing(many));
  if (someHit === 0) findings.same(`hits in ${name}`, total('hits'), hits + allHit);
  const inBounds = hits + allHit <= total('hits') && total('hits') <= hits + allHit + someHit;
  findings.holds(
    inBounds,
    () => `hits in ${name}: ${total('hits')}, ${hits + allHit} to ${hits + allHit + someHit} by rows`,
  );
  let missed = 0;
  for (let cause = CAUSE.first; cause < missCauses.length; cause++) {
    const counted = findings.total(`cache.misses{tier=${name},cause=${missCauses[cause]}}`);
    missed += counted;
    const byRows = gets.filter((row) => row.cause === cause).length;
    if (many.length === 0) findings.same(`misses in ${name}, ${missCauses[cause]}`, counted, byRows);
    else findings.holds(counted >= byRows, () => `misses in ${name}, ${missCauses[cause]}: ${counted} of ${byRows}`);
  }
  findings.same(`hits and misses in ${name}`, total('hits') + missed, total('gets'));
}

function checkContents(findings: Findings, tier: number): void {
  const { scenario, session } = findings;
  const { world } = session;
  const name = tiers[tier];
  const total = (what: string) => findings.total(`cache.${what}{tier=${name}}`);
  const contents = tier === 0 ? world.servers.map((server) => server.local.contents) : [world.redis.contents];
  const held = contents.reduce((sum, { store }) => sum + store.entries, 0);
  const gone = ['evictions', 'expirations', 'invalidations', 'overwrites', 'flushed'].reduce(
    (sum, what) => sum + total(what),
    0,
  );
  findings.same(`fills of ${name}`, total('fills'), held + gone);
  const nodes = new Set(session.meta.nodes.flatMap(({ kind }, node) => (kind === name ? [node] : [])));
  const instants = (op: number) => findings.of(op).filter((row) => nodes.has(row.node)).length;
  findings.same(`evictions of ${name}`, total('evictions'), instants(OP.evict));
  findings.same(`expirations of ${name}`, total('expirations'), instants(OP.expire));
  const { capacity } = scenario[names[tier]];
  const path = names[tier];
  // A store that never evicts cannot shrink either, and a limit moves under it only by an act.
  if (!findings.wasSet(`${path}.capacity`, `${path}.memory`, `${path}.eviction`)) {
    const bytesLimit = tier === 0 ? NEVER : scenario.cache.memory;
    for (const { store } of contents) {
      findings.holds(store.entries <= capacity, () => `${name} holds ${store.entries} entries of ${capacity}`);
      findings.holds(
        store.bytes <= bytesLimit && store.bytes >= 0,
        () => `${name} holds ${store.bytes} bytes of ${bytesLimit}`,
      );
    }
  }
  for (const { store } of contents)
    findings.holds(store.entries > 0 || store.bytes === 0, () => `${name} is empty and holds ${store.bytes} bytes`);
}

/** A time in which an entry lived, and the grace in which it was still handed out as overdue. */
interface Life {
  atUs: number;
  freshUntilUs: number;
  goneUs: number;
}

/**
 * For every hit there was a store of that version at that cache, and its time to live had not ended; a hit marked as
 * overdue lies in the time after that for which entries are kept.
 */
function checkHits(findings: Findings, tier: number): void {
  const lives = new Map<string, Life[]>();
  const lifeUs = lifeOf(findings, tier);
  const graceUs = tier === 0 ? 0 : findings.moved('protect.stale') ? NEVER : findings.scenario.protect.stale;
  for (const row of findings.rows) {
    if (!storeOps[tier].includes(row.op) || !isServed(row) || row.version < 0) continue;
    if (row.outcome === OUTCOME.rejected || row.outcome === OUTCOME.absent) continue;
    const name = `${row.node}/${row.key}/${row.version}`;
    const freshUntilUs = row.leave + lifeUs(row);
    const list = lives.get(name) ?? [];
    lives.set(name, list);
    list.push({ atUs: row.leave, freshUntilUs, goneUs: freshUntilUs + (row.version === 0 ? 0 : graceUs) });
    // What a write-behind cache has taken is found until the database has it, whatever becomes of its entry.
    if (row.op === OP['cache.write']) list.push({ atUs: row.leave, freshUntilUs: NEVER, goneUs: NEVER });
  }
  for (const row of findings.rows) {
    if (!getOps[tier].includes(row.op)) continue;
    const overdue = (row.flags & FLAG.overdue) !== 0;
    if ((row.outcome !== OUTCOME.hit && !overdue) || row.leave === NEVER) continue;
    // A cache that loads answers later, and by then its row carries what it has loaded.
    if (row.outcome !== OUTCOME.hit && row.op === OP['cache.load']) continue;
    const list = lives.get(`${row.node}/${row.key}/${row.version}`) ?? [];
    const alive = list.some(({ atUs, freshUntilUs, goneUs }) =>
      overdue ? freshUntilUs - 1000 <= row.leave && row.leave < goneUs : atUs <= row.leave && row.leave < freshUntilUs,
    );
    findings.holds(alive, () => `a hit on nothing alive: ${rowText(row)}`);
  }
}

/** How long the entry of a store lives; exactly where nothing is random about it, else by what its row says, in ms. */
function lifeOf(findings: Findings, tier: number): (row: Row) => number {
  const name = names[tier];
  const { ttl, jitter } = findings.scenario[name];
  const isExact = jitter === 0 && !findings.wasSet(`${name}.ttl`, `${name}.jitter`);
  const { negative } = findings.scenario.protect;
  const negativeIsExact = !findings.moved('protect.negative');
  return ({ version, detail }) => {
    if (version === 0 && negativeIsExact) return negative;
    if (version !== 0 && isExact) return ttl;
    return detail < 0 ? NEVER : detail * 1000 + 500;
  };
}
