import { create } from 'zustand';
import type { StateStorage } from 'zustand/middleware';
import { safeStorage } from '../stores/safeStorage.ts';
import { sharedText } from '../stores/sharedText.ts';

/** Where scores are kept, and where text goes that could not be read. */
export const scoresKey = 'hotpath.drills';
const asideKey = 'hotpath.drills.damaged';

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

/** A store of scores. Each is added to what is stored at that moment, so that several tabs of one browser add to each other. */
export function createDrillScores(storage: StateStorage) {
  const store = create<DrillScores>()(() => ({
    best: {},
    times: {},
    add: (drill, score) =>
      stored.change(() => {
        const { best, times } = store.getState();
        const next = {
          best: isBetter(score, best[drill]) ? { ...best, [drill]: score } : best,
          times: { ...times, [drill]: (times[drill] ?? 0) + 1 },
        };
        store.setState(next);
        return JSON.stringify({ state: next, version: 1 });
      }),
  }));
  const stored = sharedText(storage, scoresKey, (text) => {
    const state = text === null ? {} : stateOf(text);
    // What another tab spoilt is still whole in this one, and what was stored is kept beside it.
    if (state === undefined) storage.setItem(asideKey, text ?? '');
    else store.setState(readScores(state));
  });
  return store;
}

/** The best scores of this browser, and which drills were finished: their cards are in the review deck. */
export const useDrillScores = createDrillScores(safeStorage());

function stateOf(text: string): unknown {
  try {
    const state = (JSON.parse(text) as { state?: unknown } | null)?.state;
    return typeof state === 'object' && state !== null ? state : undefined;
  } catch {
    return undefined;
  }
}

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
