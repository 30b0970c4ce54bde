import { type ReactNode, useEffect, useState } from 'react';
import { ownProgress } from '../stores/progress.ts';
import { createLessonState, LessonContext, type LessonRecord } from './lessonState.ts';

/**
 * Lets the figures and the bets of one lesson find each other, and keeps what is answered.
 * @param lesson the slug under which answers are kept; nothing is kept without it.
 */
export function LessonProvider({ lesson, children }: { lesson?: string; children: ReactNode }) {
  const [state] = useState(() => createLessonState(lesson === undefined ? undefined : keptRecord(lesson)));
  useEffect(() => {
    if (lesson === undefined) return undefined;
    return state.subscribe((now, before) => {
      const changed = recordFields.some((field) => now[field] !== before[field]);
      if (changed) ownProgress().getState().keep(lesson, storedRecord(now));
    });
  }, [lesson, state]);
  return <LessonContext value={state}>{children}</LessonContext>;
}

const recordFields = ['bets', 'confidence', 'orders', 'outcomes', 'quizzes'] as const;

function keptRecord(lesson: string): LessonRecord | undefined {
  const kept = ownProgress().getState().progress.lessons[lesson];
  if (kept === undefined) return undefined;
  const { bets, confidence, orders, outcomes, quizzes } = kept;
  // JSON has no NaN: a bet that was passed over is null there.
  const named = Object.entries(bets).map(([id, value]) => [id, value ?? Number.NaN]);
  return { bets: Object.fromEntries(named) as Record<string, number>, confidence, orders, outcomes, quizzes };
}

/** What is kept of an answered lesson, as it is stored. */
function storedRecord({ bets, confidence, orders, outcomes, quizzes }: LessonRecord) {
  const named = Object.entries(bets).map(([id, value]) => [id, Number.isNaN(value) ? null : value]);
  return {
    bets: Object.fromEntries(named) as Record<string, number | null>,
    confidence: { ...confidence },
    orders: Object.fromEntries(Object.entries(orders).map(([id, order]) => [id, [...order]])),
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { ...outcome }])),
    quizzes: Object.fromEntries(
      Object.entries(quizzes).map(([id, { given, right }]) => [id, { given: [...given], right }]),
    ),
  };
}
