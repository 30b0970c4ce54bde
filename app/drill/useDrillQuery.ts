import { useSyncExternalStore } from 'react';
import type { DrillMode } from '../../src/drills.ts';

/** What the address says of this window. */
export interface DrillQuery {
  role: DrillMode;
  /** Empty for a window alone. */
  session: string;
  /** What was wrong with the address, and what was done instead. */
  notice: string;
}

/** Reads `role` and `session` out of the address. A role beside solo needs a session; without one it gets “main”. */
export function readDrillQuery(hash: string): DrillQuery {
  const query = new URLSearchParams(hash.split('?')[1] ?? '');
  const role = query.get('role') ?? 'solo';
  const session = query.get('session') ?? '';
  if (role !== 'solo' && role !== 'candidate' && role !== 'interviewer' && role !== 'audience')
    return {
      role: 'solo',
      session: '',
      notice: `There is no role “${role.slice(0, 30)}”; there is solo, candidate, interviewer and audience. This is solo.`,
    };
  if (role === 'solo') return { role, session: '', notice: '' };
  if (session === '') return { role, session: 'main', notice: '' };
  if (/^[A-Za-z0-9_-]{1,40}$/.test(session)) return { role, session, notice: '' };
  return {
    role,
    session: 'main',
    notice: 'The name of the session may hold letters, digits, - and _ only; this window joined “main”.',
  };
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

let last = { hash: '', query: readDrillQuery('') };

function current(): DrillQuery {
  if (last.hash !== location.hash) last = { hash: location.hash, query: readDrillQuery(location.hash) };
  return last.query;
}

/** What the address says of this window, kept up to date. */
export function useDrillQuery(): DrillQuery {
  return useSyncExternalStore(subscribe, current);
}
