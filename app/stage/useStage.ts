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
  const [loaded, setLoaded] = useState<Loaded>(null);
  useEffect(() => {
    let current = true;
    const fetchIt = load[id];
    if (fetchIt === undefined) {
      setLoaded({ problem: `There is no scenario called “${id}” in the library.` });
      return undefined;
    }
    setLoaded(null);
    fetchIt().then(
      (module) => current && setLoaded({ input: module.input, scenario: module.scenario }),
      () => current && setLoaded({ problem: 'The scenario could not be fetched. Check the connection and load the page again.' }),
    );
    return () => {
      current = false;
    };
  }, [id]);
  return loaded;
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
