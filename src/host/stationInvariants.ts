import type { Station } from '../nodes/Station.ts';
import { isInstant, OP } from '../spans/codes.ts';
import type { Row } from '../spans/columns.ts';
import { type Findings, isActivity, NEVER } from './Evidence.ts';

/** A span of time that a row spent somewhere; `to` may lie beyond the horizon. */
export interface Stay {
  fromUs: number;
  toUs: number;
}

/**
 * Little's law without a tolerance: what a station integrated over time is, to the microsecond, the sum of what its
 * calls' rows say they spent there; and never are more slots busy than there are.
 * @source Little, "A proof for the queuing formula L = λW", Operations Research 9(3), 1961.
 */
export function checkStations(findings: Findings): void {
  const { world } = findings.session;
  const { settings } = world;
  const serve = (name: string, node: { nodeIndex: number; station: Station<never> }, slots: number, path: string) => {
    const here = findings.rows.filter((row) => row.node === node.nodeIndex && takesSlot(row));
    findings.same(`arrivals at ${name}`, findings.total(`node.arrivals{node=${name}}`), count(here, 'arrive'));
    findings.same(`calls done at ${name}`, findings.total(`node.done{node=${name}}`), count(here, 'leave'));
    const waits = stays(here, (row) => ({ fromUs: row.arrive, toUs: Math.min(row.service, row.leave) }));
    const work = stays(here, (row) => ({ fromUs: row.service, toUs: slotFreeUs(findings, row) }));
    checkStation(findings, name, node.station, waits, work, findings.wasSet(path) ? NEVER : slots);
    checkMeans(findings, `node.busy{node=${name}}`, work);
    checkMeans(findings, `node.queue{node=${name}}`, waits);
  };
  serve('redis', world.redis.node as never, 1, 'none');
  serve('database', world.database.node as never, settings.database.slots, 'database.slots');
  world.replicas.forEach(({ node }, index) => {
    serve(`replica${index + 1}`, node as never, settings.database.slots, 'database.slots');
  });
  world.servers.forEach((server, index) => {
    serve(`app${index + 1}`, server.node as never, settings.app.workers, 'app.workers');
    const calls = findings.rows.filter(
      (row) =>
        row.from === server.node.nodeIndex && (row.op === OP['database.read'] || row.op === OP['database.write']),
    );
    const waits = stays(calls, (row) => ({ fromUs: row.start, toUs: Math.min(row.sent, row.end) }));
    const uses = stays(calls, (row) => ({ fromUs: row.sent, toUs: row.end }));
    const slots = findings.wasSet('database.pool') ? NEVER : settings.database.pool;
    checkStation(findings, `pool of app${index + 1}`, server.pool as never, waits, uses, slots);
    checkMeans(findings, `pool.busy{node=app${index + 1}}`, uses);
    checkMeans(findings, `pool.queue{node=app${index + 1}}`, waits);
  });
}

/** A cache that loads, or logs, does so beside its command thread: the slot is free when the first of that begins. */
function slotFreeUs({ families }: Findings, row: Row): number {
  const isBeside = row.op === OP['cache.load'] || row.op === OP['cache.write'];
  return isBeside ? Math.min(row.leave, families.get(row.id)?.[0].start ?? NEVER) : row.leave;
}

/** Waiting and work in the background are rows of a node, and take none of its slots. */
function takesSlot(row: Row): boolean {
  return !isInstant(row.op) && !isActivity(row) && !slotless.includes(row.op);
}

const slotless: readonly number[] = [OP.wait, OP['log.append'], OP['bus.deliver']];

function count(rows: Row[], column: 'arrive' | 'leave'): number {
  return rows.filter((row) => row[column] < NEVER).length;
}

function stays(rows: Row[], of: (row: Row) => Stay): Stay[] {
  return rows.map(of).filter((stay) => stay.fromUs < NEVER);
}

function checkStation(
  findings: Findings,
  name: string,
  station: Station<never>,
  waits: Stay[],
  work: Stay[],
  slots: number,
): void {
  const horizonUs = findings.batch.horizonUs;
  const area = (list: Stay[]) => list.reduce((sum, stay) => sum + Math.min(stay.toUs, horizonUs) - stay.fromUs, 0);
  station.integrateTo(horizonUs);
  findings.same(`busy time of ${name}, slot·µs`, station.busyArea, area(work));
  findings.same(`waiting time of ${name}, call·µs`, station.waitingArea, area(waits));
  findings.same(`busy slots of ${name}`, station.busy, work.filter((stay) => stay.toUs === NEVER).length);
  findings.same(`line of ${name}`, station.waiting, waits.filter((stay) => stay.toUs === NEVER).length);
  const most = mostAtOnce(work);
  findings.holds(most <= slots, () => `${name}: ${most} busy of ${slots} slots`);
}

/** The means of the windows, each times its width, are what the rows say up to the end of the last whole window. */
function checkMeans(findings: Findings, id: string, list: Stay[]): void {
  const { windows } = findings.batch;
  const { metrics } = findings.session.world;
  const { windowUs } = findings.session.meta;
  let area = 0;
  for (let row = 0; row < windows.count; row++) {
    area += windows.values[row * metrics.columns.length + metrics.index(id)] * windowUs;
  }
  const endUs = windows.count * windowUs;
  const expected = list.reduce((sum, stay) => sum + Math.max(0, Math.min(stay.toUs, endUs) - stay.fromUs), 0);
  findings.holds(
    Math.abs(area - expected) <= 1e-6 * (1 + expected),
    () => `${id}: ${area} in windows, ${expected} by rows`,
  );
}

/** The largest number of stays under way at one time; one that ends as another begins does not overlap it. */
export function mostAtOnce(list: Stay[]): number {
  const starts = Float64Array.from(list, (stay) => stay.fromUs).sort();
  const ends = Float64Array.from(list, (stay) => stay.toUs).sort();
  let most = 0;
  for (let index = 0, over = 0; index < starts.length; index++) {
    while (ends[over] <= starts[index]) over++;
    most = Math.max(most, index + 1 - over);
  }
  return most;
}
