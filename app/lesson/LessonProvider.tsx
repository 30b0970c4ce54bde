import { type ReactNode, useEffect, useState } from 'react';
import type { StoreApi } from 'zustand';
import { type LessonChanges, ownProgress } from '../stores/progress.ts';
import { answerFields } from '../stores/progressSchema.ts';
import { createLessonState, emptyRecord, LessonContext, type LessonRecord, type LessonState } from './lessonState.ts';

/**
 * Lets the figures and the bets of one lesson find each other, and keeps what is answered.
 * @param lesson the slug under which answers are kept; nothing is kept without it.
 */
export function LessonProvider({ lesson, children }: { lesson?: string; children: ReactNode }) {
  const [state] = useState(() => createLessonState(lesson === undefined ? undefined : keptRecord(lesson)));
  useEffect(() => (lesson === undefined ? undefined : keepInStep(lesson, state)), [lesson, state]);
  return <LessonContext value={state}>{children}</LessonContext>;
}

/** What is answered here is kept, and what is answered in another tab appears here. @returns how to stop that. */
function keepInStep(lesson: string, state: StoreApi<LessonState>): () => void {
  const progress = ownProgress();
  let isTakingOver = false;
  const stopKeeping = state.subscribe((now, before) => {
    if (isTakingOver || answerFields.every((field) => now[field] === before[field])) return;
    progress.getState().keep(lesson, changesBetween(storedRecord(before), storedRecord(now)));
  });
  const stopTaking = progress.subscribe(() => {
    const kept = keptRecord(lesson) ?? emptyRecord;
    if (JSON.stringify(storedRecord(kept)) === JSON.stringify(storedRecord(state.getState()))) return;
    isTakingOver = true;
    state.setState(kept);
    isTakingOver = false;
  });
  return () => {
    stopKeeping();
    stopTaking();
  };
}

/** Only what differs, so that nothing else in the storage is touched. */
function changesBetween(before: StoredRecord, now: StoredRecord): LessonChanges {
  const changed = answerFields.map((field) => {
    const ids = [...new Set([...Object.keys(before[field]), ...Object.keys(now[field])])];
    const differs = (id: string) => JSON.stringify(before[field][id]) !== JSON.stringify(now[field][id]);
    return [field, Object.fromEntries(ids.filter(differs).map((id) => [id, now[field][id]]))];
  });
  return Object.fromEntries(changed) as LessonChanges;
}

function keptRecord(lesson: string): LessonRecord | undefined {
  const kept = ownProgress().getState().progress.lessons[lesson];
  if (kept === undefined) return undefined;
  const { bets, confidence, orders, outcomes, quizzes } = kept;
  // JSON has no NaN: a bet that was passed over is null there.
  const named = Object.entries(bets).map(([id, value]) => [id, value ?? Number.NaN]);
  return { bets: Object.fromEntries(named) as Record<string, number>, confidence, orders, outcomes, quizzes };
}

type StoredRecord = ReturnType<typeof storedRecord>;

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
