import type { Sheet } from './session/Sheet.ts';
import type { SheetEvent } from './session/SheetAct.ts';

const nothing: readonly SheetEvent[] = [];

/**
 * What was let into a run from other windows. A window with the key has the script's own faults in its run already.
 * @param withKey whether this window has them.
 */
export function injectedInto(sheet: Sheet, step: string, n: number, withKey = false): readonly SheetEvent[] {
  const found = sheet.events.filter(
    ({ act }) => act.do === 'inject' && act.step === step && act.n === n && !(withKey && act.byScript),
  );
  return found.length === 0 ? nothing : found;
}
