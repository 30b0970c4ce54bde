import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** A value of the query inside the hash; empty where there is none. */
export function useHashQuery(name: string): string {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.hash.split('?')[1] ?? '').get(name) ?? '');
}
