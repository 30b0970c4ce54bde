import { OP, OUTCOME } from '../../src/index.ts';
import type { RunView } from '../stage/RunView.ts';

/** What a lesson can ask for by name. */
export const requestKinds = ['first-miss', 'first-hit', 'first-write', 'slowest'] as const;
/** One of {@link requestKinds}. */
export type RequestKind = (typeof requestKinds)[number];

/** How a kind is called in a sentence: "Waiting for …". */
export const requestTitles: Readonly<Record<RequestKind, string>> = {
  'first-miss': 'the first miss',
  'first-hit': 'the first hit',
  'first-write': 'the first write',
  slowest: 'the first answer',
};

type Table = RunView['spans']['closed'];

/**
 * The number of a request of this kind, as far as the run has come; null while there is none. The first miss is known when the
 * look-up comes back empty, so that the rest of it can be watched; the slowest is of those that have their answer.
 * @param atUs the playhead: nothing after it counts.
 */
export function pickRequest(run: RunView, kind: RequestKind, atUs: number): number | null {
  const { closed, open } = run.spans;
  if (kind === 'slowest') return slowest(closed, atUs);
  const isIt = tests[kind](run);
  let found: { request: number; startUs: number } | null = null;
  for (const table of [closed, open]) {
    for (let index = 0; index < table.length; index++) {
      const startUs = table.start[index];
      if (table.request[index] === 0 || (found !== null && startUs >= found.startUs)) continue;
      if (isIt(table, index, atUs)) found = { request: table.request[index], startUs };
    }
  }
  return found?.request ?? null;
}

type Test = (table: Table, index: number, atUs: number) => boolean;

const lookUp =
  (outcome: number) =>
  (run: RunView): Test => {
    // Behind a cache in each server, a miss is what the last cache does not have.
    const shared = run.scenario.pattern.read !== 'none';
    const ops = outcome === OUTCOME.miss && shared ? [OP['cache.get']] : [OP['cache.get'], OP['local.get']];
    return (table, index, atUs) =>
      ops.includes(table.op[index]) && table.outcome[index] === outcome && table.end[index] <= atUs;
  };

const tests: Readonly<Record<Exclude<RequestKind, 'slowest'>, (run: RunView) => Test>> = {
  'first-miss': lookUp(OUTCOME.miss),
  'first-hit': lookUp(OUTCOME.hit),
  'first-write': () => (table, index, atUs) => table.op[index] === OP['request.write'] && table.start[index] <= atUs,
};

function slowest(table: Table, atUs: number): number | null {
  let longestUs = -1;
  let request: number | null = null;
  for (let index = 0; index < table.length; index++) {
    const op = table.op[index];
    if (op !== OP['request.read'] && op !== OP['request.write']) continue;
    const tookUs = table.end[index] - table.start[index];
    if (table.end[index] > atUs || table.outcome[index] >= OUTCOME.timeout || tookUs <= longestUs) continue;
    longestUs = tookUs;
    request = table.request[index];
  }
  return request;
}

/** The request that began last before a moment, and is under way or just over; null before the first. */
export function latestRequest({ spans }: RunView, atUs: number): number | null {
  let latestUs = -1;
  let request: number | null = null;
  const look = (table: Table, index: number) => {
    const op = table.op[index];
    if ((op !== OP['request.read'] && op !== OP['request.write']) || table.start[index] > atUs) return;
    if (table.start[index] <= latestUs) return;
    latestUs = table.start[index];
    request = table.request[index];
  };
  for (let index = spans.firstClosing(atUs - 2e6); index < spans.closed.length; index++) look(spans.closed, index);
  for (let index = 0; index < spans.open.length; index++) look(spans.open, index);
  return request;
}

/** Whether a request, by its number, has not been sent yet as far as a run is known. Numbers are given in order of sending. */
export function isToCome(run: RunView, request: number): boolean {
  return (latestRequest(run, run.horizonUs) ?? 0) < request;
}
