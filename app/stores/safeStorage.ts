import type { StateStorage } from 'zustand/middleware';

/** The browser's storage where it may be used, else memory: in a sandboxed frame the mere access throws. */
export function safeStorage(): StateStorage {
  const memory = new Map<string, string>();
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    getItem: (name) => memory.get(name) ?? attempt(() => localStorage.getItem(name), null),
    setItem: (name, value) => {
      memory.set(name, value);
      attempt(() => localStorage.setItem(name, value), undefined);
    },
    removeItem: (name) => {
      memory.delete(name);
      attempt(() => localStorage.removeItem(name), undefined);
    },
  };
}
