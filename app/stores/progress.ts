import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StateStorage } from 'zustand/middleware';
import {
  type AnswerField,
  answerFields,
  emptyProgress,
  type LessonProgress,
  mergeProgress,
  type Progress,
  readProgress,
  writeProgress,
} from './progressSchema.ts';
import { safeStorage } from './safeStorage.ts';
import { readAside, type SetAside } from './setAside.ts';
import { sharedText } from './sharedText.ts';

/** Where progress is kept, and where what could not be read is kept. */
export const progressKey = 'hotpath.progress';
const asideKey = 'hotpath.progress.aside';

/** What becomes of the answers of a lesson: each field by the id of its question; undefined forgets that answer. */
export type LessonChanges = Partial<Pick<LessonProgress, 'section'>> & {
  [F in AnswerField]?: Record<string, LessonProgress[F][string] | undefined>;
};

/** The progress of this browser through the course, and what is done with it. */
export interface ProgressState {
  progress: Progress;
  /** What could not be read, oldest first. Nothing of it is lost. */
  aside: readonly SetAside[];
  /** A lesson was opened. */
  open: (lesson: string) => void;
  /** What changed in a lesson. Answers that are not named stay as they are stored. */
  keep: (lesson: string, changes: LessonChanges) => void;
  finish: (lesson: string, done: boolean) => void;
  /** The file to hand out. */
  exportText: () => string;
  /** Adds a file to what is here. @returns what is wrong with it, in words; empty where nothing is. */
  importText: (text: string) => string;
  /** Forgets what `aside` names. */
  dropAside: () => void;
}

/**
 * A store of progress. Each change is made to what is stored at that moment and written at once, so that several tabs of one
 * browser add to each other.
 */
export function createProgress(storage: StateStorage): StoreApi<ProgressState> {
  const store = createStore<ProgressState>()((_set, get) => ({
    progress: emptyProgress,
    aside: [],
    open: (lesson) => withLesson(lesson, (before) => before, lesson),
    keep: (lesson, changes) => withLesson(lesson, (before) => withChanges(before, changes)),
    finish: (lesson, done) => withLesson(lesson, (before) => ({ ...before, state: done ? 'done' : 'begun' })),
    exportText: () => {
      stored.refresh();
      return writeProgress(get().progress);
    },
    importText: (given) => {
      const { progress, problem } = readProgress(given);
      if (problem !== '' && Object.keys(progress.lessons).length === 0) return problem;
      change((own) => mergeProgress(own, progress));
      return problem;
    },
    dropAside: () => {
      const shown = get().aside;
      storedAside.refresh();
      // What another tab has just set aside was not shown here.
      putAside(get().aside.filter(({ text }) => !shown.some((one) => one.text === text)));
    },
  }));
  const storedAside = sharedText(storage, asideKey, (text) => store.setState({ aside: readAside(text) }));
  const putAside = (aside: readonly SetAside[]) => {
    storedAside.write(aside.length === 0 ? null : JSON.stringify(aside));
    store.setState({ aside });
  };
  const setAside = (one: SetAside) => {
    storedAside.refresh();
    const { aside } = store.getState();
    if (!aside.some(({ text }) => text === one.text)) putAside([...aside, one]);
  };
  const stored = sharedText(storage, progressKey, (text) => {
    const { progress, problem } = text === null ? { progress: emptyProgress, problem: '' } : readProgress(text);
    if (text !== null && problem !== '') setAside({ text, problem });
    // What another tab spoilt is still whole in this one.
    store.setState({ progress: problem === '' ? progress : mergeProgress(progress, store.getState().progress) });
  });
  const change = (update: (before: Progress) => Progress) =>
    stored.change(() => {
      const progress = update(store.getState().progress);
      store.setState({ progress });
      return writeProgress(progress);
    });
  const withLesson = (id: string, update: (before: LessonProgress) => LessonProgress, last?: string) =>
    change((progress) => ({
      ...progress,
      lessons: { ...progress.lessons, [id]: update(progress.lessons[id] ?? freshLesson) },
      ...(last === undefined ? {} : { last }),
    }));
  return store;
}

const freshLesson: LessonProgress = {
  state: 'begun',
  section: 0,
  bets: {},
  confidence: {},
  orders: {},
  outcomes: {},
  quizzes: {},
};

function withChanges(before: LessonProgress, { section = before.section, ...answers }: LessonChanges): LessonProgress {
  const merged = answerFields.map((field) => {
    const entries = Object.entries({ ...before[field], ...answers[field] });
    return [field, Object.fromEntries(entries.filter(([, answer]) => answer !== undefined))];
  });
  return { ...before, section, ...Object.fromEntries(merged) };
}

let here: StoreApi<ProgressState> | undefined;

/** The progress of this browser; made when it is first asked for, and kept in step with its other tabs. */
export function ownProgress(): StoreApi<ProgressState> {
  here ??= createProgress(safeStorage());
  return here;
}
