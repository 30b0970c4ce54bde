import { type ReactNode, useState } from 'react';
import { createLessonState, LessonContext } from './lessonState.ts';

/** Lets the figures and the bets of one lesson find each other. */
export function LessonProvider({ children }: { children: ReactNode }) {
  const [state] = useState(createLessonState);
  return <LessonContext value={state}>{children}</LessonContext>;
}
