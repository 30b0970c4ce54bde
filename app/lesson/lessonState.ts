import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Stage } from '../stage/Stage.ts';
import type { Measured, Span } from './measure.ts';
import type { QuantityKind } from './quantities.ts';

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
  /** Whether it runs as the lesson has it: no control has been turned. */
  isOwn: () => boolean;
}

/** What a bet is about. */
export interface Question {
  /** Id of the figure; the last one that began where it names none. */
  of?: string;
  metric: string;
  /** What the numbers are, and what is counted. */
  kind?: QuantityKind;
  unit?: string;
  /** The stretch that decides. */
  span?: Span;
}

/** What the parts of one lesson know of each other: the runs on the page, and what was answered. */
export interface LessonState extends LessonRecord {
  /** In order of appearance. */
  runs: readonly LessonRun[];
  /** The values that decided a bet, by its id. Whatever is run after that, they stay. */
  decided: Readonly<Record<string, readonly number[]>>;
  /** The bets on the page, by their id. */
  questions: Readonly<Record<string, Question>>;
  ask: (id: string, question: Question) => void;
  addRun: (id: string, run: Measured, stage?: Stage) => void;
  removeRun: (id: string) => void;
  placeBet: (id: string, value: number) => void;
  placeOrder: (id: string, order: readonly number[]) => void;
  setConfidence: (id: string, confidence: Confidence) => void;
  decide: (id: string, values: readonly number[]) => void;
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
    decided: {},
    questions: {},
    ask: (id, question) => set(({ questions }) => ({ questions: { ...questions, [id]: question } })),
    addRun: (id, run, stage) =>
      set(({ runs }) => ({
        runs: [...runs.filter((other) => other.id !== id), { id, run, stage, isOwn: ownOf(stage) }],
      })),
    removeRun: (id) => set(({ runs }) => ({ runs: runs.filter((other) => other.id !== id) })),
    placeBet: (id, value) => set(({ bets }) => ({ bets: { ...bets, [id]: value } })),
    placeOrder: (id, order) => set(({ orders }) => ({ orders: { ...orders, [id]: order } })),
    setConfidence: (id, value) => set(({ confidence }) => ({ confidence: { ...confidence, [id]: value } })),
    decide: (id, values) =>
      set(({ decided }) => (Object.hasOwn(decided, id) ? {} : { decided: { ...decided, [id]: values } })),
    settle: (id, outcome) =>
      set(({ outcomes }) => (Object.hasOwn(outcomes, id) ? {} : { outcomes: { ...outcomes, [id]: outcome } })),
    answerQuiz: (id, answer) => set(({ quizzes }) => ({ quizzes: { ...quizzes, [id]: answer } })),
    takeBack: (id) =>
      set(({ bets, orders, confidence, outcomes, decided }) => ({
        decided: without(decided, id),
        bets: without(bets, id),
        orders: without(orders, id),
        confidence: without(confidence, id),
        outcomes: without(outcomes, id),
      })),
  }));
}

/** Tells a figure as it is now from one in which something has been turned. */
function ownOf(stage: Stage | undefined): () => boolean {
  if (stage === undefined) return () => true;
  const { patch, seed } = stage.store.getState();
  return () => {
    const now = stage.store.getState();
    return now.patch === patch && now.seed === seed && now.actions.length === 0;
  };
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

/** The id of the figure that is meant: the one named, else the last that began. Undefined while there is none. */
export function useRunId(of: string | undefined): string | undefined {
  return useLesson(({ runs }) => of ?? runs.at(-1)?.id);
}

function without<T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== id));
}
