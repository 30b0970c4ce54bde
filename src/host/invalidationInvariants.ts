import { OP, OUTCOME } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { commitsOf } from './databaseInvariants.ts';
import { type Findings, isServed, NEVER, rowText } from './Evidence.ts';

/** How caches learn of changes: every message and every event is somewhere, and no entry goes back where it must not. */
export function checkInvalidation(findings: Findings): void {
  checkBus(findings);
  checkFeed(findings);
  checkUpdates(findings);
}

/** Every message that was published goes to every other server, and is delivered, lost or under way. */
function checkBus(findings: Findings): void {
  const { scenario, session } = findings;
  const { nodes } = session.meta;
  const published = findings.of(OP['bus.publish']).filter(isServed);
  findings.same('messages published', findings.total('bus.published'), published.length);
  const deliveries = findings.of(OP['bus.deliver']);
  const ended = deliveries.filter((row) => row.end < NEVER);
  const lost = ended.filter((row) => row.outcome === OUTCOME.lost).length;
  findings.same('messages lost', findings.total('bus.lost'), lost);
  findings.same('messages delivered', findings.total('bus.delivered'), ended.length - lost);
  const isServer = ({ from }: Row) => nodes[from].kind === 'app';
  const due = published.reduce((sum, row) => sum + scenario.app.servers - (isServer(row) ? 1 : 0), 0);
  const { broadcast } = scenario.invalidation;
  // A stream keeps back what a server does not hear yet.
  if (broadcast === 'pubsub') findings.same('messages under way, delivered or lost', deliveries.length, due);
  else findings.holds(deliveries.length <= due, () => `${deliveries.length} deliveries of ${due}`);
  if (broadcast === 'stream') findings.same('messages that a stream lost', lost, 0);
  if (broadcast !== 'stream') return;
  const lastTo = new Map<number, Row>();
  for (const row of ended.filter(({ outcome }) => outcome !== OUTCOME.lost)) {
    const before = lastTo.get(row.node);
    const inOrder = before === undefined || before.parent < row.parent;
    // Two may be published in the same microsecond, and then it is their end that counts.
    findings.holds(inOrder || sameMoment(published, before.parent, row.parent), () => `out of order: ${rowText(row)}`);
    lastTo.set(row.node, row);
  }
}

function sameMoment(published: readonly Row[], first: number, second: number): boolean {
  const at = (id: number) => published.find((row) => row.id === id)?.leave;
  return (at(first) ?? 0) <= (at(second) ?? 0);
}

/** The worker takes one change at a time, none before its lag is over, and each in turn. */
function checkFeed(findings: Findings): void {
  const worked = [...findings.of(OP['queue.work']), ...findings.of(OP['log.read'])].sort((a, b) => a.id - b.id);
  findings.same('changes taken', findings.total('feed.events'), worked.length);
  for (let index = 1; index < worked.length; index++)
    findings.holds(
      worked[index - 1].leave <= worked[index].start,
      () => `two changes at once: ${rowText(worked[index])}`,
    );
  const published = findings.of(OP['queue.publish']);
  const arrived = published.filter((row) => isServed(row)).length;
  const again = findings.wasKilled('feed');
  if (findings.might('invalidation.feed', 'queue') && !again)
    findings.holds(worked.length <= arrived, () => `${worked.length} changes taken of ${arrived}`);
  const gone = published.filter(
    (row) => row.end < NEVER && (row.outcome === OUTCOME.lost || row.outcome === OUTCOME.refused),
  );
  findings.same('events that never arrived', findings.total('feed.lost'), gone.length);
  const reads = findings.of(OP['log.read']);
  if (reads.length === 0 || findings.might('pattern.write', 'write-behind')) return;
  const commits = commitsOf(findings);
  const lagUs = findings.moved('invalidation.feedDelay') ? 0 : findings.scenario.invalidation.feedDelay;
  const last = new Map<number, number>();
  for (const row of reads) {
    const times = commits.get(row.key) ?? [];
    const visible = times.filter((time) => time + lagUs <= row.start).length;
    findings.holds(visible > 0, () => `a change before its time: ${rowText(row)}`);
    const before = last.get(row.key) ?? 0;
    findings.holds(again || row.version > before, () => `a change twice: ${rowText(row)}`);
    last.set(row.key, row.version);
  }
}

/** Compare-and-set: while the shared cache holds a key, its version never goes down. */
function checkUpdates(findings: Findings): void {
  // A write-behind cache does not let a plain store take the place of a newer write either.
  const mayRefuse = [
    ...findings.of(OP['cache.update']),
    ...(findings.might('pattern.write', 'write-behind') ? findings.of(OP['cache.set']) : []),
  ].filter(isServed);
  const superseded = findings.total('cache.superseded');
  const refused = mayRefuse.filter((row) => row.outcome === OUTCOME.absent).length;
  // Among versioned keys, stores of ids without a row are refused too.
  const least = findings.might('invalidation.onWrite', 'versioned-keys') ? 0 : refused;
  const inBounds = least <= superseded && superseded <= mayRefuse.length;
  findings.holds(inBounds, () => `${superseded} stores superseded, ${refused} of ${mayRefuse.length} by rows`);
  if (!findings.always('invalidation.onWrite', 'compare-and-set')) return;
  if (!findings.always('pattern.write', 'cache-aside') || findings.might('pattern.read', 'read-through')) return;
  const redis = findings.session.world.redis.node.nodeIndex;
  const ends = new Map<number, number[]>();
  const flushes: number[] = [];
  for (const row of findings.rows) {
    if (row.node !== redis || row.leave === NEVER) continue;
    if (row.op === OP.flush) flushes.push(row.start);
    else if (row.op === OP.evict || row.op === OP.expire || row.op === OP['cache.delete'])
      ends.set(row.key, [...(ends.get(row.key) ?? []), row.leave]);
  }
  const shown = new Map<number, Row>();
  const hits = findings.of(OP['cache.get']).filter((row) => row.outcome === OUTCOME.hit && isServed(row));
  for (const row of hits.sort((a, b) => a.leave - b.leave || a.id - b.id)) {
    const before = shown.get(row.key);
    shown.set(row.key, row);
    if (before === undefined || before.version <= row.version || before.leave === row.leave) continue;
    const left = [...flushes, ...(ends.get(row.key) ?? [])].some((us) => us >= before.leave && us <= row.leave);
    findings.holds(left, () => `went back from ${before.version}: ${rowText(row)}`);
  }
}
