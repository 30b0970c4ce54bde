import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type LoadedScenario, loadScenario } from '../content/scenarios.ts';
import { openStage, type Stage, type StageOptions } from './Stage.ts';
import type { StageState } from './StageState.ts';

/** A library scenario being fetched: itself, or why it cannot be had. */
export type Loaded = LoadedScenario | { problem: string } | null;

/** Fetches a scenario of the library by its id. */
export function useScenario(id: string): Loaded {
  const [arrived, setArrived] = useState<{ id: string; loaded: Loaded }>({ id: '', loaded: null });
  useEffect(() => {
    let current = true;
    const arrive = (loaded: Loaded) => current && setArrived({ id, loaded });
    loadScenario(id).then(
      (found) => arrive(found ?? { problem: `There is no scenario called “${id}” in the library.` }),
      () => arrive({ problem: 'The scenario could not be fetched. Check the connection and load the page again.' }),
    );
    return () => {
      current = false;
    };
  }, [id]);
  return arrived.id === id ? arrived.loaded : null;
}

/** A stage that lives as long as the component; null until there is something to run. */
export function useStage(options: StageOptions | null): Stage | null {
  const [stage, setStage] = useState<Stage | null>(null);
  useEffect(() => {
    if (options === null) return undefined;
    let created: Stage | null = null;
    let left = false;
    void openStage(options).then((opened) => {
      if (left) opened.close();
      else setStage((created = opened));
    });
    return () => {
      left = true;
      created?.close();
      setStage(null);
    };
  }, [options]);
  return stage;
}

/** Reads from a stage's state. */
export function useStageState<T>(stage: Stage, select: (state: StageState) => T): T {
  return useStore(stage.store, select);
}

/** True where the person asked for less motion: nothing then starts by itself. */
export function prefersCalm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
