import type { StoreApi } from 'zustand';
import { isPlaced, type LessonState } from '../../lesson/lessonState.ts';
import { Refusal } from '../host/Refusal.ts';
import type { LessonHost } from './lessonHost.ts';
import type { LessonPlace } from './lessonPlaces.ts';

/**
 * Answers a question of a lesson as a press would: a bet on a number, an order (places of the items, from 0) or a quiz
 * (places of the options). @throws Refusal for what cannot be chosen by hand either.
 */
export function answerPlace(
  store: StoreApi<LessonState>,
  { answered }: LessonHost,
  id: string,
  { kind, values, count, right }: LessonPlace,
  value: unknown,
): { id: string; value: unknown } {
  const state = store.getState();
  if (kind === 'figure') throw new Refusal('bad-id', `“${id}” is a figure and asks nothing.`);
  if (kind === 'quiz' ? Object.hasOwn(state.quizzes, id) : isPlaced(state, id))
    throw new Refusal('placed', 'That was answered already.');
  if (kind === 'bet') {
    if (typeof value !== 'number' || (values !== undefined && !values.includes(value)))
      throw new Refusal('bad-answer', `Expected ${values === undefined ? 'a number' : `one of ${values.join(', ')}`}.`);
    state.placeBet(id, value);
    return { id, value };
  }
  const given = [value].flat();
  if (!arePlaces(given, count)) throw new Refusal('bad-answer', `Expected places from 0 to ${count - 1}, each once.`);
  if (kind === 'order') {
    if (given.length !== count) throw new Refusal('bad-answer', `Expected all ${count} places, in an order.`);
    state.placeOrder(id, given);
    return { id, value: given };
  }
  if (given.length === 0 || (right.length === 1 && given.length > 1))
    throw new Refusal('bad-answer', 'Expected the place of one option.');
  const chosen = given.sort((a, b) => a - b);
  state.answerQuiz(id, { given: chosen, right: chosen.join() === right.join() });
  answered.setState({ [id]: true });
  return { id, value: chosen };
}

function arePlaces(given: unknown[], count: number): given is number[] {
  const all = new Set(given);
  return (
    all.size === given.length &&
    given.every((place) => typeof place === 'number' && Number.isInteger(place) && place >= 0 && place < count)
  );
}
