import type { RunView } from '../../stage/RunView.ts';
import { formatCount } from '../../ui/format.ts';
import { actMarks } from '../charts/marks.ts';
import { WindowRange } from '../charts/WindowRange.ts';

/** What the scrubber marks, in order of drawing: what comes later lies on top. */
export type ScrubberMarkKind =
  | 'stale'
  | 'error'
  | 'turned-away'
  | 'lapse'
  | 'breaker'
  | 'loss'
  | 'flush'
  | 'knob'
  | 'fault';

/** A stretch of the run with something in it; a moment has equal ends. */
export interface ScrubberMark {
  kind: ScrubberMarkKind;
  fromUs: number;
  untilUs: number;
  count: number;
  label: string;
}

const order: readonly ScrubberMarkKind[] = [
  'stale',
  'error',
  'turned-away',
  'lapse',
  'breaker',
  'loss',
  'flush',
  'knob',
  'fault',
];

/** Which columns count what is marked by stretches of windows. */
const stretched: Partial<Record<ScrubberMarkKind, string[]>> = {
  stale: ['reads.stale'],
  error: ['requests.timed-out', 'requests.rejected', 'requests.failed'],
  'turned-away': ['requests.shed', 'loads.refused', 'breaker.refused'],
  lapse: ['locks.lapsed'],
  breaker: ['breaker.opened'],
  loss: ['writes.lost'],
};

/**
 * Marks for the scrubber: acts by moment, errors and stale answers by stretches of windows. At most `most` of them: what
 * lies close together is put together, closer and closer until they fit.
 */
export function scrubberMarks(run: RunView, untilUs: number, most = 200): ScrubberMark[] {
  const acts = actMarks(run)
    .filter(({ atUs }) => atUs <= untilUs)
    .map(({ atUs, untilUs: end, label, knob }): ScrubberMark => {
      const kind = knob ? 'knob' : label.endsWith('flushed') ? 'flush' : 'fault';
      return { kind, fromUs: atUs, untilUs: end, count: 1, label };
    });
  const counted = order.flatMap((kind) => stretches(run, untilUs, kind, stretched[kind] ?? []));
  const marks = [...acts, ...counted];
  marks.sort((a, b) => a.fromUs - b.fromUs || order.indexOf(a.kind) - order.indexOf(b.kind));
  let apartUs = run.windows.widthUs;
  let merged = marks;
  while (merged.length > Math.max(order.length, most)) {
    merged = mergeClose(marks, apartUs);
    apartUs *= 2;
  }
  return merged.map((mark) => ({ ...mark, label: mark.label || labelOf(mark) }));
}

function stretches(run: RunView, untilUs: number, kind: ScrubberMarkKind, columns: string[]): ScrubberMark[] {
  const { windows } = run;
  const found: ScrubberMark[] = [];
  if (columns.length === 0) return found;
  const count = Math.min(windows.count, Math.floor(untilUs / windows.widthUs));
  for (let window = 0; window < count; window++) {
    const here = new WindowRange(windows, window, window + 1).sum(...columns);
    if (here === 0) continue;
    const fromUs = window * windows.widthUs;
    const last = found.at(-1);
    if (last?.untilUs === fromUs) {
      last.untilUs += windows.widthUs;
      last.count += here;
    } else {
      found.push({ kind, fromUs, untilUs: fromUs + windows.widthUs, count: here, label: '' });
    }
  }
  return found;
}

/** Puts marks of one kind together that are less than `apartUs` from each other. */
function mergeClose(marks: readonly ScrubberMark[], apartUs: number): ScrubberMark[] {
  const merged: ScrubberMark[] = [];
  const lastOf = new Map<ScrubberMarkKind, ScrubberMark>();
  for (const mark of marks) {
    const last = lastOf.get(mark.kind);
    if (last !== undefined && mark.fromUs - last.untilUs <= apartUs) {
      last.untilUs = Math.max(last.untilUs, mark.untilUs);
      last.count += mark.count;
      last.label = '';
      continue;
    }
    const copy = { ...mark };
    lastOf.set(mark.kind, copy);
    merged.push(copy);
  }
  return merged;
}

const nouns: Record<ScrubberMarkKind, [one: string, many: string]> = {
  stale: ['stale answer', 'stale answers'],
  error: ['error', 'errors'],
  'turned-away': ['turned away', 'turned away'],
  lapse: ['lock lapsed', 'locks lapsed'],
  breaker: ['circuit breaker opened', 'circuit breakers opened'],
  loss: ['acknowledged write lost', 'acknowledged writes lost'],
  flush: ['flush', 'flushes'],
  knob: ['knob turned', 'knobs turned'],
  fault: ['act on the world', 'acts on the world'],
};

function labelOf({ kind, count }: ScrubberMark): string {
  return `${formatCount(count)} ${nouns[kind][count === 1 ? 0 : 1]}`;
}
