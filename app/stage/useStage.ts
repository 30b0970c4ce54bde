import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { load } from 'virtual:scenarios';
import type { Scenario, ScenarioInput } from '../../src/index.ts';
import { openStage, type Stage, type StageOptions } from './Stage.ts';
import type { StageState } from './StageState.ts';

/** A library scenario being fetched: itself, or why it cannot be had. */
export type Loaded = { input: ScenarioInput; scenario: Scenario } | { problem: string } | null;

/** Fetches a scenario of the library by its id. */
export function useScenario(id: string): Loaded {
  const [arrived, setArrived] = useState<{ id: string; loaded: Loaded }>({ id: '', loaded: null });
  useEffect(() => {
    let current = true;
    const arrive = (loaded: Loaded) => current && setArrived({ id, loaded });
    if (Object.hasOwn(load, id)) {
      load[id]().then(
        ({ input, scenario }) => arrive({ input, scenario }),
        () => arrive({ problem: 'The scenario could not be fetched. Check the connection and load the page again.' }),
      );
    } else {
      queueMicrotask(() => arrive({ problem: `There is no scenario called “${id}” in the library.` }));
    }
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
