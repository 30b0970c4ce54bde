import { useEffect } from 'react';
import type { Action } from '../../../src/index.ts';
import type { DrillFault } from '../../../src/drills.ts';
import { formatSetting } from '../../../src/reading.ts';
import { useRoom } from '../room.ts';
import type { InjectedAct } from '../session/SheetAct.ts';
import type { Sheet } from '../session/Sheet.ts';

/** How long before its virtual time a fault is sent, in real milliseconds at the speed of the run. */
const leadMs = 1500;

/** The name under which a fault travels. */
export function faultName({ id }: DrillFault, index: number): string {
  return id ?? `fault-${index + 1}`;
}

/** An action as people write it: times and values with their units. */
export function writtenAction(action: Action): InjectedAct {
  const written: Record<string, unknown> = { ...action, at: `${action.at}us` };
  if ('for' in action && action.for !== undefined) written.for = `${action.for}us`;
  if (action.do === 'set' && typeof action.value === 'number') written.value = formatSetting(action.path, action.value);
  return written as InjectedAct;
}

/**
 * The candidate's window does not know of secret faults. This one sends each into the run that goes there, shortly before its
 * virtual time; a run that is past that moment already goes back by itself.
 */
export function useSecretFaults(sheet: Sheet): void {
  const { drill, log } = useRoom();
  const { time, events } = sheet;
  useEffect(() => {
    if (time === null) return;
    const untilUs = time.atUs + leadMs * 1000 * Math.max(1, time.speed);
    drill.faults.forEach((fault, index) => {
      const id = faultName(fault, index);
      if (!fault.secret || fault.atUs > untilUs) return;
      const isSent = events.some(
        ({ act }) => act.do === 'inject' && act.byScript && act.id === id && act.step === time.step && act.n === time.n,
      );
      if (isSent) return;
      const { step, n } = time;
      log.act({ do: 'inject', step, n, id, byScript: true, atUs: fault.atUs, action: writtenAction(fault.action) });
    });
  }, [drill, log, time, events]);
}
