import type { AnswerValue, DrillQuestion } from './Drill.ts';

/** How many times too large or too small a number is, from 1; Infinity where one is 0 or they differ in sign. */
export function ratioOf(given: number, truth: number): number {
  if (given === truth) return 1;
  const ratio = given / truth;
  if (!Number.isFinite(ratio) || ratio <= 0) return Number.POSITIVE_INFINITY;
  return ratio < 1 ? 1 / ratio : ratio;
}

/**
 * Points for an answer, by its question and what is right: of numbers all within `accept.factor` times and half within
 * `accept.half` times; of an order all, or half where one pair of neighbours is the wrong way round. Text brings none.
 */
export function answerPoints(
  question: DrillQuestion,
  given: AnswerValue | undefined,
  truth: AnswerValue | undefined,
): number {
  const { points, answer, accept } = question;
  if (given === undefined || truth === undefined || answer.type === 'text') return 0;
  if (answer.type === 'choice') return given === truth ? points : 0;
  if (answer.type === 'number') {
    if (typeof given !== 'number' || typeof truth !== 'number') return 0;
    const ratio = ratioOf(given, truth);
    return ratio <= accept.factor ? points : ratio <= accept.half ? points / 2 : 0;
  }
  if (!Array.isArray(given) || !Array.isArray(truth) || given.length !== truth.length) return 0;
  const places = given.map((id) => truth.indexOf(id));
  if (places.includes(-1) || new Set(places).size < places.length) return 0;
  let wrong = 0;
  for (let right = 1; right < places.length; right++)
    for (let left = 0; left < right; left++) if (places[left] > places[right]) wrong++;
  return wrong === 0 ? points : wrong === 1 && places.length > 2 ? points / 2 : 0;
}
