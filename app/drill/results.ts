import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { safeStorage } from '../stores/safeStorage.ts';

/** How a drill went in this browser. */
export interface DrillScore {
  total: number;
  max: number;
  pass: boolean | null;
  seed: number;
  /** ISO 8601. */
  at: string;
}

interface DrillScores {
  /** The best by id of drill. */
  best: Readonly<Record<string, DrillScore>>;
  /** How often each was finished. */
  times: Readonly<Record<string, number>>;
  add: (drill: string, score: DrillScore) => void;
}

/** The best scores of this browser, and which drills were finished: their cards are in the review deck. */
export const useDrillScores = create<DrillScores>()(
  persist(
    (set) => ({
      best: {},
      times: {},
      add: (drill, score) =>
        set(({ best, times }) => ({
          best: isBetter(score, best[drill]) ? { ...best, [drill]: score } : best,
          times: { ...times, [drill]: (times[drill] ?? 0) + 1 },
        })),
    }),
    {
      name: 'hotpath.drills',
      version: 1,
      storage: createJSONStorage(safeStorage),
      partialize: ({ best, times }) => ({ best, times }),
      merge: (stored, initial) => ({ ...initial, ...readScores(stored) }),
    },
  ),
);

function isBetter(score: DrillScore, than: DrillScore | undefined): boolean {
  return than === undefined || score.total / score.max >= than.total / than.max;
}

/** What can be used of stored scores, whatever wrote them. */
export function readScores(stored: unknown): Pick<DrillScores, 'best' | 'times'> {
  const found = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>;
  const best: Record<string, DrillScore> = {};
  const times: Record<string, number> = {};
  for (const [id, value] of entriesOf(found.best)) {
    const { total, max, pass, seed, at } = (typeof value === 'object' && value !== null ? value : {}) as Record<
      string,
      unknown
    >;
    if (typeof total !== 'number' || typeof max !== 'number' || !(max > 0) || typeof seed !== 'number') continue;
    best[id] = {
      total,
      max,
      seed,
      pass: typeof pass === 'boolean' ? pass : null,
      at: typeof at === 'string' ? at : '',
    };
  }
  for (const [id, count] of entriesOf(found.times)) if (typeof count === 'number' && count > 0) times[id] = count;
  return { best, times };
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([name]) => /^[a-z0-9][a-z0-9-]{0,59}$/.test(name));
}

/** A name for this browser that says nothing of the person: whoever comes back gets the same variant of a drill. */
export function learnerId(): string {
  const storage = safeStorage();
  const known = storage.getItem('hotpath.learner') as string | null;
  if (known !== null && /^[a-z0-9]{4,20}$/.test(known)) return known;
  const fresh = Math.random().toString(36).slice(2, 12).padEnd(6, '0');
  storage.setItem('hotpath.learner', fresh);
  return fresh;
}
