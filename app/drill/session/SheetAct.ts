import type {
  AnswerValue,
  AttemptOutcome,
  Confidence,
  DrillCommand,
  DrillMode,
  SettingsPatch,
  TruthFound,
} from '../../../src/drills.ts';

/** Something that is done to a run from outside, as written. */
export type InjectedAct = Extract<DrillCommand, { inject: unknown }>['inject'];

/** How long the limits are against what the script says: the one accessibility setting of a sheet. */
export type Pace = '1' | '1.5' | '2' | 'none';

/** What happens on a sheet. Times are real milliseconds unless they end in `Us`. */
export type SheetAct =
  | { do: 'begin'; seed: number; interview: boolean; pace: Pace; startedAt: string }
  | { do: 'goto'; step: string; skipped?: boolean }
  | { do: 'pause' }
  | { do: 'resume' }
  /** The page was closed for a while: that time does not count. */
  | { do: 'away'; ms: number }
  | { do: 'pace'; pace: Pace }
  | { do: 'extend'; step: string; ms: number }
  /** The limit of a step has passed. Nothing is taken away. */
  | { do: 'expired'; step: string }
  /** Handed in, and not to be changed any more. */
  | { do: 'answer'; step: string; value: AnswerValue; confidence?: Confidence }
  /** A run was watched up to its moment, so its question may be asked. */
  | { do: 'watched'; step: string }
  | { do: 'attempt'; step: string; n: number; set: SettingsPatch }
  /** Settings were turned while an attempt ran: they hold from this virtual time on, which is never 0. */
  | { do: 'turn'; step: string; n: number; atUs: number; set: SettingsPatch }
  /** Something is let into the run of an attempt, or of a run that is watched (`n` 0), at its virtual time. */
  | { do: 'inject'; step: string; n: number; id: string; byScript: boolean; atUs: number; action: InjectedAct }
  /** The run of an attempt has been watched to its end, or skipped. */
  | { do: 'ran'; step: string; n: number }
  /** What an attempt came to. `whole`: with its secret checks, which only windows with the key may see. */
  | { do: 'judged'; step: string; n: number; whole: boolean; outcome?: AttemptOutcome; problem?: string }
  | { do: 'truth'; step: string; found: TruthFound }
  | { do: 'hint'; step: string; n: number }
  | { do: 'rate'; rubric: string; level: number; by: 'self' | 'interviewer'; note: string }
  | { do: 'note'; text: string }
  /** What the person would watch next time. */
  | { do: 'debrief'; text: string }
  | { do: 'finish'; status: 'completed' | 'expired' | 'aborted' };

/** An act with its place in the log: unique by `from` and `n`, ordered by `atMs`, which counts from the beginning. */
export interface SheetEvent {
  from: string;
  n: number;
  atMs: number;
  act: SheetAct;
}

/** An answer that is being written. */
export interface Draft {
  value: AnswerValue;
  confidence?: Confidence;
}

/** Where the run of the candidate stands, for windows that follow it; `n` 0 is a run that is only watched. */
export interface RunTime {
  step: string;
  n: number;
  atUs: number;
  speed: number;
  playing: boolean;
}

/** Order of the log: by time, and where two windows acted at once, by window and number. */
export function byTime(a: SheetEvent, b: SheetEvent): number {
  return a.atMs - b.atMs || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.n - b.n);
}

/** Acts that only windows with the key may see. */
export function isPrivate(act: SheetAct): boolean {
  if (act.do === 'judged') return act.whole;
  return act.do === 'note' || act.do === 'truth' || (act.do === 'rate' && act.by === 'interviewer');
}

/** Whether a window of this role holds the key. */
export function holdsKey(role: DrillMode): boolean {
  return role === 'solo' || role === 'interviewer';
}
