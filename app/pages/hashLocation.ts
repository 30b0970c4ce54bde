import { useSyncExternalStore } from 'react';
import type { BaseLocationHook } from 'wouter';

/** The path of a hash address: `#/play/basics?s=abc` gives `/play/basics`. What follows the `?` belongs to the page. */
export function pathOfHash(hash: string): string {
  const path = hash.replace(/^#?\/?/, '').split('?', 1)[0];
  try {
    return `/${decodeURI(path).replace(/\/+$/, '')}`;
  } catch {
    return `/${path}`;
  }
}

/** Goes to an address of the app, such as `/play/basics?s=abc`; its query stays inside the hash. */
export function goTo(to: string, options?: { replace?: boolean }): void {
  const oldURL = location.href;
  const hash = `#/${to.replace(/^#?\/?/, '')}`;
  history[options?.replace ? 'replaceState' : 'pushState'](null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

const currentPath = () => pathOfHash(location.hash);

/** Hash routing for wouter. Its own hook moves the query out of the hash, where a shared link keeps its state. */
export const useHashPath: BaseLocationHook & { hrefs: (href: string) => string } = Object.assign(
  (): [string, typeof goTo] => [useSyncExternalStore(subscribe, currentPath, () => '/'), goTo],
  { hrefs: (href: string) => `#${href}` },
);
