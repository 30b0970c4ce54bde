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
import { progressStorage } from './progressStorage.ts';

/** Where progress is kept, and where what could not be read is kept. */
export const progressKey = 'hotpath.progress';
const asideKey = 'hotpath.progress.aside';

/** A stored text that this version could not read whole. */
export interface SetAside {
  text: string;
  /** In words. */
  problem: string;
}

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
  /** Another tab has written: takes over what is stored now. */
  refresh: () => void;
  /** The file to hand out. */
  exportText: () => string;
  /** Adds a file to what is here. @returns what is wrong with it, in words; empty where nothing is. */
  importText: (text: string) => string;
  /** Forgets what was set aside. */
  dropAside: () => void;
}

/**
 * A store of progress. Each change is made to what is stored at that moment and written at once, so that several tabs of one
 * browser add to each other.
 */
export function createProgress(storage: StateStorage): StoreApi<ProgressState> {
  const store = createStore<ProgressState>()((set, get) => {
    let known: string | null = null;
    const takeOver = (): Progress => {
      const text = storage.getItem(progressKey) as string | null;
      if (text === known) return get().progress;
      known = text;
      const read = text === null ? { progress: emptyProgress, problem: '' } : readProgress(text);
      if (text !== null && read.problem !== '') {
        set(({ aside }) => ({ aside: setAside(storage, aside, { text, problem: read.problem }) }));
        // What another tab spoilt is still whole in this one.
        set(({ progress }) => ({ progress: mergeProgress(read.progress, progress) }));
      } else {
        set({ progress: read.progress });
      }
      return get().progress;
    };
    const change = (update: (before: Progress) => Progress) => {
      const progress = update(takeOver());
      known = writeProgress(progress);
      storage.setItem(progressKey, known);
      set({ progress });
    };
    const withLesson = (id: string, update: (before: LessonProgress) => LessonProgress, last?: string) =>
      change((progress) => ({
        ...progress,
        lessons: { ...progress.lessons, [id]: update(progress.lessons[id] ?? freshLesson) },
        ...(last === undefined ? {} : { last }),
      }));
    return {
      progress: emptyProgress,
      aside: readAside(storage.getItem(asideKey) as string | null),
      open: (lesson) => withLesson(lesson, (before) => before, lesson),
      keep: (lesson, changes) => withLesson(lesson, (before) => withChanges(before, changes)),
      finish: (lesson, done) => withLesson(lesson, (before) => ({ ...before, state: done ? 'done' : 'begun' })),
      refresh: takeOver,
      exportText: () => writeProgress(takeOver()),
      importText: (given) => {
        const { progress, problem } = readProgress(given);
        if (problem !== '' && Object.keys(progress.lessons).length === 0) return problem;
        change((own) => mergeProgress(own, progress));
        return problem;
      },
      dropAside: () => {
        storage.removeItem(asideKey);
        set({ aside: [] });
      },
    };
  });
  store.getState().refresh();
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

function setAside(storage: StateStorage, aside: readonly SetAside[], one: SetAside): readonly SetAside[] {
  if (aside.some(({ text }) => text === one.text)) return aside;
  const all = [...aside, one];
  storage.setItem(asideKey, JSON.stringify(all));
  return all;
}

function readAside(text: string | null): SetAside[] {
  try {
    const value: unknown = text === null ? [] : JSON.parse(text);
    return Array.isArray(value) ? value.filter((one): one is SetAside => typeof one?.text === 'string') : [];
  } catch {
    // What was set aside is itself no JSON: it stays as it is.
    return [{ text: text ?? '', problem: 'it is no JSON' }];
  }
}

let here: StoreApi<ProgressState> | undefined;

/** The progress of this browser; made when it is first asked for, and kept in step with its other tabs. */
export function ownProgress(): StoreApi<ProgressState> {
  if (here !== undefined) return here;
  const made = createProgress(progressStorage());
  here = made;
  window.addEventListener('storage', ({ key }) => {
    // Null stands for everything at once.
    if (key === progressKey || key === null) made.getState().refresh();
  });
  return made;
}
