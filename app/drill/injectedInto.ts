import type { Sheet } from './session/Sheet.ts';
import type { SheetEvent } from './session/SheetAct.ts';

const nothing: readonly SheetEvent[] = [];

/**
 * What came into a run after its start: settings that were turned, and what was let in from other windows. A window with the
 * key has the script's own faults in its run already.
 * @param withKey whether this window has them.
 */
export function injectedInto(sheet: Sheet, step: string, n: number, withKey = false): readonly SheetEvent[] {
  const found = sheet.events.filter(
    ({ act }) =>
      (act.do === 'turn' || (act.do === 'inject' && !(withKey && act.byScript))) && act.step === step && act.n === n,
  );
  return found.length === 0 ? nothing : found;
}
