import type { Action } from './schema.ts';
import { readSetting } from './settings.ts';

/** The same acts, with the values of `set` in the unit of their setting: what the engine carries out knows no spelling. */
export function canonicalActions(actions: readonly Action[]): Action[] {
  return actions.map((action) => {
    if (action.do !== 'set') return action;
    const read = readSetting(action.path, action.value);
    return 'value' in read ? { ...action, value: read.value } : action;
  });
}
