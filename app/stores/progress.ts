import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StateStorage } from 'zustand/middleware';
import {
  emptyProgress,
  type LessonProgress,
  mergeProgress,
  type Progress,
  readProgress,
  writeProgress,
} from './progressSchema.ts';
import { safeStorage } from './safeStorage.ts';

/** Where progress is kept, and where what could not be read is kept. */
export const progressKey = 'hotpath.progress';
const asideKey = 'hotpath.progress.aside';

/** A stored text that this version could not read whole. */
export interface SetAside {
  text: string;
  /** In words. */
  problem: string;
}

/** The progress of this browser through the course, and what is done with it. */
export interface ProgressState {
  progress: Progress;
  /** What could not be read, oldest first. Nothing of it is lost. */
  aside: readonly SetAside[];
  /** A lesson was opened. */
  open: (lesson: string) => void;
  /** Answers of a lesson, a part of its record. */
  keep: (lesson: string, record: Partial<LessonProgress>) => void;
  finish: (lesson: string, done: boolean) => void;
  /** The file to hand out. */
  exportText: () => string;
  /** Adds a file to what is here. @returns what is wrong with it, in words; empty where nothing is. */
  importText: (text: string) => string;
  /** Forgets what was set aside. */
  dropAside: () => void;
}

/** A store of progress. Read when it is made; written at each change. */
export function createProgress(storage: StateStorage): StoreApi<ProgressState> {
  const text = storage.getItem(progressKey) as string | null;
  const read = text === null ? { progress: emptyProgress, problem: '' } : readProgress(text);
  let aside = readAside(storage.getItem(asideKey) as string | null);
  if (text !== null && read.problem !== '' && aside.every((one) => one.text !== text)) {
    aside = [...aside, { text, problem: read.problem }];
    storage.setItem(asideKey, JSON.stringify(aside));
  }
  return createStore<ProgressState>()((set, get) => {
    const change = (progress: Progress) => {
      set({ progress });
      storage.setItem(progressKey, writeProgress(progress));
    };
    const withLesson = (id: string, changes: Partial<LessonProgress>, last?: string) => {
      const { progress } = get();
      const before = progress.lessons[id] ?? freshLesson;
      const lessons = { ...progress.lessons, [id]: { ...before, ...changes } };
      change({ ...progress, lessons, ...(last === undefined ? {} : { last }) });
    };
    return {
      progress: read.progress,
      aside,
      open: (lesson) => withLesson(lesson, {}, lesson),
      keep: (lesson, record) => withLesson(lesson, record),
      finish: (lesson, done) => withLesson(lesson, { state: done ? 'done' : 'begun' }),
      exportText: () => writeProgress(get().progress),
      importText: (given) => {
        const { progress, problem } = readProgress(given);
        if (problem !== '' && Object.keys(progress.lessons).length === 0) return problem;
        change(mergeProgress(get().progress, progress));
        return problem;
      },
      dropAside: () => {
        storage.removeItem(asideKey);
        set({ aside: [] });
      },
    };
  });
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

/** The progress of this browser; made when it is first asked for. */
export function ownProgress(): StoreApi<ProgressState> {
  here ??= createProgress(safeStorage());
  return here;
}
