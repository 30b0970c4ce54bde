import { expect, it } from 'vitest';
import { createLessonState } from '../../lesson/lessonState.ts';
import { answerPlace } from './answerPlace.ts';
import { createLessonHost } from './lessonHost.ts';
import { type LessonPlace, lessonPlaces } from './lessonPlaces.ts';
import { lessonSteps } from './lessonSteps.ts';

const Figure = (_props: { id: string }) => null;
const Bet = (_props: { id: string; options?: readonly unknown[] }) => null;
const Order = (_props: { id: string; items: readonly unknown[] }) => null;
const Quiz = (_props: { id: string; options: readonly unknown[] }) => null;
const Box = ({ children }: { children: React.ReactNode }) => children;
const named = new Map<unknown, LessonPlace['kind']>([
  [Figure, 'figure'],
  [Bet, 'bet'],
  [Order, 'order'],
  [Quiz, 'quiz'],
]);
const text = (
  <>
    <p>Before the first heading</p>
    <h2>One</h2>
    <Figure id="calm" />
    <Box>
      <Bet id="reads" options={[10, { value: 200, label: 'many' }]} />
    </Box>
    <h2>Two</h2>
    <Bet id="any" />
    <Order id="which" items={['a', 'b', 'c']} />
    <Quiz id="one" options={[{ text: 'no' }, { text: 'yes', right: true }]} />
    <Quiz id="several" options={[{ right: true }, {}, { right: true }]} />
  </>
);
const places = lessonPlaces(lessonSteps(text, 'h2'), named);

it('finds what has a name, also inside of boxes, and the part it stands in', () => {
  expect([...places].map(([id, { kind, part, element }]) => [id, kind, part, element])).toEqual([
    ['calm', 'figure', 2, 'figure-calm'],
    ['reads', 'bet', 2, 'bet-reads'],
    ['any', 'bet', 3, 'bet-any'],
    ['which', 'order', 3, 'bet-which'],
    ['one', 'quiz', 3, 'quiz-one'],
    ['several', 'quiz', 3, 'quiz-several'],
  ]);
});

function answering() {
  const state = createLessonState();
  const host = createLessonHost({ send: () => {}, sendPrivate: () => {} }, false);
  const answer = (id: string, value: unknown) => answerPlace(state, host, id, places.get(id) as LessonPlace, value);
  return { state, host, answer };
}

it('answers as a press would', () => {
  const { state, host, answer } = answering();
  answer('reads', 200);
  answer('any', 7.5);
  answer('which', [2, 0, 1]);
  answer('one', 0);
  answer('several', [2, 0]);
  expect(state.getState()).toMatchObject({
    bets: { reads: 200, any: 7.5 },
    orders: { which: [2, 0, 1] },
    quizzes: { one: { given: [0], right: false }, several: { given: [0, 2], right: true } },
  });
  expect(Object.keys(host.answered.getState())).toEqual(['one', 'several']);
});

it.each([
  ['calm', 1, 'bad-id'],
  ['reads', 11, 'bad-answer'],
  ['reads', '200', 'bad-answer'],
  ['any', '7', 'bad-answer'],
  ['which', [0, 1], 'bad-answer'],
  ['which', [0, 1, 1], 'bad-answer'],
  ['which', [0, 1, 3], 'bad-answer'],
  ['one', [0, 1], 'bad-answer'],
  ['one', [], 'bad-answer'],
  ['one', 2, 'bad-answer'],
  ['several', ['0'], 'bad-answer'],
])('%s does not take %j, as no press could give it', (id, value, code) => {
  const { state, answer } = answering();
  expect(() => answer(id, value)).toThrow(expect.objectContaining({ code }));
  expect(state.getState()).toMatchObject({ bets: {}, orders: {}, quizzes: {} });
});

it('takes one answer to a question', () => {
  const { answer } = answering();
  answer('one', 1);
  answer('reads', 10);
  expect(() => answer('one', 0)).toThrow(expect.objectContaining({ code: 'placed' }));
  expect(() => answer('reads', 200)).toThrow(expect.objectContaining({ code: 'placed' }));
});
