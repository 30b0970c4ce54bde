import type { LessonState, Question } from './lessonState.ts';

/** The bets that stand on a figure, each with its question; those who would rather see have none. */
export function betsOn(
  { questions, bets, runs }: Pick<LessonState, 'questions' | 'bets' | 'runs'>,
  figure: string,
): [id: string, question: Question][] {
  const isLast = runs.at(-1)?.id === figure;
  return Object.entries(questions).filter(
    ([id, { of }]) => (of === undefined ? isLast : of === figure) && Number.isFinite(bets[id]),
  );
}
