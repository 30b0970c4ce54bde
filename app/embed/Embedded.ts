import { useEffect } from 'react';
import { engineVersion } from '../../src/index.ts';
import { type CommandName, needsApi, needsOrigin } from './host/messages.ts';
import { embedKinds, type EmbedParameters } from './parameters.ts';
import type { ReadParameters } from './readParameters.ts';
import type { Outlet, Unit } from './Unit.ts';

/** What every kind of unit gets from the embed around it. */
export interface Embedded {
  parameters: ReadParameters;
  outlet: Outlet;
  /** Puts a unit in charge of commands; null takes it off again. */
  take: (unit: Unit | null) => void;
  /** Says what this embed is. */
  ready: (data: Record<string, unknown>) => void;
  /** A notice on screen and a `warning` to the host. */
  warn: (name: string, message: string) => void;
}

/** What `ready` says of a unit. */
export interface UnitFacts {
  kind: 'sim' | 'lesson' | 'drill';
  id: string;
  title: string;
  steps: number;
  /** Virtual length, µs. */
  duration: number | null;
  does: readonly CommandName[];
}

/** Commands that every embed does, whatever it shows. */
export const commonCommands: readonly CommandName[] = ['theme', 'focus', 'bye'];
const ofEvery: readonly string[] = ['ready', 'warning', 'error', 'bye'];
const ofStages: readonly string[] = ['state', 'time', 'command', 'fault', 'metric'];
const ofKinds: Readonly<Record<UnitFacts['kind'], readonly string[]>> = {
  sim: ofStages,
  lesson: [...ofStages, 'step', 'prediction', 'answer', 'check', 'xapi'],
  drill: ['command', 'fault', 'step', 'prediction', 'answer', 'hint', 'check', 'score', 'result', 'xapi'],
};
/** Answers and results: they are told to a named origin only. */
const isPrivate: ReadonlySet<string> = new Set(['prediction', 'answer', 'check', 'score', 'result', 'xapi']);

/** What this embed does and tells, as its address has it: nothing that it would refuse or never send. */
function capabilitiesOf({ kind, does }: Pick<UnitFacts, 'kind' | 'does'>, values: EmbedParameters) {
  const { api, origin, results, size, resize, keys } = values;
  const named = origin !== undefined;
  const commands = [...does, ...commonCommands].filter(
    (name) => (api || !needsApi.has(name)) && (named || !needsOrigin.has(name)),
  );
  const events = [
    ...ofEvery,
    ...ofKinds[kind].filter((name) => named || !isPrivate.has(name)),
    ...(size === 'auto' || resize === 'lti' ? ['size'] : []),
    ...(keys ? ['key', 'focusout'] : []),
  ].filter((name) => name !== 'xapi' || results.includes('xapi'));
  return { kinds: embedKinds, commands, events, mermaid: false, timeUnit: 'us' };
}

/**
 * Puts a unit in charge for as long as the component lives, and says that it is ready.
 * @param isThere false while there is nothing to command yet.
 */
export function useUnit(
  embedded: Embedded,
  make: () => Unit & { close: () => void },
  facts: UnitFacts,
  isThere = true,
): void {
  const { take, ready, parameters } = embedded;
  const { values } = parameters;
  const { kind, id, title, steps, duration } = facts;
  const does = facts.does.join();
  useEffect(() => {
    if (!isThere) return undefined;
    const unit = make();
    take(unit);
    return () => {
      take(null);
      unit.close();
    };
  }, [make, take, isThere]);
  useEffect(() => {
    if (!isThere) return;
    const capabilities = capabilitiesOf({ kind, does: does.split(',') as CommandName[] }, values);
    ready({ kind, id, title, steps, duration, capabilities, version: 1, engine: engineVersion });
  }, [ready, kind, id, title, steps, duration, does, isThere, values]);
}
