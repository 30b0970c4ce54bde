import { createContext, useContext, useSyncExternalStore } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Stage } from '../stage/Stage.ts';
import type { Measured, Span } from './measure.ts';

/** How sure a person says to be of a bet. */
export const confidences = ['unsure', 'fairly', 'certain'] as const;
/** One of {@link confidences}. */
export type Confidence = (typeof confidences)[number];

/** What was chosen in a quiz: places of the options, and whether the first answer was right. */
export interface QuizAnswer {
  given: readonly number[];
  right: boolean;
}

/** How a bet came out: the measured value, and whether it was right, near or off. */
export interface BetOutcome {
  measured: number;
  verdict: 'right' | 'near' | 'off';
}

/** What a person did in one lesson, by the id of the question. It is kept between visits. */
export interface LessonRecord {
  /** NaN stands for no bet: the person would rather see. */
  bets: Readonly<Record<string, number>>;
  confidence: Readonly<Record<string, Confidence>>;
  /** Items in the order of the bet, each by its place in the question. */
  orders: Readonly<Record<string, readonly number[]>>;
  outcomes: Readonly<Record<string, BetOutcome>>;
  quizzes: Readonly<Record<string, QuizAnswer>>;
}

/** A figure of the lesson, as the words around it know it. */
export interface LessonRun {
  id: string;
  run: Measured;
  /** Absent in tests of what only measures. */
  stage?: Stage;
}

/** What a bet is about. */
export interface Question {
  /** Id of the figure; the last one that began where it names none. */
  of?: string;
  metric: string;
}

/** What the parts of one lesson know of each other: the runs on the page, and what was answered. */
export interface LessonState extends LessonRecord {
  /** In order of appearance. */
  runs: readonly LessonRun[];
  /** The bets on the page, by their id. */
  questions: Readonly<Record<string, Question>>;
  ask: (id: string, question: Question) => void;
  addRun: (id: string, run: Measured, stage?: Stage) => void;
  removeRun: (id: string) => void;
  placeBet: (id: string, value: number) => void;
  placeOrder: (id: string, order: readonly number[]) => void;
  setConfidence: (id: string, confidence: Confidence) => void;
  settle: (id: string, outcome: BetOutcome) => void;
  answerQuiz: (id: string, answer: QuizAnswer) => void;
  /** Forgets a bet, so that it can be placed anew. */
  takeBack: (id: string) => void;
}

/** Nothing answered yet. */
export const emptyRecord: LessonRecord = { bets: {}, confidence: {}, orders: {}, outcomes: {}, quizzes: {} };

/** A new lesson's state, with what is kept from earlier visits. */
export function createLessonState(kept: LessonRecord = emptyRecord): StoreApi<LessonState> {
  return createStore<LessonState>()((set) => ({
    ...kept,
    runs: [],
    questions: {},
    ask: (id, question) => set(({ questions }) => ({ questions: { ...questions, [id]: question } })),
    addRun: (id, run, stage) =>
      set(({ runs }) => ({ runs: [...runs.filter((other) => other.id !== id), { id, run, stage }] })),
    removeRun: (id) => set(({ runs }) => ({ runs: runs.filter((other) => other.id !== id) })),
    placeBet: (id, value) => set(({ bets }) => ({ bets: { ...bets, [id]: value } })),
    placeOrder: (id, order) => set(({ orders }) => ({ orders: { ...orders, [id]: order } })),
    setConfidence: (id, value) => set(({ confidence }) => ({ confidence: { ...confidence, [id]: value } })),
    settle: (id, outcome) =>
      set(({ outcomes }) => (Object.hasOwn(outcomes, id) ? {} : { outcomes: { ...outcomes, [id]: outcome } })),
    answerQuiz: (id, answer) => set(({ quizzes }) => ({ quizzes: { ...quizzes, [id]: answer } })),
    takeBack: (id) =>
      set(({ bets, orders, confidence, outcomes }) => ({
        bets: without(bets, id),
        orders: without(orders, id),
        confidence: without(confidence, id),
        outcomes: without(outcomes, id),
      })),
  }));
}

/** Whether a question has been answered, or passed over. */
export function isPlaced({ bets, orders }: Pick<LessonRecord, 'bets' | 'orders'>, id: string): boolean {
  return Object.hasOwn(bets, id) || Object.hasOwn(orders, id);
}

/** Provided by the frame of the lesson. */
export const LessonContext = createContext<StoreApi<LessonState> | undefined>(undefined);

/** Reads from the lesson around. @throws outside a lesson. */
export function useLesson<T>(select: (state: LessonState) => T): T {
  const store = useContext(LessonContext);
  if (store === undefined) throw new Error('This component stands in a lesson only.');
  return useStore(store, select);
}

/** The figure of this id; without one, the last that began. Undefined while there is none. */
export function useRun(of: string | undefined): LessonRun | undefined {
  return useLesson(({ runs }) => (of === undefined ? runs.at(-1) : runs.find(({ id }) => id === of)));
}

const unsubscribed = () => () => {};

/**
 * The value of a metric in a run of this lesson, as it changes.
 * @param of the id of the figure; without it, the last one that began. @param span see {@link Measured}.
 * @returns undefined while there is no such run, or nothing is known yet.
 */
export function useMeasured(metric: string, of?: string, span?: Span): number | undefined {
  const run = useRun(of)?.run;
  return useSyncExternalStore(
    run ? (listener) => run.subscribe(listener) : unsubscribed,
    () => run?.measure(metric, span),
    () => undefined,
  );
}

/** One of several measurements that are wanted together. */
export interface Wanted {
  of?: string;
  answer: string;
  span?: Span;
}

/** The values of several metrics in runs of this lesson, as they change; undefined for what is not known yet. */
export function useMeasuredAll(wanted: readonly Wanted[]): (number | undefined)[] {
  const runs = useLesson((state) => state.runs);
  const find = (of: string | undefined) => (of === undefined ? runs.at(-1) : runs.find(({ id }) => id === of))?.run;
  const values = useSyncExternalStore(
    (listener) => {
      const stops = runs.map(({ run }) => run.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    // As text, so that the same values are the same snapshot.
    () => wanted.map(({ of, answer, span }) => find(of)?.measure(answer, span) ?? '').join(' '),
    () => '',
  );
  const parts = values.split(' ');
  return wanted.map((_, index) => (parts[index] ? Number(parts[index]) : undefined));
}

function without<T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== id));
}
