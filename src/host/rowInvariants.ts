import { FLAG, isInstant, missCauses, OP, OUTCOME, operations, outcomes } from '../spans/codes.ts';
import { type Row, timeColumns } from '../spans/columns.ts';
import { closingUs } from '../spans/SpanStore.ts';
import { type Findings, isActivity, isProcess, NEVER, rowText } from './Evidence.ts';

const isCall = (row: Row): boolean => !isInstant(row.op);
const getOps: readonly number[] = [OP['cache.get'], OP['cache.load'], OP['local.get']];
const isGet = (row: Row): boolean => getOps.includes(row.op);

/** Each row by itself: whole times in order, known codes, a cause for every miss; and rows close in order of time. */
export function checkRows(findings: Findings): void {
  const { batch, rows } = findings;
  const ids = new Set(rows.map((row) => row.id));
  findings.same('ids of rows that differ', ids.size, rows.length);
  for (const row of rows) checkTimes(findings, row);
  for (const row of rows) {
    const known = row.op < operations.length && row.outcome < outcomes.length && row.cause < missCauses.length;
    findings.holds(known && row.node < findings.session.meta.nodes.length, () => `unknown code in ${rowText(row)}`);
    if (!isGet(row) || row.end === NEVER) continue;
    const right = row.outcome === OUTCOME.hit ? row.cause === 0 && row.version >= 0 : row.cause > 0;
    findings.holds(right, () => `cause ${row.cause} and version ${row.version} of ${rowText(row)}`);
  }
  for (let index = 1; index < batch.closed.length; index++) {
    const inOrder = closingUs(batch.closed, index - 1) <= closingUs(batch.closed, index);
    findings.holds(inOrder, () => `closed before its forerunner: ${rowText(findings.closed[index])}`);
  }
}

function checkTimes(findings: Findings, row: Row): void {
  let last = 0;
  for (const name of timeColumns) {
    const time = row[name];
    if (time === NEVER) continue;
    const whole = Number.isInteger(time) && time >= 0 && time <= findings.batch.horizonUs;
    findings.holds(whole, () => `${name} of ${rowText(row)}`);
    if (name === 'end') continue;
    findings.holds(time >= last, () => `${name} too early in ${rowText(row)}`);
    last = time;
  }
  findings.holds(row.end >= row.start, () => `ends before it starts: ${rowText(row)}`);
  if ((row.flags & FLAG.abandoned) !== 0) findings.holds(row.end <= row.leave, () => `abandoned late: ${rowText(row)}`);
  else if (row.leave < NEVER) findings.holds(row.leave <= row.end, () => `ends before it leaves: ${rowText(row)}`);
}

/**
 * Children lie inside their parents' service; one process does one thing at a time, so their times add up to its own. Only
 * hedged queries overlap; work in the background is a process of its own.
 */
export function checkFamilies(findings: Findings): void {
  const byId = new Map(findings.rows.map((row) => [row.id, row]));
  for (const row of findings.rows) {
    if (row.parent === 0) {
      findings.holds(mayStandAlone(row), () => `no parent: ${rowText(row)}`);
      continue;
    }
    const parent = byId.get(row.parent);
    findings.holds(parent !== undefined && parent.request === row.request, () => `strange parent of ${rowText(row)}`);
    if (!isActivity(row)) continue;
    const inside = parent !== undefined && parent.service <= row.start && row.start <= parent.leave;
    findings.holds(inside, () => `begun by nobody at work: ${rowText(row)}`);
  }
  const check = findings.ever('protect.hedge', NEVER) ? checkHedgedFamily : checkFamily;
  for (const row of findings.rows) {
    if (!isProcess(row)) continue;
    const family = findings.families.get(row.id);
    const answered = row.op <= OP['request.write'] && row.end < NEVER && row.outcome < OUTCOME.timeout;
    findings.holds(!answered || family !== undefined, () => `answered by nobody: ${rowText(row)}`);
    if (family !== undefined) check(findings, row, family);
  }
}

/** Requests, instants, and what is done for nobody: a worker's change, a warm-up, a batch, and a log that is read back. */
function mayStandAlone(row: Row): boolean {
  if (row.op <= OP['request.write'] || !isCall(row)) return true;
  const forNobody = isActivity(row) || row.op === OP['database.batch'];
  return row.request === 0 && (forNobody || (row.op === OP['log.append'] && row.start === row.end));
}

/** One thing after another, without a gap, from the beginning of the service to its end. */
function checkFamily(findings: Findings, root: Row, family: Row[]): void {
  findings.holds(family[0].start >= root.service, () => `served too early: ${rowText(root)}`);
  for (let index = 1; index < family.length; index++) {
    const gap = family[index].start - family[index - 1].end;
    findings.holds(gap === 0, () => `${gap} µs before ${rowText(family[index])}`);
  }
  const last = family[family.length - 1];
  const closes = root.leave === NEVER ? true : last.end === root.leave;
  findings.holds(closes, () => `parts do not add up: ${rowText(root)} with ${rowText(last)}`);
}

/** No moment in which nothing was under way; what lost a race may outlive its process. */
function checkHedgedFamily(findings: Findings, root: Row, family: Row[]): void {
  findings.holds(family[0].start >= root.service, () => `served too early: ${rowText(root)}`);
  let until = family[0].start;
  for (const row of family) {
    findings.holds(row.start <= until, () => `${row.start - until} µs before ${rowText(row)}`);
    until = Math.max(until, row.end);
  }
  const closes = root.leave === NEVER || family.some((row) => row.end === root.leave);
  findings.holds(closes, () => `parts do not add up: ${rowText(root)}`);
}

/**
 * Every stale answer, and no other, had been superseded when its request began; checked against the writes' own rows.
 * A write that commits in the very microsecond may lie on either side.
 */
export function checkFreshness(findings: Findings): void {
  const commits = new Map<number, Map<number, number>>();
  for (const row of [...findings.of(OP['database.write']), ...findings.of(OP['cache.write'])]) {
    if (row.leave === NEVER || row.service === NEVER || row.version < 0) continue;
    if (!commits.has(row.key)) commits.set(row.key, new Map());
    commits.get(row.key)?.set(row.version, row.leave);
  }
  for (const root of findings.roots) {
    if (root.op !== OP['request.read'] || root.end === NEVER || root.outcome >= OUTCOME.timeout) continue;
    const supersededUs = commits.get(root.key)?.get(root.version + 1) ?? NEVER;
    const stale = (root.flags & FLAG.stale) !== 0;
    const right = stale ? supersededUs <= root.start : supersededUs >= root.start;
    findings.holds(right, () => `stale ${stale}, superseded at ${supersededUs}: ${rowText(root)}`);
    if (stale) findings.same('age of a stale answer, ms', root.detail, Math.round((root.leave - supersededUs) / 1000));
  }
}
