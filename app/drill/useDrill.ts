import { useEffect, useState } from 'react';
import { type Drill, type DrillMode, joinDrill, readDrillValue } from '../../src/drills.ts';
import { formatProblem } from '../../src/reading.ts';
import { loadDrillKey, loadDrillScript } from '../content/drills.ts';
import { holdsKey } from './session/SheetAct.ts';

/** A drill being fetched: itself, or why it cannot be had. */
export type LoadedDrill = { drill: Drill } | { problem: string } | null;

/** Fetches a drill: its script, and for a window that may see it the key as well. */
export async function fetchDrill(id: string, role: DrillMode): Promise<{ drill: Drill } | { problem: string }> {
  const wantsKey = holdsKey(role);
  const [script, key] = await Promise.all([loadDrillScript(id), wantsKey ? loadDrillKey(id) : undefined]);
  if (script === undefined) return { problem: `There is no drill called “${id}”. It may have been renamed.` };
  const read = wantsKey ? joinDrill(script, key) : readDrillValue(script);
  return 'problems' in read ? { problem: read.problems.map(formatProblem).join('\n') } : read;
}

/** The drill of this id, in as many parts as the role may see. */
export function useDrill(id: string, role: DrillMode): LoadedDrill {
  const name = `${role}/${id}`;
  const [arrived, setArrived] = useState<{ name: string; loaded: LoadedDrill }>({ name: '', loaded: null });
  useEffect(() => {
    let current = true;
    const arrive = (loaded: LoadedDrill) => current && setArrived({ name, loaded });
    fetchDrill(id, role).then(arrive, () =>
      arrive({ problem: 'The drill could not be fetched. Check the connection and load the page again.' }),
    );
    return () => {
      current = false;
    };
  }, [id, role, name]);
  return arrived.name === name ? arrived.loaded : null;
}
