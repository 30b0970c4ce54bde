import { useEffect, useState } from 'react';
import type { Stage } from '../stage/Stage.ts';
import type { Judge } from './checking.ts';
import { useRun } from './lessonState.ts';
import { writeMoment } from './quantities.ts';
import { fetchJudge } from './useCheck.ts';

/** A closed form with its arguments, and what it is held against. */
export interface TheoryAsk {
  form: string;
  given: Readonly<Record<string, string | number>>;
  /** An expression of the check language. */
  answer: string;
  /** Nothing is measured before the playhead has come here, µs. */
  untilUs: number;
}

/**
 * before: there is no run yet; paused and during: it has not come to the end of what is asked, and stands still or goes on; after:
 * it has.
 */
export type TheoryPhase = 'before' | 'paused' | 'during' | 'after';

/** Both numbers in the units of checks; undefined for what is not known yet. */
export interface TheoryFigures {
  phase: TheoryPhase;
  /** The clock of the figure when the answer will be known; empty before it runs. */
  due: string;
  /** The clock of the figure where it stands; empty before its first moment is over. */
  at: string;
  theory?: number;
  measured?: number;
  /** What is wrong with the question; empty where nothing is. */
  problem: string;
}

const nothing: TheoryFigures = { phase: 'before', due: '', at: '', problem: '' };
const everyMs = 500;

/** Theory and measurement of one figure, twice a second while its run goes on. */
export function useTheory(of: string | undefined, ask: TheoryAsk): TheoryFigures {
  const stage = useRun(of)?.stage;
  const key = JSON.stringify(ask);
  const [found, setFound] = useState<TheoryFigures>(nothing);
  useEffect(() => {
    if (stage === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const look = (judge: Judge) => {
      timer = undefined;
      if (!left) setFound(figuresOf(judge, stage, JSON.parse(key) as TheoryAsk));
    };
    const changed = () => {
      timer ??= setTimeout(() => void fetchJudge().then(look), everyMs);
    };
    void fetchJudge().then(look);
    const stop = stage.store.subscribe(changed);
    return () => {
      left = true;
      stop();
      clearTimeout(timer);
    };
  }, [stage, key]);
  return stage === undefined ? nothing : found;
}

function figuresOf(judge: Judge, stage: Stage, { form, given, answer, untilUs }: TheoryAsk): TheoryFigures {
  const { runs, playing } = stage.store.getState();
  const run = runs[0];
  if (run === null || run === undefined) return nothing;
  const { atUs } = stage.playhead;
  const clock = (us: number) => writeMoment(us, run.scenario.clock);
  const theory = judge.form(form, given, run, atUs);
  const measured = atUs < untilUs ? undefined : judge.figure(answer, run, atUs);
  const wrong = [theory, measured].find((one) => one !== undefined && 'problem' in one && !one.nodata);
  const isOver = atUs >= untilUs && measured !== undefined && 'value' in measured;
  return {
    phase: isOver ? 'after' : playing ? 'during' : 'paused',
    due: clock(untilUs),
    at: atUs <= run.scenario.view.at ? '' : clock(atUs),
    ...('value' in theory ? { theory: theory.value } : {}),
    ...(measured !== undefined && 'value' in measured ? { measured: measured.value } : {}),
    problem: wrong !== undefined && 'problem' in wrong ? wrong.problem : '',
  };
}
