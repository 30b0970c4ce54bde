import { createContext, use } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Outlet } from '../Unit.ts';

/** What the parts of an embedded lesson need of the embed around them. */
export interface LessonHost {
  outlet: Outlet;
  /** Figures run by themselves on arrival. */
  autoplay: boolean;
  /** Quizzes that were answered by a message: they show it only when they begin anew. */
  answered: StoreApi<Readonly<Record<string, true>>>;
}

/** A host for one lesson. */
export function createLessonHost(outlet: Outlet, autoplay: boolean): LessonHost {
  return { outlet, autoplay, answered: createStore<Readonly<Record<string, true>>>(() => ({})) };
}

/** Provided around an embedded lesson. */
export const LessonHostContext = createContext<LessonHost | null>(null);

/** The host around. @throws outside an embedded lesson. */
export function useLessonHost(): LessonHost {
  const host = use(LessonHostContext);
  if (host === null) throw new Error('This component stands in an embedded lesson only.');
  return host;
}
