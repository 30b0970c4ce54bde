import { useEffect } from 'react';
import { engineVersion } from '../../src/index.ts';
import type { CommandName } from './host/messages.ts';
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
const events = [
  'ready',
  'state',
  'time',
  'command',
  'fault',
  'metric',
  'size',
  'key',
  'focusout',
  'warning',
  'error',
  'bye',
];
const lessonEvents = ['step', 'prediction', 'answer', 'check', 'goal', 'xapi'];
const drillEvents = [...lessonEvents, 'hint', 'score', 'result'];

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
  const { take, ready } = embedded;
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
    const more = kind === 'drill' ? drillEvents : kind === 'lesson' ? lessonEvents : [];
    const capabilities = {
      kinds: ['sim', 'lesson', 'drill'],
      commands: [...does.split(','), ...commonCommands],
      events: [...events, ...more],
      mermaid: false,
      timeUnit: 'us',
    };
    ready({ kind, id, title, steps, duration, capabilities, version: 1, engine: engineVersion });
  }, [ready, kind, id, title, steps, duration, does, isThere]);
}
