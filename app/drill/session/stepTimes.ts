import type { Pace, SheetEvent } from './SheetAct.ts';

/** How long the person has been at each step, by the acts up to now. */
export interface StepTimes {
  /** Milliseconds by step, pauses and absence left out unless they count. */
  spentMs: Readonly<Record<string, number>>;
  /** What an interviewer added, by step. */
  addedMs: Readonly<Record<string, number>>;
  pace: Pace;
  step: string;
  paused: boolean;
  /** Since when the present step has been counted on, ms since the drill began; undefined while nothing counts. */
  sinceMs: number | undefined;
}

/**
 * The clock of a sheet. Real time, because a limit is about a person; it stands still while the drill is paused, unless the
 * drill is `strict`.
 * @param events in order.
 */
export function stepTimes(events: readonly SheetEvent[], strict: boolean): StepTimes {
  const spentMs: Record<string, number> = {};
  const addedMs: Record<string, number> = {};
  let step = '';
  let pace: Pace = '1';
  let paused = false;
  let sinceMs: number | undefined;
  const stop = (atMs: number) => {
    if (sinceMs !== undefined && step !== '') spentMs[step] = (spentMs[step] ?? 0) + Math.max(0, atMs - sinceMs);
    sinceMs = undefined;
  };
  for (const { atMs, act } of events) {
    if (act.do === 'begin' || act.do === 'pace') pace = act.pace;
    if (act.do === 'goto') {
      stop(atMs);
      step = act.step;
      sinceMs = paused && !strict ? undefined : atMs;
    } else if (act.do === 'pause') {
      paused = true;
      if (!strict) stop(atMs);
    } else if (act.do === 'resume') {
      if (paused && !strict) sinceMs = atMs;
      paused = false;
    } else if (act.do === 'away' && !strict && sinceMs !== undefined) {
      // What passed while the page was closed is taken off the stretch that is being counted.
      sinceMs = Math.min(atMs, sinceMs + act.ms);
    } else if (act.do === 'extend') {
      addedMs[act.step] = (addedMs[act.step] ?? 0) + act.ms;
    } else if (act.do === 'finish') {
      stop(atMs);
      step = '';
    }
  }
  return { spentMs, addedMs, pace, step, paused, sinceMs };
}

/** Milliseconds spent at a step up to a moment. */
export function spentAt(times: StepTimes, step: string, atMs: number): number {
  const running = times.step === step && times.sinceMs !== undefined ? Math.max(0, atMs - times.sinceMs) : 0;
  return (times.spentMs[step] ?? 0) + running;
}

/** The limit of a step as it counts for this sheet, ms; Infinity where there is none. */
export function limitOf(times: StepTimes, step: string, limitMs: number): number {
  if (times.pace === 'none' || !Number.isFinite(limitMs)) return Number.POSITIVE_INFINITY;
  return limitMs * Number(times.pace) + (times.addedMs[step] ?? 0);
}
