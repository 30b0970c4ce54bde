import { OP, OUTCOME, type Operation, operations, type Row } from '../../../src/index.ts';
import { formatDurationUs } from '../../ui/format.ts';
import type { RequestTrace } from '../requestTrace.ts';
import type { SourcePart } from './sourceParts.ts';

/** Where a request is in the code. */
export interface CodePosition {
  /** Index of the part; −1 when no line is being run. */
  part: number;
  /** Line number in that part's file; 0 for none. */
  line: number;
  /** The line of an outer part that waits for the inner one. */
  outer: { part: number; line: number } | null;
  /** The line threw instead of returning. */
  failed: boolean;
  /** What is going on, in words. */
  status: string;
}

const nowhere = { part: -1, line: 0, outer: null, failed: false };

/** The line a request stands on at `atUs`, from the calls that it has made by then: exact at any moment, also backwards. */
export function codePosition(parts: readonly SourcePart[], trace: RequestTrace, atUs: number): CodePosition {
  const { root, calls } = trace;
  if (atUs < root.start) return { ...nowhere, status: 'not sent yet' };
  if (atUs < root.arrive) return { ...nowhere, status: 'on its way to the server' };
  if (atUs < root.service) return { ...nowhere, status: 'waiting for a worker' };
  if (root.service === Number.POSITIVE_INFINITY) return { ...nowhere, status: 'never got to the code' };
  const call = latest(calls, atUs);
  if (call === null) return atStart(parts, root, atUs);
  const place = placeOf(parts, call, calls);
  if (place === null) return { ...nowhere, status: 'in code that is not shown' };
  if (atUs < call.end)
    return { ...place, failed: false, outer: outerOf(parts, place.part), status: waitingText(call, atUs) };
  return afterCall(parts, root, call, place, atUs);
}

/** The call begun last by `atUs`: calls follow each other, so it is the one under way, or the one just over. */
function latest(calls: readonly Row[], atUs: number): Row | null {
  let last: Row | null = null;
  for (const call of calls) if (call.start <= atUs && (last === null || call.start >= last.start)) last = call;
  return last;
}

function atStart(parts: readonly SourcePart[], root: Row, atUs: number): CodePosition {
  if (atUs >= root.leave) return { ...nowhere, status: 'over' };
  const first = parts[0]?.lines.find(({ text }) => /function\*/.test(text)) ?? parts[0]?.lines[0];
  return { ...nowhere, part: 0, line: first?.number ?? 0, status: 'the server prepares' };
}

function afterCall(
  parts: readonly SourcePart[],
  root: Row,
  call: Row,
  place: { part: number; line: number },
  atUs: number,
): CodePosition {
  const thrown = isDatabase(call) && call.outcome >= OUTCOME.timeout;
  const over = atUs >= root.leave;
  if (thrown) {
    const status = over ? 'the query failed, and so did the request' : 'the query failed';
    return { ...place, outer: outerOf(parts, place.part), failed: true, status };
  }
  const lines = parts[place.part].lines;
  const next = lines.find(({ number, text }) => number > place.line && /\breturn\b/.test(text));
  const line = next?.number ?? place.line;
  const status = !over ? 'returns' : atUs < root.end ? 'answered; the answer is on its way' : 'answered';
  return { part: place.part, line, outer: null, failed: false, status };
}

/** What a step is called where that is not the name of its operation. */
const otherNames: Partial<Record<Operation, string>> = {
  'cache.get': 'cache\\.(?:get|entry)|versions\\.(?:get|entry)',
  'cache.set': 'cache\\.set|versions\\.set|store',
  'cache.get-many': 'cache\\.getMany',
  'cache.update': 'cache\\.update',
  'database.read': 'database\\.(?:read|readPrimary|readMany)',
  wait: 'here\\.pause|flights\\.join|endsWithin',
  refresh: 'here\\.refresh|here\\.background',
  later: 'here\\.background',
};

/**
 * The line that makes this call. Several parts may make the same one (a lock looks again for what the pattern missed): the
 * how-manieth of its kind it is in the request tells which, outermost first.
 */
function placeOf(
  parts: readonly SourcePart[],
  call: Row,
  earlier: readonly Row[],
): { part: number; line: number } | null {
  const op = operations[call.op];
  const step = new RegExp(`yield\\* (?:\\w+\\.)?(?:${otherNames[op] ?? op.replace('.', '\\.')})\\(`);
  const places = parts.flatMap(({ lines }, part) => {
    const line = lines.find(({ text }) => step.test(text));
    return line === undefined ? [] : [{ part, line: line.number }];
  });
  if (places.length === 0) return null;
  const before = earlier.filter((other) => other.op === call.op && other.id < call.id).length;
  return places[Math.min(before, places.length - 1)];
}

/** Where an outer part waits for the one inside it. */
function outerOf(parts: readonly SourcePart[], part: number): { part: number; line: number } | null {
  if (part === 0) return null;
  const waits = /yield\* \(?(?:yield\* )?(?:next|load|read|write|loadAndUnlock|ask|call)\(/;
  for (let outer = part - 1; outer >= 0; outer--) {
    const line = parts[outer].lines.find(({ text }) => waits.test(text));
    if (line !== undefined) return { part: outer, line: line.number };
  }
  return null;
}

function isDatabase(call: Row): boolean {
  return call.op === OP['database.read'] || call.op === OP['database.write'];
}

function waitingText(call: Row, atUs: number): string {
  const since = formatDurationUs(atUs - call.start);
  if (atUs < call.sent) return `waits for a connection, ${since} so far`;
  if (atUs < call.arrive)
    return call.outcome === OUTCOME.lost ? `waits for a lost message, ${since} so far` : `on the wire, ${since} so far`;
  if (atUs < Math.min(call.service, call.leave)) return `in line, ${since} so far`;
  return atUs < call.leave ? `being served, ${since} so far` : `the answer comes back, ${since} so far`;
}
